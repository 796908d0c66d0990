"""What the calendars of job seekers answered, and which refusals nobody has seen to."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, insert, select, update

from booking.domain.bookings import BookingState
from booking.domain.invitations import Partstat
from booking.domain.replies import CalendarReply
from booking.domain.sessions import SessionState
from booking.storage.attending_staff import BOOKED_NO_STAFF
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import bookings, calendar_replies, meetings, sessions

_REPLY = columns(CalendarReply, calendar_replies)


async def load(tx: Tx, booking_id: UUID, meeting_id: UUID) -> CalendarReply | None:
    """What was answered about a meeting."""
    key = (calendar_replies.c.booking_id == booking_id, calendar_replies.c.meeting_id == meeting_id)
    row = await tx.row(select(*_REPLY).where(*key))
    return made(CalendarReply, row) if row else None


async def write(tx: Tx, reply: CalendarReply, *, is_new: bool) -> None:
    """Write an answer, or the one that takes its place."""
    said = values(reply, calendar_replies)
    if is_new:
        await tx.run(insert(calendar_replies).values(said))
        return
    key = (calendar_replies.c.booking_id == reply.booking_id, calendar_replies.c.meeting_id == reply.meeting_id)
    await tx.run(update(calendar_replies).where(*key).values(said))


async def settle(tx: Tx, booking_id: UUID, by: UUID, now: datetime) -> int:
    """Somebody has seen to the refusals of this booking; returns how many there were."""
    mine = (calendar_replies.c.booking_id == booking_id, calendar_replies.c.settled_at.is_(None))
    refused = update(calendar_replies).where(*mine, calendar_replies.c.partstat == Partstat.DECLINED)
    return await tx.run(refused.values(settled_at=now, settled_by=by))


def unsettled(now: datetime | ColumnElement[datetime], *what: Any) -> Select[Any]:
    """This of the refusals of meetings to come by who still has his seat."""
    return (
        select(*what)
        .join_from(calendar_replies, bookings, bookings.c.id == calendar_replies.c.booking_id)
        .join(meetings, meetings.c.id == calendar_replies.c.meeting_id)
        .join(sessions, sessions.c.id == meetings.c.session_id)
        .where(calendar_replies.c.partstat == Partstat.DECLINED, calendar_replies.c.settled_at.is_(None))
        .where(bookings.c.state == BookingState.BOOKED, sessions.c.state == SessionState.OPEN)
        .where(meetings.c.starts_at > now)
    )


async def refusals(
    tx: Tx, agency_ids: Collection[UUID] | None, now: datetime, most: int, booking_id: UUID | None = None
) -> list[tuple[CalendarReply, datetime]]:
    """Refusals of meetings to come by people of these agencies who still have their seat, with when the meeting is;
    the next meeting first."""
    found = unsettled(now, *_REPLY, meetings.c.starts_at.label("meets_at"))
    if booking_id is None:
        found = found.where(BOOKED_NO_STAFF)
    if agency_ids is not None:
        found = found.where(bookings.c.agency_id.in_(agency_ids))
    if booking_id is not None:
        found = found.where(bookings.c.id == booking_id)
    rows = await tx.rows(found.order_by(meetings.c.starts_at, calendar_replies.c.booking_id).limit(most))
    return [(made(CalendarReply, row), row.meets_at) for row in rows]
