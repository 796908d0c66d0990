"""What figures are counted from: each booking of a session with its presence and what was said about it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal_column, select

from booking.domain.attendance import Mark
from booking.domain.figures import Seat
from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageKind, MessageState
from booking.domain.sessions import SessionState
from booking.domain.slices import slice_of
from booking.domain.workshops import Audience
from booking.storage.database import Tx
from booking.storage.many import among, listed
from booking.storage.tables import (
    agencies,
    attendance,
    bookings,
    job_seekers,
    meetings,
    messages,
    sessions,
    waits,
    workshops,
)

# What tells of a seat; an invitation of a calendar only repeats it.
TELLING = (
    MessageKind.CONFIRMATION,
    MessageKind.SEAT_GIVEN,
    MessageKind.BOOKING_MOVED,
    MessageKind.SESSION_MOVED,
    MessageKind.REMINDER,
)
LEFT = (MessageState.ACCEPTED, MessageState.DELIVERED, MessageState.DONE)
# As words of the statement: only then is it known that the partial indexes will do.
_STANDS = bookings.c.state != literal_column("'cancelled'")
_ENDED = bookings.c.state == literal_column("'cancelled'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A published session, and every booking that it has or had; ``slice_on`` is by the clocks of its agency."""

    session_id: UUID
    agency_id: UUID
    workshop_id: UUID
    slice_on: date
    starts_at: datetime
    places: int
    is_called_off: bool
    is_training: bool
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class _About:
    marks: Mapping[UUID, list[Any]]
    said: Mapping[UUID, list[tuple[MessageKind, Channel]]]
    begins: Mapping[UUID, list[datetime]]


async def of_sessions(tx: Tx, session_ids: Collection[UUID]) -> list[Facts]:
    """The published ones of these sessions; drafts are nobody's business."""
    these = {"ids": listed(tx.dialect, session_ids)}
    rows = await tx.rows(_sessions().where(among(tx.dialect, sessions.c.id)), these)
    booked = [
        row
        for which in (_STANDS, _ENDED)
        for row in await tx.rows(_bookings().where(among(tx.dialect, bookings.c.session_id), which), these)
    ]
    about = await _about(tx, session_ids, [row.id for row in booked])
    seats = defaultdict(list)
    for row in booked:
        seats[row.session_id].append(row)
    return [_facts(row, seats[row.id], about) for row in rows]


def _sessions() -> Any:
    return (
        select(
            *(sessions.c[name] for name in ("id", "agency_id", "workshop_id", "starts_at", "state")),
            (sessions.c.capacity + sessions.c.allowance).label("places"),
            agencies.c.time_zone,
            workshops.c.audience,
        )
        .join(agencies, agencies.c.id == sessions.c.agency_id)
        .join(workshops, workshops.c.id == sessions.c.workshop_id)
        .where(sessions.c.state != SessionState.DRAFT)
    )


def _bookings() -> Any:
    wished = func.coalesce(waits.c.waiting_since, bookings.c.waiting_since, bookings.c.created_at)
    names = "id", "session_id", "state", "created_at", "cancelled_by", "cancelled_because", "makes_up_id"
    return (
        select(*(bookings.c[name] for name in names), wished.label("wished_at"), job_seekers.c.staff_id)
        .join(job_seekers, job_seekers.c.id == bookings.c.job_seeker_id)
        .join(waits, waits.c.id == bookings.c.wait_id, isouter=True)
    )


async def _about(tx: Tx, session_ids: Collection[UUID], booking_ids: Collection[UUID]) -> _About:
    these = {"ids": listed(tx.dialect, booking_ids)}
    marked = select(attendance.c.booking_id, attendance.c.mark, attendance.c.is_walk_in, meetings.c.starts_at)
    marked = marked.join(meetings, meetings.c.id == attendance.c.meeting_id)
    marks: dict[UUID, list[Any]] = defaultdict(list)
    said: dict[UUID, list[tuple[MessageKind, Channel]]] = defaultdict(list)
    begins: dict[UUID, list[datetime]] = defaultdict(list)
    for row in await tx.rows(marked.where(among(tx.dialect, attendance.c.booking_id)), these):
        marks[row.booking_id].append(row)
    told = select(messages.c.booking_id, messages.c.kind, messages.c.channel).where(
        among(tx.dialect, messages.c.booking_id),
        messages.c.kind.in_(TELLING),
        messages.c.state.in_(LEFT),
        messages.c.channel.is_not(None),
    )
    for row in await tx.rows(told.order_by(messages.c.due_at, messages.c.id), these):
        said[row.booking_id].append((row.kind, row.channel))
    of = select(meetings.c.session_id, meetings.c.starts_at).where(among(tx.dialect, meetings.c.session_id))
    for row in await tx.rows(of, {"ids": listed(tx.dialect, session_ids)}):
        begins[row.session_id].append(row.starts_at)
    return _About(marks, said, begins)


def _facts(row: Any, booked: Iterable[Any], about: _About) -> Facts:
    is_training = row.audience is Audience.STAFF
    return Facts(
        session_id=row.id,
        agency_id=row.agency_id,
        workshop_id=row.workshop_id,
        slice_on=slice_of(row.starts_at, row.time_zone),
        starts_at=row.starts_at,
        places=row.places,
        is_called_off=row.state is SessionState.CANCELLED,
        is_training=is_training,
        # Staff who sit in a workshop for job seekers are no job seekers.
        seats=tuple(_seat(one, about) for one in booked if is_training or one.staff_id is None),
    )


def _seat(row: Any, about: _About) -> Seat:
    marks, said = about.marks.get(row.id, []), about.said.get(row.id, [])
    reminders = [channel for kind, channel in said if kind is MessageKind.REMINDER]
    # Who came without a booking has his seat from a meeting on that had begun by then.
    later = {begins for begins in about.begins.get(row.session_id, []) if begins > row.created_at}
    return Seat(
        state=row.state,
        created_at=row.created_at,
        wished_at=row.wished_at,
        marks=[Mark(one.mark) for one in marks],
        expected=len(later.union(one.starts_at for one in marks)),
        is_walk_in=any(one.is_walk_in for one in marks),
        makes_up=row.makes_up_id is not None,
        cancelled_by=row.cancelled_by,
        cancelled_because=row.cancelled_because,
        reminded_by=reminders[-1] if reminders else None,
        reached_by=said[-1][1] if said else None,
    )
