"""Bookings with their outcome: who waits for an answer first, then what lies ahead, then what is over."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    and_,
    case,
    cast,
    exists,
    extract,
    func,
    literal,
    or_,
    select,
    tuple_,
    type_coerce,
)

from booking.domain.bookings import HOLD_OVER, Booking, BookingState
from booking.domain.followed_bookings import AHEAD, URGENT, Standing
from booking.storage.attending_staff import BOOKED_NO_STAFF
from booking.storage.columns import Id, Whole
from booking.storage.database import Tx
from booking.storage.histories import CAME, STAYED_AWAY
from booking.storage.shapes import columns, made
from booking.storage.tables import attendance, bookings, meetings, sessions, workshop_prerequisites, workshops

MICROSECONDS = 1_000_000
Place = tuple[int, int, UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who made them, of whom they are, and which; None does not restrict. ``after`` is the last one's place."""

    staff_id: UUID | None = None
    job_seeker_id: UUID | None = None
    agency_ids: Collection[UUID] | None = None
    outcomes: Collection[Standing] | None = None
    workshop_id: UUID | None = None
    starts_from: datetime | None = None
    starts_before: datetime | None = None
    after: Place | None = None
    most: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A booking with its outcome: to so many of its ``meetings`` the person ``came``; ``place`` is where it stands."""

    booking: Booking
    outcome: Standing
    came: int
    meetings: int
    has_other_place: bool
    place: Place


async def find(tx: Tx, asked: Asked, now: datetime) -> list[Found]:
    """The bookings asked for, in their order."""
    known = _with_outcome(tx, asked, now).subquery()
    c = known.c
    wanted = [] if asked.outcomes is None else [c.outcome.in_([str(one) for one in asked.outcomes])]
    if asked.after:
        rank, turn, last = asked.after
        place = tuple_(literal(rank, Whole), literal(turn, Whole), literal(last, Id))
        wanted.append(tuple_(c.rank, c.turn, c.id) > place)
    rows = await tx.rows(select(known).where(*wanted).order_by(c.rank, c.turn, c.id).limit(asked.most))
    return [_found(row) for row in rows]


def _found(row: Any) -> Found:
    return Found(
        booking=made(Booking, row),
        outcome=Standing(row.outcome),
        came=row.came,
        meetings=row.meetings,
        has_other_place=bool(row.has_other_place),
        place=(row.rank, row.turn, row.id),
    )


def _with_outcome(tx: Tx, asked: Asked, now: datetime) -> Any:
    """Every booking asked for, with its marks, its outcome and its turn."""
    counted = (
        select(
            *columns(Booking, bookings),
            sessions.c.starts_at,
            sessions.c.ends_at,
            _marked(CAME).label("came"),
            _marked(STAYED_AWAY).label("away"),
            _meetings().label("meetings"),
            _has_other_place().label("has_other_place"),
        )
        .join_from(bookings, sessions, sessions.c.id == bookings.c.session_id)
        .where(*_conditions(asked))
        .subquery()
    )
    outcome = _outcome(counted.c, now)
    judged = select(counted, outcome.label("outcome")).subquery()
    rank = case((judged.c.outcome.in_(list(URGENT)), 0), (judged.c.outcome.in_(list(AHEAD)), 1), else_=2)
    begins = _number(tx, judged.c.starts_at)
    # What is over comes the latest first, everything else the next first.
    turn = case((judged.c.outcome.in_([*URGENT, *AHEAD]), begins), else_=-begins)
    return select(judged, rank.label("rank"), turn.label("turn"))


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    # A seat that was held and let go was never booked.
    found = [bookings.c.cancelled_because != HOLD_OVER, BOOKED_NO_STAFF]
    restrictions: tuple[tuple[Any, Any], ...] = (
        (asked.staff_id, lambda staff_id: bookings.c.booked_by == staff_id),
        (asked.job_seeker_id, lambda person: bookings.c.job_seeker_id == person),
        (asked.agency_ids, bookings.c.agency_id.in_),
        (asked.workshop_id, lambda workshop_id: sessions.c.workshop_id == workshop_id),
        (asked.starts_from, lambda from_: sessions.c.starts_at >= from_),
        (asked.starts_before, lambda before: sessions.c.starts_at < before),
    )
    return found + [restrict(value) for value, restrict in restrictions if value is not None]


def _outcome(c: Any, now: datetime) -> ColumnElement[str]:
    is_to_come = c.ends_at > now
    cases: tuple[tuple[ColumnElement[bool], Standing], ...] = (
        (c.state == BookingState.CANCELLED, Standing.CANCELLED),
        (and_(c.wishes_other_at.is_not(None), is_to_come), Standing.WISHES_OTHER),
        (c.state == BookingState.OFFERED, Standing.OFFERED),
        (c.state == BookingState.HELD, Standing.HELD),
        (c.state == BookingState.WAITLISTED, Standing.WAITING),
        (is_to_come, Standing.COMING),
        (and_(c.came > 0, c.came >= c.meetings), Standing.FINISHED),
        (c.came > 0, Standing.CAME),
        (c.away > 0, Standing.ABSENT),
    )
    return case(*((when, literal(str(outcome))) for when, outcome in cases), else_=literal(str(Standing.NOT_MARKED)))


def _marked(marks: Collection[Any]) -> Any:
    these = (attendance.c.booking_id == bookings.c.id, attendance.c.mark.in_(marks))
    return select(func.count()).select_from(attendance).where(*these).correlate(bookings).scalar_subquery()


def _meetings() -> Any:
    """The meetings that were to come when the place was taken; one only for who makes up for one."""
    his = (
        meetings.c.session_id == bookings.c.session_id,
        meetings.c.starts_at > bookings.c.created_at,
        or_(bookings.c.only_meeting_id.is_(None), meetings.c.id == bookings.c.only_meeting_id),
    )
    return select(func.count()).select_from(meetings).where(*his).correlate(bookings).scalar_subquery()


def _has_other_place() -> ColumnElement[bool]:
    other, target = bookings.alias("other"), sessions.alias("target")
    return exists(
        select(1)
        .select_from(other.join(target, target.c.id == other.c.session_id))
        .where(other.c.job_seeker_id == bookings.c.job_seeker_id, other.c.id != bookings.c.id)
        .where(other.c.state != BookingState.CANCELLED, target.c.workshop_id == sessions.c.workshop_id)
        .correlate(bookings, sessions)
    )


def _number(tx: Tx, instant: ColumnElement[Any]) -> ColumnElement[int]:
    """Microseconds since 1970: what can be turned round, so that one order runs both ways."""
    if tx.dialect == "sqlite":
        return type_coerce(instant, Whole)
    return cast(extract("epoch", instant) * MICROSECONDS, BigInteger)


async def next_workshops(tx: Tx) -> dict[UUID, dict[UUID, str]]:
    """What each workshop leads to: the workshops in use that ask for it, by id and title."""
    asks = workshop_prerequisites.c
    found = select(asks.required_id, workshops.c.id, workshops.c.title).join_from(
        workshop_prerequisites, workshops, workshops.c.id == asks.workshop_id
    )
    leads: dict[UUID, dict[UUID, str]] = {}
    for row in await tx.rows(found.where(workshops.c.archived_at.is_(None)).order_by(workshops.c.title)):
        leads.setdefault(row.required_id, {})[row.id] = row.title
    return leads


async def workshops_of(tx: Tx, people: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """The workshops in which each of these people has or had a place."""
    theirs = (bookings.c.job_seeker_id.in_(people), bookings.c.state != BookingState.CANCELLED)
    found = select(bookings.c.job_seeker_id, sessions.c.workshop_id).distinct()
    rows = await tx.rows(found.join_from(bookings, sessions, sessions.c.id == bookings.c.session_id).where(*theirs))
    known: dict[UUID, set[UUID]] = {person: set() for person in people}
    for row in rows:
        known[row.job_seeker_id].add(row.workshop_id)
    return known
