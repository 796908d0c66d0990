"""Who comes without a booking: found or noted with the least data, given a free seat, and marked present at once.

Who calls the roll does it, although he books nobody else: the person stands there, and the seat is counted like any.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain import bookings as rules
from booking.domain.attendance import Attendance, Mark, made_within
from booking.domain.attending import first_of
from booking.domain.bookings import Booking, BookingState
from booking.domain.errors import MarkedOtherwise, NotAllowed, NotFound, PossibleDuplicates, SessionEnded
from booking.domain.finding import Sought, sought
from booking.domain.idempotency import Once
from booking.domain.job_seekers import JobSeeker
from booking.domain.messages import on_booking
from booking.domain.sessions import Session, SessionState
from booking.domain.staff import Right, Staff
from booking.services import closing, duplicates, lapsing, placing, seats
from booking.services.answers import Answered, answered_once
from booking.services.job_seekers import PersonSaid, newcomer
from booking.services.rosters import knows_full_names
from booking.storage import agendas, attendees, audit, bookings, holds, job_seekers, outbox, sessions, waits
from booking.storage import attendance as marks
from booking.storage.agendas import MeetingListed
from booking.storage.database import Database, Tx, again_when_contended
from calendars.zones import midnight, wall

SHORTEST, MOST = 2, 8


@dataclass(frozen=True, slots=True)
class Coming:
    """How somebody's coming is told: who, when; ``made_at`` is when a device without network took it, and
    ``after_closing`` says that one knows the roll to be closed."""

    by: Staff
    now: datetime
    made_at: datetime | None = None
    after_closing: bool = False


async def meeting_of(db: Database, meeting_id: UUID, *, by: Staff) -> MeetingListed:
    """The meeting to which somebody comes. Raises :class:`NotFound`; :class:`NotAllowed` for an assistant."""
    async with db.reading() as tx:
        return await _led(tx, meeting_id, by)


async def search(db: Database, meeting_id: UUID, said: str, *, by: Staff) -> list[JobSeeker]:
    """People of the meeting's agency by their names; by nothing else, and nobody before two letters."""
    words = sought(said).words
    async with db.reading() as tx:
        meeting = await _led(tx, meeting_id, by)
        if len("".join(words)) < SHORTEST:
            return []
        return await job_seekers.search(tx, [meeting.agency_id], Sought(words=words), MOST)


@again_when_contended
async def seat(
    db: Database, meeting_id: UUID, job_seeker_id: UUID, told: Coming, *, once: Once | None = None
) -> Answered:
    """Give somebody known a seat, from this meeting on, and mark him present; who has one is marked only.

    To a training comes a member of staff, under the identifier of his account.

    Raises :class:`SessionFull`, :class:`SessionEnded`, :class:`MeetingNotBegun`, :class:`AlreadyBooked` for who waits,
    :class:`JobSeekerElsewhere`, :class:`RollClosed`, :class:`MarkedOtherwise`, :class:`NotFound`, :class:`NotAllowed`.
    """
    meeting = await meeting_of(db, meeting_id, by=told.by)
    await lapsing.clear(db, meeting.meeting.session_id, told.now)

    async def act(tx: Tx) -> Booking:
        session = await _session(tx, meeting, told.now)
        return await _come(tx, meeting, session, await _comer(tx, meeting, job_seeker_id, told), told)

    return await answered_once(db, once, told.now, act)


@again_when_contended
async def seat_new(
    db: Database,
    meeting_id: UUID,
    said: PersonSaid,
    told: Coming,
    *,
    is_sure: bool = False,
    once: Once | None = None,
) -> Answered:
    """The same for somebody nobody knows: written and seated together, or neither.

    Raises :class:`PossibleDuplicates` until one is sure, :class:`InvalidField`, and like :func:`seat`.
    """
    by, now = told.by, told.now
    meeting = await meeting_of(db, meeting_id, by=by)
    await lapsing.clear(db, meeting.meeting.session_id, now)

    async def act(tx: Tx) -> Booking:
        session = await _session(tx, meeting, now)
        person = newcomer(meeting.agency_id, said, now)
        known = [] if is_sure else await duplicates.of(tx, person)
        if known:
            raise PossibleDuplicates(candidates=[one.told for one in known])
        await job_seekers.add(tx, person)
        await audit.record(tx, by, "registered", "job_seeker", person.id, now, person.agency_id)
        return await _come(tx, meeting, session, person, told)

    return await answered_once(db, once, now, act)


