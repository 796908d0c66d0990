"""Who was expected at the meetings of some days, and who came: page by page, so that any number fits into memory."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, literal_column, or_, select, union_all

from booking.domain.bookings import DUPLICATE, HOLD_OVER, OFFER_OVER, SESSION_BEGAN
from booking.domain.exports import Scope
from booking.domain.presences import MeetingSaid, Presence
from booking.domain.sessions import SessionState
from booking.storage.attending_staff import NO_TRAINING
from booking.storage.database import Tx
from booking.storage.tables import (
    agencies,
    attendance,
    bookings,
    job_seeker_times,
    job_seekers,
    meetings,
    rooms,
    sessions,
    workshops,
)

# Who waited in vain or was written down twice never had a seat of his own.
NEVER_SEATED = (HOLD_OVER, OFFER_OVER, SESSION_BEGAN, DUPLICATE)
# As words of the statement: only then is it known that the partial indexes will do.
_BOOKED = (bookings.c.state == literal_column("'booked'"), bookings.c.state != literal_column("'cancelled'"))
_ENDED = (bookings.c.state == literal_column("'cancelled'"), bookings.c.cancelled_because.not_in(NEVER_SEATED))
Place = tuple[datetime, UUID]


@dataclass(frozen=True, slots=True)
class Span:
    """The days that are asked for, by the clocks of one zone."""

    zone: str
    begins: datetime
    ends: datetime


async def zones(tx: Tx, agency_id: UUID | None) -> list[str]:
    """The zone of an agency; of the network every one there is."""
    found = select(agencies.c.time_zone).distinct()
    rows = await tx.rows(found if agency_id is None else found.where(agencies.c.id == agency_id))
    return [row.time_zone for row in rows]


async def leads(tx: Tx, session_id: UUID, staff_id: UUID) -> bool:
    """Whether this person leads a meeting of this session."""
    led = (meetings.c.session_id == session_id, meetings.c.facilitator_id == staff_id)
    return await tx.value(select(meetings.c.id).where(*led).limit(1)) is not None


async def how_many_meetings(tx: Tx, scope: Scope, spans: Sequence[Span]) -> int:
    """How many meetings there are to tell of."""
    return int(await tx.value(_within(select(func.count()), scope, spans)))


async def has_more_than(tx: Tx, rows: int, scope: Scope, spans: Sequence[Span]) -> bool:
    """Whether there are more rows than this; no further than that is counted."""
    first = literal_column("1")
    parts = [
        _within(select(first), scope, spans).join(bookings, _seated_in(meetings)).where(*which)
        for which in ((*_BOOKED, _comes()), (*_ENDED, _had_come()))
    ]
    found = union_all(*parts).limit(rows + 1).subquery()
    return int(await tx.value(select(func.count()).select_from(found))) > rows


async def page(tx: Tx, scope: Scope, spans: Sequence[Span], after: Place | None, most: int) -> list[MeetingSaid]:
    """So many meetings by start, from behind this place on."""
    others = meetings.alias("others")
    count = select(func.count()).where(others.c.session_id == meetings.c.session_id).scalar_subquery()
    wanted = _within(
        select(
            *(meetings.c[name] for name in ("id", "session_id", "starts_at", "ends_at", "position")),
            *(meetings.c.facilitator_id, meetings.c.assistant_ids, meetings.c.agency_id, meetings.c.changed_at),
            count.label("meetings"),
            (sessions.c.state == SessionState.CANCELLED).label("is_cancelled"),
            func.coalesce(agencies.c.code, "").label("agency_code"),
            agencies.c.name.label("agency_name"),
            agencies.c.time_zone.label("zone"),
            workshops.c.title.label("workshop"),
            func.coalesce(rooms.c.name, "").label("room"),
        ),
        scope,
        spans,
    )
    wanted = wanted.join(workshops, workshops.c.id == sessions.c.workshop_id)
    wanted = wanted.join(rooms, rooms.c.id == meetings.c.room_id, isouter=True)
    if after:
        wanted = wanted.where(_behind(after))
    rows = await tx.rows(wanted.order_by(meetings.c.starts_at, meetings.c.id).limit(most))
    return [MeetingSaid(**{**row._mapping, "is_cancelled": bool(row.is_cancelled)}) for row in rows]


def _behind(place: Place) -> ColumnElement[bool]:
    at, id = meetings.c.starts_at, meetings.c.id
    return or_(at > place[0], and_(at == place[0], id > place[1]))


async def of_meetings(tx: Tx, meeting_ids: Collection[UUID]) -> list[Presence]:
    """Everybody who has or had a seat in these meetings, by name."""
    seated = _people(meeting_ids).where(*_BOOKED, _comes())
    left = _people(meeting_ids).where(*_ENDED, _had_come())
    found = [Presence(**row._mapping) for wanted in (seated, left) for row in await tx.rows(wanted)]
    return sorted(found, key=lambda one: (one.search, one.code))


def _people(meeting_ids: Collection[UUID]) -> Select[Any]:
    return (
        select(
            meetings.c.id.label("meeting_id"),
            meetings.c.starts_at.label("begins"),
            *(job_seekers.c.search, job_seekers.c.first_name, job_seekers.c.last_name),
            *(job_seekers.c.identifier, bookings.c.id.label("booking_id")),
            *(bookings.c.code, bookings.c.state, bookings.c.changed_at.label("ended_at")),
            *(bookings.c.cancelled_because, bookings.c.cancelled_reason, bookings.c.booked_by),
            *(attendance.c.mark, attendance.c.reason, attendance.c.marked_by, attendance.c.marked_at),
        )
        .select_from(meetings)
        .join(bookings, _seated_in(meetings))
        .join(job_seekers, job_seekers.c.id == bookings.c.job_seeker_id)
        .join(
            attendance,
            and_(attendance.c.booking_id == bookings.c.id, attendance.c.meeting_id == meetings.c.id),
            isouter=True,
        )
        .where(meetings.c.id.in_(meeting_ids))
    )


def _seated_in(of: Any) -> ColumnElement[bool]:
    """Bookings of a meeting's session; who makes up for another meeting comes to one only."""
    only = bookings.c.only_meeting_id
    return and_(bookings.c.session_id == of.c.session_id, or_(only.is_(None), only == of.c.id))


