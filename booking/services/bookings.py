"""Seats: book, wait, cancel, move. Never one too many, never a free one refused, never one lost."""

from datetime import datetime
from uuid import UUID

from booking.domain import bookings as rules
from booking.domain.bookings import Booking, Party
from booking.domain.errors import AlreadyBooked, JobSeekerElsewhere, NotFound, Refused, SessionClosed, SessionFull
from booking.domain.fields import Problems
from booking.domain.idempotency import Once
from booking.domain.messages import MessageKind, MessageState, on_booking, on_change
from booking.domain.sessions import Session
from booking.domain.staff import Right, Staff
from booking.domain.windows import Place
from booking.services import releasing, searches, seats, waitlist
from booking.services.answers import Answered, answered_once, kept_booking
from booking.storage import audit, bookings, holds, outbox, placements, seating, sessions
from booking.storage.constraints import Contended
from booking.storage.database import Database, Tx, again_when_contended
from booking.storage.placements import Placement
from booking.storage.seating import Taking


class _NoSeat(Exception):
    """The statement met no seat; nothing of its transaction may be kept."""


async def book(
    db: Database, session_id: UUID, job_seeker_id: UUID, *, by: Staff, now: datetime, once: Once | None = None
) -> Answered:
    """Give the job seeker a seat, and plan what must be said about it.

    Raises :class:`SessionFull`, :class:`SessionClosed`, :class:`JobSeekerElsewhere`, each with up to three
    ``alternatives``; :class:`AlreadyBooked` with the booking; :class:`NotFound` for a person of another agency.
    """
    try:
        return await _book(db, session_id, job_seeker_id, by=by, now=now, once=once)
    except (SessionFull, SessionClosed, JobSeekerElsewhere) as refusal:
        refusal.facts["alternatives"] = await searches.alternatives(db, session_id, job_seeker_id, now=now)
        raise


@again_when_contended
async def _book(
    db: Database, session_id: UUID, job_seeker_id: UUID, *, by: Staff, now: datetime, once: Once | None
) -> Answered:
    placement = await _placement(db, session_id, job_seeker_id, by)
    booking = rules.book(session_id, job_seeker_id, placement.job_seeker_agency_id, by=by.id, now=now)
    if placement.has_kept_seat(now):
        return await _book_kept(db, booking, placement, by=by, now=now, once=once)
    taking = Taking(
        booking=booking,
        session=placement.session,
        messages=on_booking(booking, placement.session, placement.place, now),
        by=by,
        once=once,
        answer=kept_booking(booking),
    )
    try:
        async with db.at_once() as tx:
            if not await seating.take(tx, taking):
                raise _NoSeat
    except (_NoSeat, AlreadyBooked, JobSeekerElsewhere):

        async def explain(tx: Tx) -> Booking:
            raise await _why_not(tx, booking, now)

        return await answered_once(db, once, now, explain)
    return Answered(booking)


async def _book_kept(
    db: Database, booking: Booking, placement: Placement, *, by: Staff, now: datetime, once: Once | None
) -> Answered:
    """A seat that a contingent kept, step by step in a locked session, or else one of those for all."""

    async def act(tx: Tx) -> Booking:
        session = await releasing.as_now(tx, await sessions.lock_one(tx, booking.session_id), now)
        seated = await seats.found(tx, session, booking) if session.takes_bookings(now) else None
        if seated is None:
            raise await _why_not(tx, booking, now)
        await _place(tx, seated, session, placement.place, by, now)
        return seated

    return await answered_once(db, once, now, act)


@again_when_contended
async def wait(
    db: Database, session_id: UUID, job_seeker_id: UUID, *, by: Staff, now: datetime, once: Once | None = None
) -> Answered:
    """Put the job seeker on the waitlist; a seat that is free after all is given instead.

    Raises :class:`SessionClosed`, :class:`AlreadyBooked`, :class:`JobSeekerElsewhere`, :class:`NotFound`.
    """
    placement = await _placement(db, session_id, job_seeker_id, by)
    booking = rules.book(session_id, job_seeker_id, placement.job_seeker_agency_id, by=by.id, now=now)

    async def act(tx: Tx) -> Booking:
        session = await releasing.as_now(tx, await sessions.lock_one(tx, session_id), now)
        session.must_take_bookings(now)
        placed = await seats.found(tx, session, booking) or rules.waiting(booking)
        await _place(tx, placed, session, placement.place, by, now)
        return placed

    return await answered_once(db, once, now, act)


@again_when_contended
async def cancel(
    db: Database,
    booking_id: UUID,
    *,
    party: Party,
    because: str = "",
    by: Staff,
    now: datetime,
    once: Once | None = None,
) -> Answered:
    """Give up a place; a seat goes to the first who waits in the same transaction.

    A slip that is undone before anybody was told of it is not told either.
    Raises :class:`BookingEnded`, :class:`InvalidField`, :class:`NotFound`, :class:`NotAllowed`.
    """
    problems = Problems()
    problems.text("because", because, longest=200, required=False)
    problems.refuse()

    async def act(tx: Tx) -> Booking:
        booking, locked = await _locked(tx, booking_id, by)
        cancelled = booking.cancelled(party, because, now)
        session = locked[booking.session_id]
        await _give_up(tx, booking, cancelled, now)
        # Asked after the withdrawal: what a sender took before it is on its way now.
        is_slip = cancelled.is_soon_undone and not await outbox.was_told(tx, booking_id)
        if session.is_to_come(now) and not is_slip:
            place = await _place_of(tx, session)
            said = {"by": party, "because": because}
            await outbox.plan(tx, on_change(MessageKind.BOOKING_CANCELLED, cancelled, session, place, now, **said))
        await audit.record(tx, by, "cancelled", "booking", booking.id, now, booking.agency_id, party=party)
        await waitlist.give_seats(tx, locked, by=by, now=now)
        return cancelled

    return await answered_once(db, once, now, act)


