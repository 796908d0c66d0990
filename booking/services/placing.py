"""One place in a session, taken or given up in a transaction that has locked the session."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.domain import bookings as rules
from booking.domain.bookings import Booking, BookingState
from booking.domain.errors import AlreadyBooked, JobSeekerElsewhere, Refused, SessionEnded, SessionFull, StaleEdit
from booking.domain.messages import MessageState, on_booking
from booking.domain.sessions import Session
from booking.domain.staff import Staff
from booking.domain.windows import Place
from booking.services import attendees, fitness, releasing, seats, waitlist
from booking.storage import audit, bookings, holds, make_ups, outbox, placements, policies, sessions, waits
from booking.storage.constraints import Contended
from booking.storage.database import Database, Tx
from booking.storage.placements import Placement

LIMITED = (BookingState.HELD, BookingState.OFFERED)


async def read(
    db: Database, session_id: UUID, job_seeker_id: UUID, because: str, *, by: Staff, now: datetime
) -> tuple[Placement, Booking]:
    """All that must be known beforehand, and the seat that is wished.

    Raises :class:`NotFound` for a person of another agency, :class:`OtherAudience` for who does not belong in this
    workshop, :class:`PrerequisiteMissing` without a reason.
    """
    async with db.reading() as tx:
        placement = await placements.load(tx, session_id, job_seeker_id)
        await attendees.must_place(tx, by, placement, now)
        workshop_id = placement.session.workshop_id
        excused = await fitness.excuse(tx, workshop_id, job_seeker_id, because) if placement.may_lack else None
    agency_id = placement.job_seeker_agency_id
    return placement, rules.book(session_id, job_seeker_id, agency_id, by=by.id, now=now, because=excused)


async def as_now(tx: Tx, session: Session, now: datetime) -> Session:
    """A locked session after what is due in it has fallen back, and whoever waits and can come by now has his seat.

    A seat may have come free for the line by time alone: bookings have opened, somebody is no longer elsewhere.
    """
    session = await releasing.as_now(tx, session, now)
    given = await waitlist.give_seats(tx, [session.id], by=None, now=now)
    return await sessions.load(tx, session.id) if given else session


async def place(tx: Tx, booking: Booking, session: Session, where: Place, by: Staff | None, now: datetime) -> Booking:
    """Write a place in a locked session, held, booked or on the waitlist, with all that goes with it.

    Raises :class:`AlreadyBooked`, :class:`JobSeekerElsewhere`.
    """
    await holds.hold(tx, booking.job_seeker_id)
    await must_not_hold_a_place(tx, session.id, booking.job_seeker_id)
    await must_not_be_elsewhere(tx, session.id, booking.job_seeker_id, now)
    await bookings.add(tx, booking)
    await seats.count(tx, booking)
    if booking.state is BookingState.BOOKED:
        await waits.serve(tx, booking.job_seeker_id, session.id, now)
    if booking.state is not BookingState.HELD:
        await outbox.plan(tx, on_booking(booking, session, where, now))
    await audit.record(tx, by, str(booking.state), "booking", booking.id, now, booking.agency_id)
    return booking


async def seated(tx: Tx, session: Session, wished: Booking, now: datetime) -> Booking:
    """The wished seat as a locked session can give it; raises :class:`SessionFull`, :class:`SessionClosed`."""
    session.must_take_bookings(now)
    found = await seats.found(tx, session, wished)
    if found is None:
        raise full(session)
    return found


def full(session: Session) -> SessionFull:
    """Why there is no seat."""
    return SessionFull(session_id=session.id, capacity=session.capacity, waiting=session.waiting)


async def give_up(tx: Tx, booking: Booking, ended: Booking, now: datetime) -> None:
    """End a place in a locked session, and what makes up for its meetings; what was still to be said is withdrawn."""
    await bookings.change(tx, ended)
    await seats.give_up(tx, booking)
    await outbox.withdraw(tx, booking.id, MessageState.CANCELLED, now)
    assert ended.cancelled_by is not None
    for made_up in await make_ups.standing(tx, booking.id):
        await give_up(tx, made_up, made_up.cancelled(ended.cancelled_by, ended.cancelled_because, now), now)


async def locked(
    tx: Tx, booking_id: UUID, by: Staff | None, now: datetime, *more: UUID, sequence: int | None = None
) -> tuple[Booking, dict[UUID, Session]]:
    """The booking, and its session locked with every other one that its end can touch: where the person waits, too.

    ``by`` is None for the person himself and for the clock. Raises :class:`NotFound`, :class:`NotAllowed`, and
    :class:`StaleEdit` when ``sequence`` is not the current one.
    """
    seen = await bookings.load(tx, booking_id)
    if by is not None:
        await attendees.must_change(tx, by, seen.job_seeker_id, seen.agency_id, now)

    async def person() -> list[UUID]:
        return [seen.job_seeker_id]

    made_up = await make_ups.sessions_for(tx, booking_id)
    found = await waitlist.lock(tx, [seen.session_id, *made_up, *more], person, now)
    booking = await bookings.load(tx, booking_id)
    # He turned out to be another, who may wait elsewhere; or a missed meeting is made up from this moment on.
    if booking.job_seeker_id != seen.job_seeker_id or not await make_ups.sessions_for(tx, booking_id) <= found.keys():
        raise Contended(str(booking_id))
    if sequence not in (None, booking.sequence):
        raise StaleEdit(booking_id=booking_id, version=booking.sequence)
    return booking, found


async def place_of(tx: Tx, session: Session) -> Place:
    """By which clock and calendar the session is held."""
    agency = await waitlist.agency_of(tx, session)
    return await policies.place_of(tx, agency, session.workshop_id)


async def refusal(tx: Tx, wished: Booking, now: datetime) -> Refused | None:
    """Why there is no seat, from what is committed now; None when a look at the locked session may find one."""
    mine = await bookings.active_of(tx, wished.session_id, wished.job_seeker_id)
    if mine:
        return None if mine.state in LIMITED else _already(mine)
    placement = await placements.load(tx, wished.session_id, wished.job_seeker_id)
    session = placement.session
    session.must_take_bookings(now)
    await must_not_be_elsewhere(tx, session.id, wished.job_seeker_id, now)
    return None if session.free or placement.has_kept_seat(now) else full(session)


async def must_not_hold_a_place(tx: Tx, session_id: UUID, job_seeker_id: UUID) -> None:
    """Do nothing, or raise :class:`AlreadyBooked`."""
    mine = await bookings.active_of(tx, session_id, job_seeker_id)
    if mine:
        raise _already(mine)


def _already(mine: Booking) -> AlreadyBooked:
    return AlreadyBooked(booking_id=mine.id, session_id=mine.session_id, state=mine.state)


async def must_not_be_elsewhere(tx: Tx, session_id: UUID, job_seeker_id: UUID, now: datetime) -> None:
    """Do nothing, or raise :class:`JobSeekerElsewhere`, :class:`StaffElsewhere`."""
    elsewhere = await bookings.overlapping(tx, session_id, job_seeker_id, now)
    if elsewhere:
        raise JobSeekerElsewhere(session_id=session_id, other_session_id=elsewhere)
    await attendees.must_not_lead_meanwhile(tx, session_id, job_seeker_id, now)


async def confirm(tx: Tx, booking: Booking, session: Session, by: Staff | None, now: datetime) -> Booking:
    """A seat held or offered in a locked session is booked, and what must be said about it is planned.

    Raises :class:`NotHeld`, :class:`BookingEnded`, :class:`SessionEnded`.
    """
    confirmed = booking.confirmed(now)
    if not session.is_to_come(now):
        raise SessionEnded(session_id=session.id, state=session.state)
    if by and booking.state is BookingState.HELD:
        confirmed = replace(confirmed, booked_by=by.id)
    await bookings.change(tx, confirmed)
    await outbox.withdraw(tx, booking.id, MessageState.SUPERSEDED, now)
    await waits.serve(tx, booking.job_seeker_id, session.id, now)
    await outbox.plan(tx, on_booking(confirmed, session, await place_of(tx, session), now))
    await audit.record(tx, by, "confirmed", "booking", booking.id, now, booking.agency_id)
    return confirmed