def _marked() -> ColumnElement[bool]:
    mine = attendance.alias("mine")
    return exists().where(mine.c.booking_id == bookings.c.id, mine.c.meeting_id == meetings.c.id)


def _comes() -> ColumnElement[bool]:
    """Who joined a cycle on the way is not expected before."""
    times = job_seeker_times
    return or_(exists().where(times.c.booking_id == bookings.c.id, times.c.meeting_id == meetings.c.id), _marked())


def _had_come() -> ColumnElement[bool]:
    return or_(meetings.c.starts_at > bookings.c.created_at, _marked())


def _within(wanted: Select[Any], scope: Scope, spans: Sequence[Span]) -> Select[Any]:
    """The published meetings of this scope."""
    found = (
        wanted.select_from(meetings)
        .join(sessions, sessions.c.id == meetings.c.session_id)
        .join(agencies, agencies.c.id == meetings.c.agency_id)
        .where(sessions.c.state != SessionState.DRAFT)
    )
    if scope.agency_id:
        found = found.where(meetings.c.agency_id == scope.agency_id)
    if scope.led_by:
        led = meetings.alias("led")
        found = found.where(
            meetings.c.session_id.in_(select(led.c.session_id).where(led.c.facilitator_id == scope.led_by))
        )
    if scope.session_id:
        return found.where(meetings.c.session_id == scope.session_id)
    return found.where(or_(false(), *(_during(span) for span in spans)), NO_TRAINING)


def _during(span: Span) -> ColumnElement[bool]:
    begins = meetings.c.starts_at
    return and_(agencies.c.time_zone == span.zone, begins >= span.begins, begins < span.ends)
