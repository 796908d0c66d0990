"""One seat of a locked session, given or given back: from a contingent where there is one, else of those for all."""

from dataclasses import replace
from uuid import UUID

from booking.domain.bookings import Booking
from booking.domain.sessions import Session
from booking.storage import contingents, sessions
from booking.storage.database import Tx


async def found(tx: Tx, session: Session, booking: Booking) -> Booking | None:
    """The booking as it would have a seat now, or None: the contingent of the person's agency comes first."""
    if session.kept and any(
        kept.agency_id == booking.agency_id and kept.unused for kept in await contingents.running(tx, session.id)
    ):
        return replace(booking, is_from_contingent=True)
    return replace(booking, is_from_contingent=False) if session.free else None


async def count(tx: Tx, booking: Booking, *, waited: bool = False) -> None:
    """Count a place that was just written: a seat, or a place on the waitlist; ``waited`` when it was one before."""
    if booking.is_from_contingent:
        await contingents.use(tx, booking.session_id, booking.agency_id, 1)
    await sessions.count(
        tx,
        booking.session_id,
        taken=booking.state.has_seat,
        waiting=(not booking.state.has_seat) - waited,
        kept=-booking.is_from_contingent,
    )


async def give_up(tx: Tx, before: Booking) -> None:
    """Count a place that has just ended; a seat of a contingent goes back to it while it runs."""
    back = before.is_from_contingent and await contingents.use(tx, before.session_id, before.agency_id, -1)
    has_seat = before.state.has_seat
    await sessions.count(tx, before.session_id, taken=-has_seat, waiting=-(not has_seat), kept=back)


async def release(tx: Tx, session_id: UUID, kept: int) -> None:
    """Count seats of contingents that have fallen back to all."""
    if kept:
        await sessions.count(tx, session_id, kept=-kept)
