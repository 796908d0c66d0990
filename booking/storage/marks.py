"""What the marks of a booking come to, meeting by meeting: a meeting made up elsewhere counts as it was there."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from booking.domain.attendance import Mark
from booking.domain.bookings import MADE_UP, BookingState
from booking.storage.database import Tx
from booking.storage.tables import attendance, bookings, job_seeker_times

Counted = dict[UUID, dict[UUID, Mark | None]]


async def meetings_of(tx: Tx, booking_ids: Collection[UUID]) -> dict[UUID, list[tuple[UUID, datetime]]]:
    """The meetings that these seats occupy, by start."""
    times = job_seeker_times.c
    rows = await tx.rows(
        select(times.booking_id, times.meeting_id, times.starts_at)
        .where(times.booking_id.in_(booking_ids))
        .order_by(times.starts_at)
    )
    found: dict[UUID, list[tuple[UUID, datetime]]] = {booking_id: [] for booking_id in booking_ids}
    for row in rows:
        found[row.booking_id].append((row.meeting_id, row.starts_at))
    return found


async def counting(tx: Tx, booking_ids: Collection[UUID]) -> Counted:
    """The marks that count, by booking and meeting; None for a meeting that is still to be made up."""
    rows = await tx.rows(
        select(attendance.c.booking_id, attendance.c.meeting_id, attendance.c.mark).where(
            attendance.c.booking_id.in_(booking_ids)
        )
    )
    counted: Counted = {booking_id: {} for booking_id in booking_ids}
    for row in rows:
        counted[row.booking_id][row.meeting_id] = row.mark
    for row in await tx.rows(_made_up(booking_ids)):
        own = counted[row.makes_up_id]
        if row.mark is None and row.state == BookingState.BOOKED and own.get(row.missed_meeting_id) is Mark.ABSENT:
            own[row.missed_meeting_id] = None
        elif row.mark is not None and row.mark.is_present:
            own[row.missed_meeting_id] = row.mark
    return counted


def _made_up(booking_ids: Collection[UUID]) -> Select[Any]:
    """The make-ups of these bookings that stand or have taken place, each with its mark if there is one."""
    here = (attendance.c.booking_id == bookings.c.id) & (attendance.c.meeting_id == bookings.c.only_meeting_id)
    taken = (bookings.c.state == BookingState.BOOKED) | (bookings.c.cancelled_because == MADE_UP)
    columns = (bookings.c.makes_up_id, bookings.c.missed_meeting_id, bookings.c.state, attendance.c.mark)
    found = select(*columns).join_from(bookings, attendance, here, isouter=True)
    return found.where(bookings.c.makes_up_id.in_(booking_ids), taken).order_by(bookings.c.created_at)
