"""A seat is held while one talks: taken for everybody else, booked by a word, free again by itself."""

from datetime import datetime, timedelta
from uuid import UUID

from booking.domain import bookings as rules
from booking.domain.bookings import Booking
from booking.domain.idempotency import Once
from booking.domain.staff import Staff
from booking.services import lapsing, placing, refusing
from booking.services.answers import Answered, answered_once
from booking.storage import agencies, sessions
from booking.storage.database import Database, Tx, again_when_contended


@refusing.with_alternatives
@again_when_contended
async def hold(
    db: Database,
    session_id: UUID,
    job_seeker_id: UUID,
    *,
    by: Staff,
    now: datetime,
    because: str = "",
    once: Once | None = None,
) -> Answered:
    """Hold a seat for as many minutes as the person's agency has set; nothing is said to him yet.

    Raises like :func:`bookings.book`.
    """
    placement, wished = await placing.read(db, session_id, job_seeker_id, because, by=by, now=now)
    await lapsing.clear(db, session_id, now)

    async def act(tx: Tx) -> Booking:
        session = await placing.as_now(tx, await sessions.lock_one(tx, session_id), now)
        minutes = (await agencies.load(tx, wished.agency_id)).hold_minutes
        await placing.must_not_hold_a_place(tx, session_id, job_seeker_id)
        held = rules.held(await placing.seated(tx, session, wished, now), now + timedelta(minutes=minutes))
        return await placing.place(tx, held, session, placement.place, by, now)

    return await answered_once(db, once, now, act)


@again_when_contended
async def confirm(
    db: Database,
    booking_id: UUID,
    *,
    by: Staff | None,
    now: datetime,
    once: Once | None = None,
    sequence: int | None = None,
) -> Answered:
    """A seat held or offered is booked, also a little late, as long as nobody else has it.

    ``by`` is None for the person himself. Raises :class:`NotHeld`, :class:`BookingEnded`, :class:`SessionEnded`,
    :class:`NotFound`, :class:`NotAllowed`.
    """

    async def act(tx: Tx) -> Booking:
        booking, locked = await placing.locked(tx, booking_id, by, now, sequence=sequence)
        return await placing.confirm(tx, booking, locked[booking.session_id], by, now)

    return await answered_once(db, once, now, act)
