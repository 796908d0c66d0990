"""One booking as its page shows it: who, what, where, and where else there is a seat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.attending import attended
from booking.domain.bookings import Booking, BookingState
from booking.domain.job_seekers import JobSeeker
from booking.domain.sessions import Meeting, Session
from booking.domain.staff import Right, Staff
from booking.domain.workshops import Workshop
from booking.services import attendees, sessions
from booking.storage import agencies, bookings, job_seekers, lines, listings, make_ups, seat_numbers, staff, workshops
from booking.storage.database import Database, Tx
from booking.storage.listings import Listed
from booking.storage.make_ups import MakeUp


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """``agency`` hosts the session, ``sender`` is the person's own; ``turn`` is the place on the waitlist, or None."""

    booking: Booking
    job_seeker: JobSeeker
    listed: Listed
    workshop: Workshop
    agency: Agency
    sender: Agency
    booked_by: str
    turn: int | None
    targets: Sequence[Listed]
    made_up: Sequence[MakeUp] = ()

    @property
    def session(self) -> Session:
        """What is booked."""
        return self.listed.session

    @property
    def meetings(self) -> Sequence[Meeting]:
        """The meetings that the person attends."""
        return attended(self.booking, self.session) or self.session.meetings


async def show(db: Database, booking_id: UUID, *, by: Staff, now: datetime) -> Confirmation:
    """A booking of a person of one's agencies, or in a session of them.

    Raises :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.reading() as tx:
        booking = await bookings.load(tx, booking_id)
        listed = (await listings.some(tx, [booking.session_id]))[booking.session_id]
        person = await job_seekers.load_attendee(tx, booking.job_seeker_id)
        if person.staff_id:
            await attendees.must_answer_for(tx, by, person.staff_id, now, booking.agency_id)
        else:
            _must_see(by, booking, listed.session)
        return Confirmation(
            booking=booking,
            job_seeker=person,
            listed=listed,
            workshop=await workshops.load(tx, listed.session.workshop_id),
            agency=await agencies.load(tx, listed.session.agency_id),
            sender=await agencies.load(tx, booking.agency_id),
            booked_by=(await staff.named(tx, [booking.booked_by])).get(booking.booked_by, ""),
            turn=await _turn(tx, booking, listed.session, now),
            targets=await sessions.targets(tx, listed.session, now),
            made_up=await make_ups.of(tx, [booking_id]),
        )


def _must_see(by: Staff, booking: Booking, session: Session) -> None:
    """The agency of the person, or the agency of the session; whoever belongs to neither finds nothing."""
    if not by.may(Right.SEE_PEOPLE, session.agency_id):
        by.must(Right.SEE_PEOPLE, booking.agency_id)


async def _turn(tx: Tx, booking: Booking, session: Session, now: datetime) -> int | None:
    if booking.state is not BookingState.WAITLISTED:
        return None
    line = await lines.of_session(tx, session, now)
    return next(turn for turn, waiter in enumerate(line, start=1) if waiter.id == booking.id)


async def seat_number(db: Database, booking: Booking) -> int:
    """Which seat of its session this is, in the order in which they were taken."""
    async with db.reading() as tx:
        return await seat_numbers.of_booking(tx, booking)
