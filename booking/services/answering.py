"""What a person says about his booking: he comes, or wants another date; at his own page, at a desk, on the phone.

To give the place up, to move and to take an offered seat are :mod:`bookings` and :mod:`holds`, with the same two doors.
"""

from datetime import datetime
from uuid import UUID

from booking.domain.bookings import Booking, Party
from booking.domain.errors import SessionEnded
from booking.domain.sessions import Session
from booking.domain.staff import Right, Staff
from booking.storage import answers, audit, bookings, sessions
from booking.storage.database import Database, Tx, again_when_contended

COMING, WISHES_OTHER = "coming", "wishes-other"


@again_when_contended
async def coming(db: Database, booking_id: UUID, *, by: Staff | None, now: datetime) -> Booking:
    """The person comes. ``by`` is None for the person himself, whose right the caller has checked.

    Said twice it is noted once. Raises :class:`NotBooked`, :class:`BookingEnded`, :class:`SessionEnded`,
    :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.transaction() as tx:
        booking, session = await _held_fast(tx, booking_id, by)
        said = booking.coming(now)
        if not session.is_to_come(now):
            raise SessionEnded(session_id=session.id, state=session.state)
        return await _noted(tx, booking, said, COMING, by, now)


@again_when_contended
async def wishes_other(db: Database, booking_id: UUID, *, by: Staff | None, now: datetime) -> Booking:
    """The person wants another date than those on offer, and stands in the list "à rappeler" of his agency.

    He keeps the place that he has. Raises :class:`BookingEnded` when another took its place, :class:`NotFound`,
    :class:`NotAllowed`.
    """
    async with db.transaction() as tx:
        booking, _ = await _held_fast(tx, booking_id, by)
        return await _noted(tx, booking, booking.wishing_other(now), WISHES_OTHER, by, now)


async def _held_fast(tx: Tx, booking_id: UUID, by: Staff | None) -> tuple[Booking, Session]:
    """The booking as it stays until the end of the transaction: its session is locked first, as everywhere."""
    seen = await bookings.load(tx, booking_id)
    if by is not None:
        by.must(Right.BOOK, seen.agency_id)
    session = await sessions.lock_one(tx, seen.session_id)
    return await bookings.load(tx, booking_id), session


async def _noted(tx: Tx, before: Booking, said: Booking, action: str, by: Staff | None, now: datetime) -> Booking:
    if said != before:
        await answers.note(tx, said)
        whose = {} if by else {"party": Party.PERSON}
        await audit.record(tx, by, action, "booking", said.id, now, said.agency_id, **whose)
    return said
