"""The counts of many sessions in one small question, for pages that follow them."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import bindparam, func, select

from booking.domain.bookings import Booking, BookingState
from booking.domain.sessions import SessionState
from booking.storage.columns import Id
from booking.storage.database import Tx
from booking.storage.tables import bookings, sessions

Counts = tuple[int, int, int, int, SessionState]
_COUNTS = (
    sessions.c.id,
    sessions.c.taken,
    sessions.c.kept,
    sessions.c.waiting,
    (sessions.c.capacity + sessions.c.allowance).label("seats"),
    sessions.c.state,
)
# One statement with a list of any length: it is prepared once for each length.
_OF = select(*_COUNTS).where(sessions.c.id.in_(bindparam("ids", type_=Id, expanding=True)))


async def counts(tx: Tx, session_ids: Collection[UUID]) -> dict[UUID, Counts]:
    """By session: seats taken and kept, people waiting, seats in all, and its state."""
    rows = await tx.rows(_OF, {"ids": list(session_ids)})
    return {row.id: (row.taken, row.kept, row.waiting, row.seats, row.state) for row in rows}


async def seat_number(tx: Tx, booking: Booking) -> int:
    """Which seat this is, counted in the order in which the places of the session were taken."""
    seated = bookings.c.state.in_([state for state in BookingState if state.has_seat])
    before = (bookings.c.session_id == booking.session_id, seated, bookings.c.id <= booking.id)
    return int(await tx.value(select(func.count()).where(*before)))
