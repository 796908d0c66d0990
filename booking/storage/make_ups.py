"""Seats for one meeting only, which make up for a meeting missed elsewhere."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from booking.domain.attendance import Mark
from booking.domain.bookings import MADE_UP, Booking, BookingState
from booking.storage.database import Tx
from booking.storage.shapes import columns, made
from booking.storage.tables import agencies, attendance, bookings, meetings, sessions

_STANDS = or_(bookings.c.state != BookingState.CANCELLED, bookings.c.cancelled_because == MADE_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeUp:
    """A meeting made up, or to be made up: where and when, and the mark given there."""

    booking: Booking
    agency_name: str
    time_zone: str
    starts_at: datetime
    ends_at: datetime
    mark: Mark | None


async def of(tx: Tx, booking_ids: Collection[UUID]) -> list[MakeUp]:
    """What is or was made up for these bookings, by start; not what was cancelled."""
    here = (attendance.c.booking_id == bookings.c.id) & (attendance.c.meeting_id == bookings.c.only_meeting_id)
    found = (
        select(
            *columns(Booking, bookings),
            agencies.c.name.label("agency_name"),
            agencies.c.time_zone,
            meetings.c.starts_at,
            meetings.c.ends_at,
            attendance.c.mark,
        )
        .join_from(bookings, meetings, meetings.c.id == bookings.c.only_meeting_id)
        .join(agencies, agencies.c.id == meetings.c.agency_id)
        .join(attendance, here, isouter=True)
        .where(bookings.c.makes_up_id.in_(booking_ids), _STANDS)
        .order_by(meetings.c.starts_at)
    )
    return [made(MakeUp, row, booking=made(Booking, row)) for row in await tx.rows(found)]


async def standing(tx: Tx, booking_id: UUID) -> list[Booking]:
    """The seats that make up for meetings of this booking and are still to be taken."""
    mine = (bookings.c.makes_up_id == booking_id, bookings.c.state != BookingState.CANCELLED)
    return [made(Booking, row) for row in await tx.rows(select(*columns(Booking, bookings)).where(*mine))]


async def sessions_for(tx: Tx, booking_id: UUID) -> set[UUID]:
    """The sessions in which they are."""
    return {booking.session_id for booking in await standing(tx, booking_id)}


async def over(tx: Tx, now: datetime, most: int) -> list[UUID]:
    """The sessions in which such a seat stands although its meeting is over."""
    done = (bookings.c.makes_up_id.is_not(None), bookings.c.state != BookingState.CANCELLED)
    found = select(bookings.c.session_id).join(meetings, meetings.c.id == bookings.c.only_meeting_id).distinct()
    rows = await tx.rows(found.where(*done, meetings.c.ends_at <= now).order_by(bookings.c.session_id).limit(most))
    return [row.session_id for row in rows]


async def session_of(tx: Tx, meeting_id: UUID) -> UUID | None:
    """The session of a meeting."""
    return await tx.value(select(sessions.c.id).join(meetings).where(meetings.c.id == meeting_id))
