"""Seats: book, wait, cancel, take it back, move. Never one too many, never a free one refused, never one lost."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.domain import bookings as rules
from booking.domain.attendance import Reason
from booking.domain.bookings import DECLINED, MOVED, Booking, BookingState, Party
from booking.domain.errors import AlreadyBooked, InvalidField, JobSeekerElsewhere, NotFound, SessionEnded
from booking.domain.idempotency import Once
from booking.domain.messages import MessageKind, MessageState, on_booking, on_change
from booking.domain.sessions import Session
from booking.domain.staff import Staff
from booking.services import fitness, lapsing, offering, placing, refusing, seats, waitlist
from booking.services.answers import Answered, answered_once, kept_booking
from booking.storage import audit, bookings, outbox, seating, sessions, waits
from booking.storage.database import Database, Tx, again_when_contended
from booking.storage.placements import Placement
from booking.storage.seating import Taking


class _NoSeat(Exception):
    """The statement met no seat; nothing of its transaction may be kept."""


@refusing.with_alternatives
@again_when_contended
async def book(
    db: Database,
    session_id: UUID,
    job_seeker_id: UUID,
    *,
    by: Staff,
    now: datetime,
    because: str = "",
    once: Once | None = None,
) -> Answered:
    """Give the job seeker a seat, and plan what must be said about it; one that is held for him or offered is booked.

    ``because`` lets him in without a prerequisite. Raises :class:`SessionFull`, :class:`SessionClosed`,
    :class:`JobSeekerElsewhere`, each with up to three ``alternatives``; :class:`AlreadyBooked` with the booking;
    :class:`PrerequisiteMissing` with what is missing; :class:`NotFound` for a person of another agency.
    """
    placement, wished = await placing.read(db, session_id, job_seeker_id, because, by=by, now=now)
    is_plain = not (placement.has_kept_seat(now) or placement.waits or placement.is_awaited or placement.staff_id)
    if is_plain and await _take(db, wished, placement, by, once):
        return Answered(wished)
    await lapsing.clear(db, session_id, now)

    async def act(tx: Tx) -> Booking:
        refusal = await placing.refusal(tx, wished, now)
        if refusal:
            raise refusal
        session = await placing.as_now(tx, await sessions.lock_one(tx, session_id), now)
        mine = await bookings.active_of(tx, session_id, job_seeker_id)
        if mine and mine.state in placing.LIMITED:
            return await placing.confirm(tx, mine, session, by, now)
        seated = await placing.seated(tx, session, wished, now)
        return await placing.place(tx, seated, session, placement.place, by, now)

    return await answered_once(db, once, now, act)


async def _take(db: Database, wished: Booking, placement: Placement, by: Staff, once: Once | None) -> bool:
    """The seat at once, as nearly every booking has it; False when it must be looked at more closely."""
    taking = Taking(
        booking=wished,
        session=placement.session,
        messages=on_booking(wished, placement.session, placement.place, wished.created_at),
        by=by,
        once=once,
        answer=kept_booking(wished),
    )
    try:
        async with db.at_once() as tx:
            if not await seating.take(tx, taking):
                raise _NoSeat
    except (_NoSeat, AlreadyBooked, JobSeekerElsewhere):
        return False
    return True


@again_when_contended
async def wait(
    db: Database,
    session_id: UUID,
    job_seeker_id: UUID,
    *,
    by: Staff,
    now: datetime,
    because: str = "",
    first_because: str = "",
    once: Once | None = None,
) -> Answered:
    """Put the job seeker on the waitlist; a seat that is free after all is given instead.

    ``first_because`` puts him before those who wait without such a reason. Raises :class:`SessionClosed`,
    :class:`AlreadyBooked`, :class:`JobSeekerElsewhere`, :class:`PrerequisiteMissing`, :class:`InvalidField`,
    :class:`NotFound`.
    """
    first_because = fitness.checked_reason(first_because, "first_because")
    placement, wished = await placing.read(db, session_id, job_seeker_id, because, by=by, now=now)
    await lapsing.clear(db, session_id, now)

    async def act(tx: Tx) -> Booking:
        session = await placing.as_now(tx, await sessions.lock_one(tx, session_id), now)
        session.must_take_bookings(now)
        placed = await seats.found(tx, session, wished) or rules.waiting(wished, first_because)
        return await placing.place(tx, placed, session, placement.place, by, now)

    return await answered_once(db, once, now, act)


@again_when_contended
async def cancel(
    db: Database,
    booking_id: UUID,
    *,
    party: Party,
    because: str = "",
    reason: Reason | None = None,
    by: Staff | None,
    now: datetime,
    once: Once | None = None,
    sequence: int | None = None,
) -> Answered:
    """Give up a place, or refuse an offered one; a seat goes to the first who waits in the same transaction.

    ``by`` is None for the person himself. A slip that is undone before anybody was told of it is not told either, and
    of a seat that was only held nobody knows. Raises :class:`BookingEnded`, :class:`InvalidField`, :class:`NotFound`,
    :class:`NotAllowed`.
    """
    said = fitness.checked_reason(because)

    async def act(tx: Tx) -> Booking:
        booking, locked = await placing.locked(tx, booking_id, by, now, sequence=sequence)
        is_offer = booking.state is BookingState.OFFERED
        cancelled = booking.cancelled(party, DECLINED if is_offer and not said else said, now, reason)
        session = locked[booking.session_id]
        await placing.give_up(tx, booking, cancelled, now)
        if is_offer:
            await offering.note_refused(tx, booking, now)
        # Asked after the withdrawal: what a sender took before it is on its way now.
        is_slip = cancelled.is_soon_undone and not await outbox.was_told(tx, booking_id)
        if session.is_to_come(now) and booking.state not in placing.LIMITED and not is_slip:
            place = await placing.place_of(tx, session)
            told = on_change(MessageKind.BOOKING_CANCELLED, cancelled, session, place, now, by=party, because=said)
            await outbox.plan(tx, told)
        why = {"party": party} | ({"reason": reason} if reason else {})
        await audit.record(tx, by, "cancelled", "booking", booking.id, now, booking.agency_id, **why)
        await waitlist.give_seats(tx, locked, by=by, now=now)
        return cancelled

    return await answered_once(db, once, now, act)


@again_when_contended
async def restore(
    db: Database,
    booking_id: UUID,
    *,
    by: Staff | None,
    now: datetime,
    once: Once | None = None,
    sequence: int | None = None,
) -> Answered:
    """Take back a cancellation of a moment ago, if there is a seat still, by the same rule as every seat.

    Who had waited and finds no seat waits again, at his old turn.

    Raises :class:`BookingStands`, :class:`BookingEnded` when it is too late, :class:`SessionFull`,
    :class:`SessionEnded`, :class:`AlreadyBooked`, :class:`JobSeekerElsewhere`, :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.reading() as tx:
        seen = await bookings.load(tx, booking_id)
    await lapsing.clear(db, seen.session_id, now)

    async def act(tx: Tx) -> Booking:
        booking, locked = await placing.locked(tx, booking_id, by, now, sequence=sequence)
        session = await placing.as_now(tx, locked[booking.session_id], now)
        if not session.is_to_come(now):
            raise SessionEnded(session_id=session.id, state=session.state)
        restored = booking.restored(now)
        back = await seats.found(tx, session, restored) or _in_line_again(restored, session, now)
        await placing.must_not_hold_a_place(tx, session.id, booking.job_seeker_id)
        await placing.must_not_be_elsewhere(tx, session.id, booking.job_seeker_id, now)
        await bookings.change(tx, back)
        await seats.count(tx, back)
        if back.state is BookingState.BOOKED:
            await waits.serve(tx, back.job_seeker_id, session.id, now)
        await outbox.withdraw(tx, booking_id, MessageState.SUPERSEDED, now)
        await outbox.plan(tx, on_booking(back, session, await placing.place_of(tx, session), now))
        await audit.record(tx, by, "restored", "booking", booking.id, now, booking.agency_id)
        return back

    return await answered_once(db, once, now, act)


