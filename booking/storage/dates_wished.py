"""Who asked for another date than those on offer."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select

from booking.domain.bookings import DUPLICATE, MOVED, Booking, BookingState
from booking.storage.database import Tx
from booking.storage.recalls import called
from booking.storage.shapes import columns, made
from booking.storage.tables import bookings, sessions

_BOOKING = columns(Booking, bookings)


own = sessions.alias("own")
_other, _target = bookings.alias("other"), sessions.alias("target")
_PLACED = exists(
    select(1)
    .select_from(_other.join(_target, _target.c.id == _other.c.session_id))
    .where(_other.c.job_seeker_id == bookings.c.job_seeker_id, _other.c.id != bookings.c.id)
    .where(_other.c.state != BookingState.CANCELLED, _other.c.created_at >= bookings.c.wishes_other_at)
    .where(_target.c.workshop_id == own.c.workshop_id)
    .correlate(bookings, own)
)


def wished(since: datetime | ColumnElement[datetime]) -> list[ColumnElement[bool]]:
    """What is so of a booking, beside its ``own`` session, whose person asked for another date since then in vain."""
    because = bookings.c.cancelled_because
    recent = (bookings.c.wishes_other_at >= since, because != MOVED, because != DUPLICATE)
    return [*recent, ~_PLACED, ~called(bookings.c.id, bookings.c.wishes_other_at)]


async def wishing(tx: Tx, agency_ids: Collection[UUID] | None, since: datetime, most: int) -> list[Booking]:
    """Who asked for another date, of these agencies, and has neither found one nor been called; the earliest first."""
    found = select(*_BOOKING).join_from(bookings, own, own.c.id == bookings.c.session_id).where(*wished(since))
    if agency_ids is not None:
        found = found.where(bookings.c.agency_id.in_(agency_ids))
    rows = await tx.rows(found.order_by(bookings.c.wishes_other_at, bookings.c.id).limit(most))
    return [made(Booking, row) for row in rows]
