"""Seats held or offered too long fall back, and go to who waits in the same transaction; nobody waits in vain."""

from datetime import datetime
from uuid import UUID

from booking.domain.bookings import HOLD_OVER, OFFER_OVER, SESSION_BEGAN, Booking, BookingState, Party
from booking.domain.messages import MessageKind, MessageState, on_change
from booking.domain.sessions import Session
from booking.services import offering, seats, waitlist
from booking.services.alternatives import Alternatives
from booking.storage import audit, bookings, listings, outbox, policies, sessions, waits
from booking.storage.database import Database, Tx, again_when_contended

MOST_AT_ONCE = 200


async def end_due(db: Database, now: datetime) -> int:
    """End every hold and offer whose time is over; returns of how many sessions. One that fails leaves the others."""
    async with db.reading() as tx:
        due = await bookings.sessions_due(tx, now, MOST_AT_ONCE)
    for session_id in due:
        await _end_in(db, session_id, now)
    return len(due)


@again_when_contended
async def _end_in(db: Database, session_id: UUID, now: datetime) -> None:
    async with db.transaction() as tx:

        async def people() -> list[UUID]:
            return [booking.job_seeker_id for booking in await bookings.due(tx, session_id, now)]

        locked = await waitlist.lock(tx, [session_id], people, now)
        for booking in await bookings.due(tx, session_id, now):
            await _end(tx, booking, locked[session_id], now)
        await waitlist.give_seats(tx, locked, by=None, now=now)


async def clear(db: Database, session_id: UUID, now: datetime) -> None:
    """Nobody is refused a seat of this session that is held or offered longer than it may be."""
    async with db.reading() as tx:
        due = await bookings.due(tx, session_id, now)
    if due:
        await _end_in(db, session_id, now)


async def _end(tx: Tx, booking: Booking, session: Session, now: datetime) -> None:
    was_offered = booking.state is BookingState.OFFERED
    ended = booking.cancelled(Party.SERVICE, OFFER_OVER if was_offered else HOLD_OVER, now)
    await bookings.change(tx, ended)
    await seats.give_up(tx, booking)
    await outbox.withdraw(tx, booking.id, MessageState.CANCELLED, now)
    if was_offered:
        await offering.note_refused(tx, booking, now)
        await _tell(tx, ended, session, now)
    await audit.record(tx, None, "lapsed", "booking", booking.id, now, booking.agency_id, state=booking.state)


async def end_pointless(db: Database, now: datetime) -> int:
    """Nobody waits for a session that takes nobody any more; who has found no other seat is told. Returns how many."""
    async with db.reading() as tx:
        waiting = await waits.pointless(tx, now, MOST_AT_ONCE)
    for booking_id in waiting:
        await _end_waiting(db, booking_id, now)
    return len(waiting)


@again_when_contended
async def _end_waiting(db: Database, booking_id: UUID, now: datetime) -> None:
    async with db.transaction() as tx:
        seen = await bookings.load(tx, booking_id)
        session = await sessions.lock_one(tx, seen.session_id)
        booking = await bookings.load(tx, booking_id)
        if booking.state is not BookingState.WAITLISTED or session.takes_bookings(now):
            return
        ended = booking.cancelled(Party.SERVICE, SESSION_BEGAN, now)
        await bookings.change(tx, ended)
        await seats.give_up(tx, booking)
        await outbox.withdraw(tx, booking.id, MessageState.CANCELLED, now)
        if session.is_to_come(now) and not await bookings.has_other_seat(tx, booking):
            await _tell(tx, ended, session, now)
        await audit.record(tx, None, "lapsed", "booking", booking.id, now, booking.agency_id, state=booking.state)


async def _tell(tx: Tx, ended: Booking, session: Session, now: datetime) -> None:
    agency = await waitlist.agency_of(tx, session)
    listed = await listings.one(tx, session.id)
    assert listed is not None  # its row is locked
    elsewhere = await Alternatives(listed, now).of(tx, ended.job_seeker_id, ended.agency_id)
    place = await policies.place_of(tx, agency, session.workshop_id)
    await outbox.plan(tx, on_change(MessageKind.WAIT_ENDED, ended, session, place, now, alternatives=elsewhere))


async def serve_waiting(db: Database, now: datetime) -> int:
    """Give whatever seat is free to whoever waits for it and can come by now; returns how many were given."""
    async with db.reading() as tx:
        found = await waits.to_be_served(tx, now, MOST_AT_ONCE)
    return sum([await _serve(db, session_id, now) for session_id in found])


@again_when_contended
async def _serve(db: Database, session_id: UUID, now: datetime) -> int:
    async with db.transaction() as tx:
        await sessions.lock_one(tx, session_id)
        return len(await waitlist.give_seats(tx, [session_id], by=None, now=now))
