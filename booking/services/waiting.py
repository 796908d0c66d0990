"""New seats for who waits for any session of a workshop: a session that opens meets those who join at that moment."""

from collections.abc import Sequence
from datetime import datetime

from booking.domain.bookings import Booking
from booking.domain.sessions import Session
from booking.domain.staff import Staff
from booking.services import waitlist
from booking.storage import holds
from booking.storage.database import Tx


async def serve(tx: Tx, opened: Sequence[Session], *, by: Staff, now: datetime) -> list[Booking]:
    """Give the seats of sessions that open in this transaction to who waits for them; returns who was given one."""
    await holds.hold(tx, *{session.workshop_id for session in opened})
    return await waitlist.give_seats(tx, [session.id for session in opened], by=by, now=now)
