"""Who asked for another date than those on offer."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select

from booking.domain.bookings import DUPLICATE, MOVED, Booking, BookingState
from booking.storage.database import Tx
from booking.storage.recalls import called
from booking.storage.shapes import columns, made
from booking.storage.tables import bookings, sessions

_BOOKING = columns(Booking, bookings)


async def wishing(tx: Tx, agency_ids: Collection[UUID] | None, since: datetime, most: int) -> list[Booking]:
    """Who asked for another date, of these agencies, and has neither found one nor been called; the earliest first."""
    other, target, own = bookings.alias("other"), sessions.alias("target"), sessions.alias("own")
    placed = (
        select(1)
        .select_from(other.join(target, target.c.id == other.c.session_id))
        .where(other.c.job_seeker_id == bookings.c.job_seeker_id, other.c.id != bookings.c.id)
        .where(other.c.state != BookingState.CANCELLED, other.c.created_at >= bookings.c.wishes_other_at)
        .where(target.c.workshop_id == own.c.workshop_id)
        .correlate(bookings, own)
    )
    found = (
        select(*_BOOKING)
        .join_from(bookings, own, own.c.id == bookings.c.session_id)
        .where(bookings.c.wishes_other_at >= since, bookings.c.cancelled_because.not_in((MOVED, DUPLICATE)))
        .where(~exists(placed), ~called(bookings.c.id, bookings.c.wishes_other_at))
    )
    if agency_ids is not None:
        found = found.where(bookings.c.agency_id.in_(agency_ids))
    rows = await tx.rows(found.order_by(bookings.c.wishes_other_at, bookings.c.id).limit(most))
    return [made(Booking, row) for row in rows]