@again_when_contended
async def move(
    db: Database, booking_id: UUID, session_id: UUID, *, by: Staff, now: datetime, once: Once | None = None
) -> Answered:
    """Give the person a seat in another session instead; both happen or neither. The old seat goes to who waits there.

    Raises :class:`SessionFull`, :class:`SessionClosed`, :class:`AlreadyBooked`, :class:`JobSeekerElsewhere`,
    :class:`NotFound`.
    """

    async def act(tx: Tx) -> Booking:
        booking, locked = await _locked(tx, booking_id, by, session_id)
        target = await _target(tx, locked, session_id, booking, now)
        left = booking.cancelled(Party.SERVICE, "moved", now)
        wished = rules.book(session_id, booking.job_seeker_id, booking.agency_id, by=by.id, now=now)
        moved = await seats.found(tx, target, wished)
        if moved is None:
            raise SessionFull(session_id=session_id)
        await _give_up(tx, booking, left, now)
        await _must_not_hold_a_place(tx, session_id, booking.job_seeker_id)
        await _must_not_be_elsewhere(tx, session_id, booking.job_seeker_id)
        await bookings.add(tx, moved)
        await seats.count(tx, moved)
        place = await _place_of(tx, target)
        await outbox.plan(
            tx, on_change(MessageKind.BOOKING_MOVED, moved, target, place, now, moved_from=str(booking.session_id))
        )
        await audit.record(tx, by, "moved", "booking", moved.id, now, booking.agency_id, moved_from=str(booking.id))
        await waitlist.give_seats(tx, locked, by=by, now=now)
        return moved

    return await answered_once(db, once, now, act)


async def _placement(db: Database, session_id: UUID, job_seeker_id: UUID, by: Staff) -> Placement:
    async with db.reading() as tx:
        placement = await placements.load(tx, session_id, job_seeker_id)
    by.must(Right.BOOK, placement.job_seeker_agency_id)
    return placement


async def _place(tx: Tx, booking: Booking, session: Session, place: Place, by: Staff, now: datetime) -> None:
    """Write a place in a locked session, seat or waitlist, with all that goes with it."""
    await holds.hold(tx, booking.job_seeker_id)
    await _must_not_hold_a_place(tx, session.id, booking.job_seeker_id)
    await _must_not_be_elsewhere(tx, session.id, booking.job_seeker_id)
    await bookings.add(tx, booking)
    await seats.count(tx, booking)
    await outbox.plan(tx, on_booking(booking, session, place, now))
    await audit.record(tx, by, str(booking.state), "booking", booking.id, now, booking.agency_id)


async def _give_up(tx: Tx, booking: Booking, ended: Booking, now: datetime) -> None:
    """End a place in a locked session; what was still to be said about it is withdrawn."""
    await bookings.change(tx, ended)
    await seats.give_up(tx, booking)
    await outbox.withdraw(tx, booking.id, MessageState.CANCELLED, now)


async def _locked(tx: Tx, booking_id: UUID, by: Staff, *more: UUID) -> tuple[Booking, dict[UUID, Session]]:
    """The booking, and its session locked with every other one that its end can touch: where the person waits, too."""
    seen = await bookings.load(tx, booking_id)
    by.must(Right.BOOK, seen.agency_id)

    async def person() -> list[UUID]:
        return [seen.job_seeker_id]

    locked = await waitlist.lock(tx, [seen.session_id, *more], person)
    return await bookings.load(tx, booking_id), locked


async def _target(tx: Tx, locked: dict[UUID, Session], session_id: UUID, booking: Booking, now: datetime) -> Session:
    target = locked.get(session_id)
    if target is None:
        raise NotFound(session_id=session_id)
    if session_id == booking.session_id:
        raise AlreadyBooked(booking_id=booking.id)
    target.must_take_bookings(now)
    return await releasing.as_now(tx, target, now)


async def _place_of(tx: Tx, session: Session) -> Place:
    agency = await waitlist.agency_of(tx, session)
    return Place(agency.time_zone, agency.holiday_territory)


async def _why_not(tx: Tx, booking: Booking, now: datetime) -> Refused:
    """Why no seat was given, from what is committed now; :class:`Contended` if it would be given by now."""
    await _must_not_hold_a_place(tx, booking.session_id, booking.job_seeker_id)
    placement = await placements.load(tx, booking.session_id, booking.job_seeker_id)
    session = placement.session
    session.must_take_bookings(now)
    await _must_not_be_elsewhere(tx, session.id, booking.job_seeker_id)
    if not session.free and not placement.has_kept_seat(now):
        return SessionFull(session_id=session.id, capacity=session.capacity, waiting=session.waiting)
    raise Contended


async def _must_not_hold_a_place(tx: Tx, session_id: UUID, job_seeker_id: UUID) -> None:
    mine = await bookings.active_of(tx, session_id, job_seeker_id)
    if mine:
        raise AlreadyBooked(booking_id=mine.id, session_id=session_id, state=mine.state)


async def _must_not_be_elsewhere(tx: Tx, session_id: UUID, job_seeker_id: UUID) -> None:
    elsewhere = await bookings.overlapping(tx, session_id, job_seeker_id)
    if elsewhere:
        raise JobSeekerElsewhere(session_id=session_id, other_session_id=elsewhere)
