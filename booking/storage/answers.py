"""What people answered about their bookings, and finding a booking by its code or by what came before it."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select, update

from booking.domain.bookings import DUPLICATE, MOVED, Booking, BookingState
from booking.storage.database import Tx
from booking.storage.shapes import columns, made
from booking.storage.tables import bookings

_BOOKING = columns(Booking, bookings)
MOST_WITH_A_CODE = 100


async def with_code(tx: Tx, code: str) -> list[Booking]:
    """The bookings with this code, standing ones and the latest first."""
    order = (bookings.c.state == BookingState.CANCELLED, bookings.c.created_at.desc())
    found = select(*_BOOKING).where(bookings.c.code == code).order_by(*order).limit(MOST_WITH_A_CODE)
    return [made(Booking, row) for row in await tx.rows(found)]


async def note(tx: Tx, booking: Booking) -> None:
    """Write what was answered, and nothing else of the booking."""
    said = {"answered_at": booking.answered_at, "wishes_other_at": booking.wishes_other_at}
    await tx.run(update(bookings).where(bookings.c.id == booking.id).values(said))


async def successor(tx: Tx, ended: Booking) -> Booking | None:
    """The booking that took the place of one moved, or of one of two in the same session."""
    theirs = [bookings.c.job_seeker_id == ended.job_seeker_id, bookings.c.id != ended.id]
    if ended.cancelled_because == DUPLICATE:
        theirs += [bookings.c.session_id == ended.session_id, bookings.c.state != BookingState.CANCELLED]
    else:
        # Both happen at one and the same moment.
        theirs += [bookings.c.created_at == ended.changed_at]
    row = await tx.row(select(*_BOOKING).where(*theirs).order_by(bookings.c.id).limit(1))
    return made(Booking, row) if row else None


async def succeeded(tx: Tx, job_seeker_id: UUID) -> list[Booking]:
    """The bookings of a person that ended because another took their place."""
    theirs = (bookings.c.job_seeker_id == job_seeker_id, bookings.c.state == BookingState.CANCELLED)
    found = select(*_BOOKING).where(*theirs, bookings.c.cancelled_because.in_([MOVED, DUPLICATE]))
    return [made(Booking, row) for row in await tx.rows(found)]


async def renew_links(tx: Tx, booking_ids: Collection[UUID]) -> None:
    """From now on the links of these bookings are others."""
    mine = update(bookings).where(bookings.c.id.in_(booking_ids))
    await tx.run(mine.values(link_version=bookings.c.link_version + 1))
