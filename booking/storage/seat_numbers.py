"""Which seat of a session somebody has."""

from sqlalchemy import func, select

from booking.domain.bookings import Booking, BookingState
from booking.storage.database import Tx
from booking.storage.tables import bookings


async def of_booking(tx: Tx, booking: Booking) -> int:
    """Its number, counted in the order in which the places of the session were taken."""
    seated = bookings.c.state.in_([state for state in BookingState if state.has_seat])
    before = (bookings.c.session_id == booking.session_id, seated, bookings.c.id <= booking.id)
    return int(await tx.value(select(func.count()).where(*before)))