def _in_line_again(restored: Booking, session: Session, now: datetime) -> Booking:
    """His old turn for who had waited; raises :class:`SessionFull` for everybody else."""
    if restored.waiting_since is None or not session.takes_bookings(now):
        raise placing.full(session)
    return replace(restored, state=BookingState.WAITLISTED, is_from_contingent=False)


@again_when_contended
async def move(
    db: Database,
    booking_id: UUID,
    session_id: UUID,
    *,
    by: Staff | None,
    now: datetime,
    because: str = "",
    once: Once | None = None,
    sequence: int | None = None,
) -> Answered:
    """Give the person a seat in another session instead; both happen or neither. The old seat goes to who waits there.

    ``by`` is None for the person himself. Raises :class:`SessionFull`, :class:`SessionClosed`, :class:`AlreadyBooked`,
    :class:`JobSeekerElsewhere`, :class:`PrerequisiteMissing`, :class:`NotFound`, :class:`NotAllowed`.
    """
    await lapsing.clear(db, session_id, now)

    async def act(tx: Tx) -> Booking:
        booking, locked = await placing.locked(tx, booking_id, by, now, session_id, sequence=sequence)
        if booking.only_meeting_id:
            raise InvalidField(fields={"session_id": "made-up"})
        target = await _target(tx, locked, session_id, booking, now)
        excused = await _excuse(tx, locked[booking.session_id], target, booking, because)
        left = booking.cancelled(Party.SERVICE, MOVED, now)
        by_id = by.id if by else booking.booked_by
        wished = rules.book(session_id, booking.job_seeker_id, booking.agency_id, by=by_id, now=now, because=excused)
        moved = await placing.seated(tx, target, wished, now)
        await placing.give_up(tx, booking, left, now)
        await _sit(tx, moved, now)
        place = await placing.place_of(tx, target)
        facts = {"moved_from": str(booking.session_id)}
        await outbox.plan(tx, on_change(MessageKind.BOOKING_MOVED, moved, target, place, now, **facts))
        await audit.record(tx, by, "moved", "booking", moved.id, now, booking.agency_id, moved_from=str(booking.id))
        await waitlist.give_seats(tx, locked, by=by, now=now)
        return moved

    return await answered_once(db, once, now, act)


async def _sit(tx: Tx, moved: Booking, now: datetime) -> None:
    """Write the seat in the other session, once the first one is given up."""
    await placing.must_not_hold_a_place(tx, moved.session_id, moved.job_seeker_id)
    await placing.must_not_be_elsewhere(tx, moved.session_id, moved.job_seeker_id, now)
    await bookings.add(tx, moved)
    await seats.count(tx, moved)
    await waits.serve(tx, moved.job_seeker_id, moved.session_id, now)


async def _target(tx: Tx, locked: dict[UUID, Session], session_id: UUID, booking: Booking, now: datetime) -> Session:
    target = locked.get(session_id)
    if target is None:
        raise NotFound(session_id=session_id)
    if session_id == booking.session_id:
        raise AlreadyBooked(booking_id=booking.id)
    target.must_take_bookings(now)
    return await placing.as_now(tx, target, now)


async def _excuse(tx: Tx, left: Session, target: Session, booking: Booking, because: str) -> str | None:
    """What let him into this workshop lets him into another session of it."""
    if left.workshop_id == target.workshop_id:
        return booking.overridden_because
    return await fitness.excuse(tx, target.workshop_id, booking.job_seeker_id, because)