async def _comer(tx: Tx, meeting: MeetingListed, person_id: UUID, told: Coming) -> JobSeeker:
    if not await attendees.is_training(tx, meeting.meeting.session_id):
        person = await job_seekers.load(tx, person_id)
        if person.agency_id != meeting.agency_id:
            raise NotFound(job_seeker_id=person_id)
        return person
    if meeting.agency_id not in await attendees.works_at(tx, person_id, told.now):
        raise NotFound(staff_id=person_id)
    return await job_seekers.load_attendee(tx, await attendees.keep(tx, person_id, meeting.agency_id, told.now))


async def _led(tx: Tx, meeting_id: UUID, by: Staff) -> MeetingListed:
    meeting = await agendas.one(tx, meeting_id)
    if meeting is None:
        raise NotFound(meeting_id=meeting_id)
    by.must(Right.MARK, meeting.agency_id)
    if not knows_full_names(by, meeting.agency_id):
        raise NotAllowed(right=Right.MARK)
    return meeting


async def _session(tx: Tx, meeting: MeetingListed, now: datetime) -> Session:
    """The session, locked; it may have begun, and even be over for some hours."""
    session = await placing.as_now(tx, await sessions.lock_one(tx, meeting.meeting.session_id), now)
    if session.state not in (SessionState.OPEN, SessionState.HELD):
        raise SessionEnded(session_id=session.id, state=session.state)
    return session


async def _come(tx: Tx, meeting: MeetingListed, session: Session, person: JobSeeker, told: Coming) -> Booking:
    by, now = told.by, told.now
    is_closed = await closing.must_say_so(tx, meeting.meeting.id, after_closing=told.after_closing)
    booking = await bookings.active_of(tx, session.id, person.id)
    has_seat = booking is not None and booking.state is BookingState.BOOKED
    if booking is None or not has_seat:
        booking = await _sit(tx, session, person, by, now)
    before = (await marks.of_meeting(tx, meeting.meeting.id)).get(booking.id)
    if before and not before.mark.is_present:
        raise MarkedOtherwise(booking_id=booking.id)
    if before is None:
        await marks.put(tx, _present(meeting, booking, told, is_walk_in=not has_seat), session.id, None)
        said = {"mark": Mark.ATTENDED, "before": None, "meeting": str(meeting.meeting.id), "walk_in": True}
        said |= {"after_closing": True} if is_closed else {}
        await audit.record(tx, by, "marked", "booking", booking.id, now, meeting.agency_id, **said)
    return booking


def _present(meeting: MeetingListed, booking: Booking, told: Coming, *, is_walk_in: bool) -> Attendance:
    """Raises :class:`MeetingNotBegun` before the day."""
    day = wall(meeting.meeting.starts_at, meeting.time_zone).date()
    made = Attendance(
        booking_id=booking.id,
        meeting_id=meeting.meeting.id,
        mark=Mark.ATTENDED,
        marked_by=told.by.id,
        marked_at=made_within(told.made_at, midnight(day, meeting.time_zone), told.now),
        is_walk_in=is_walk_in,
    )
    return made.checked(day, meeting.time_zone)


async def _sit(tx: Tx, session: Session, person: JobSeeker, by: Staff, now: datetime) -> Booking:
    wished = rules.book(session.id, person.id, person.agency_id, by=by.id, now=now)
    await holds.hold(tx, person.id)
    await placing.must_not_hold_a_place(tx, session.id, person.id)
    await placing.must_not_be_elsewhere(tx, session.id, person.id, now)
    seated = await seats.found(tx, session, wished)
    if seated is None:
        raise placing.full(session)
    await bookings.add(tx, seated)
    await seats.count(tx, seated)
    await waits.serve(tx, person.id, session.id, now)
    # Who comes once only need not be told that he comes.
    if first_of(seated, session):
        await outbox.plan(tx, on_booking(seated, session, await placing.place_of(tx, session), now))
    await audit.record(tx, by, "booked", "booking", seated.id, now, seated.agency_id)
    return seated
