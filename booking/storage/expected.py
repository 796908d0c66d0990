"""Who is expected at one meeting: not everybody who has a seat in its session comes to every meeting."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from booking.domain.bookings import ABSENCES, MADE_UP, BookingState
from booking.storage.database import Tx
from booking.storage.tables import attendance, bookings, job_seeker_times, meetings

# Seats that ended by what happened in meetings, so that those before stay as they were.
_ENDED_ON_THE_WAY = (ABSENCES, MADE_UP)
_ENDED = and_(bookings.c.state == BookingState.CANCELLED, bookings.c.cancelled_because.in_(_ENDED_ON_THE_WAY))


def at(meeting_id: UUID) -> ColumnElement[bool]:
    """Bookings whose holder is to come to this meeting, or was: marked, or seated when it began."""
    here = (job_seeker_times.c.booking_id == bookings.c.id, job_seeker_times.c.meeting_id == meeting_id)
    marked = (
        exists()
        .where(attendance.c.booking_id == bookings.c.id, attendance.c.meeting_id == meeting_id)
        # A roster has joined the marks already.
        .correlate(bookings)
    )
    was_seated = exists().where(
        meetings.c.id == meeting_id,
        meetings.c.starts_at > bookings.c.created_at,
        meetings.c.starts_at <= bookings.c.changed_at,
        or_(bookings.c.only_meeting_id.is_(None), bookings.c.only_meeting_id == meetings.c.id),
    )
    return or_(
        and_(bookings.c.state == BookingState.BOOKED, or_(exists().where(*here), marked)),
        and_(_ENDED, or_(was_seated, marked)),
    )


async def bookings_at(tx: Tx, meeting_id: UUID, session_id: UUID) -> set[UUID]:
    """The bookings that can be marked at this meeting."""
    found = select(bookings.c.id).where(bookings.c.session_id == session_id, at(meeting_id))
    return {row.id for row in await tx.rows(found)}


async def how_many(tx: Tx, meeting_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many people are on the roll of each of these meetings, whoever came without a booking too; one without
    anybody is not named."""
    time, mark = job_seeker_times.c, attendance.c
    seated = select(time.meeting_id, time.booking_id).where(time.meeting_id.in_(meeting_ids))
    marked = (
        select(mark.meeting_id, mark.booking_id)
        .join_from(attendance, bookings, bookings.c.id == mark.booking_id)
        .where(mark.meeting_id.in_(meeting_ids), or_(bookings.c.state == BookingState.BOOKED, _ENDED))
    )
    both = seated.union(marked).subquery()
    rows = await tx.rows(select(both.c.meeting_id, func.count().label("n")).group_by(both.c.meeting_id))
    return {row.meeting_id: row.n for row in rows}
