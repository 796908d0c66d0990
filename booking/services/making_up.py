"""Making up for a missed meeting in a sister session: a seat there like any other, for one meeting only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.agencies import distance_km
from booking.domain.bookings import MADE_UP, Booking, Party
from booking.domain.errors import AlreadyBooked, InvalidField, NotFound, Refused
from booking.domain.idempotency import Once
from booking.domain.making_up import made_up, may_be_made_up, must_hold_a_seat, sister_of
from booking.domain.messages import on_booking
from booking.domain.sessions import Meeting, Session, SessionState
from booking.domain.staff import Right, Staff
from booking.services import lapsing, placing, releasing, seats, waitlist
from booking.services.answers import Answered, answered_once
from booking.storage import agencies, audit, bookings, holds, listings, make_ups, marks, outbox, sessions
from booking.storage.database import Database, Tx, again_when_contended
from booking.storage.listings import Listed
from booking.storage.make_ups import MakeUp
from booking.storage.wishes import Wanted

MOST_AT_ONCE = 200
MOST_SISTERS, MOST_SHOWN = 40, 4
STEP_KM = 15.0


@dataclass(frozen=True, slots=True)
class Missed:
    """A meeting that was missed or will be, where else it takes place with a free seat, and where it is made up."""

    meeting: Meeting
    sisters: Sequence[tuple[Listed, Meeting]]
    made_up: MakeUp | None


async def offers(db: Database, booking_id: UUID, *, by: Staff, now: datetime) -> list[Missed]:
    """Every meeting of a seat in a cycle that may be made up for; none for a single meeting.

    Raises :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.reading() as tx:
        booking = await bookings.load(tx, booking_id)
        by.must(Right.SEE_PEOPLE, booking.agency_id)
        session = await sessions.load(tx, booking.session_id)
        known = {one.booking.missed_meeting_id: one for one in await make_ups.of(tx, [booking_id])}
        if len(session.meetings) < 2 or _refusal(booking):
            return []
        marked = (await marks.counting(tx, [booking_id]))[booking_id]
        sisters = await _nearest(tx, booking.agency_id, await _sisters(tx, session, now))
    missed = [m for m in session.meetings if m.id in known or may_be_made_up(booking, m, marked, now)]
    return [
        Missed(
            meeting,
            _elsewhere(meeting, session, sisters, now),
            known.get(meeting.id),
        )
        for meeting in missed
    ]


def _elsewhere(missed: Meeting, own: Session, sisters: Sequence[Listed], now: datetime) -> list[tuple[Listed, Meeting]]:
    """The same meeting of the sister sessions, where the person is not in his own cycle at that time."""
    found = [(one, same) for one in sisters if (same := sister_of(missed, one.session, now))]
    return [(one, same) for one, same in found if not any(same.overlaps(m) for m in own.meetings)][:MOST_SHOWN]


async def _nearest(tx: Tx, home_id: UUID, sisters: Sequence[Listed]) -> list[Listed]:
    """Those within reach of the person's agency first, in steps of so many kilometres, then by start."""
    where = {a.id: a for a in await agencies.some(tx, {home_id, *(one.session.agency_id for one in sisters)})}
    far = {agency_id: distance_km(where[home_id], there) // STEP_KM for agency_id, there in where.items()}
    return sorted(sisters, key=lambda one: (far[one.session.agency_id], one.session.starts_at, one.session.id))


def _refusal(booking: Booking) -> Refused | None:
    try:
        must_hold_a_seat(booking)
    except Refused as refusal:
        return refusal
    return None


async def _sisters(tx: Tx, session: Session, now: datetime) -> list[Listed]:
    wanted = Wanted(
        workshop_id=session.workshop_id,
        states=[SessionState.OPEN],
        ends_after=now,
        with_room=True,
        without=[session.id],
        most=MOST_SISTERS,
    )
    return [one for one in await listings.find(tx, wanted) if one.session.free]


@again_when_contended
async def book(
    db: Database,
    booking_id: UUID,
    missed_meeting_id: UUID,
    meeting_id: UUID,
    *,
    by: Staff,
    now: datetime,
    once: Once | None = None,
) -> Answered:
    """Give who has a seat in a cycle one for the same meeting of a sister session, and confirm it.

    Raises :class:`BookingEnded`, :class:`NotBooked`, :class:`InvalidField` for a meeting that is none of his, that he
    did not miss, or that is another there, :class:`AlreadyBooked`, :class:`SessionFull`, :class:`SessionClosed`,
    :class:`JobSeekerElsewhere`, :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.reading() as tx:
        seen = await bookings.load(tx, booking_id)
        by.must(Right.BOOK, seen.agency_id)
        sister_id = await make_ups.session_of(tx, meeting_id)
    if sister_id is None:
        raise NotFound(meeting_id=meeting_id)
    await lapsing.clear(db, sister_id, now)

    async def act(tx: Tx) -> Booking:
        locked = await sessions.lock(tx, sister_id, seen.session_id)
        booking, own, sister = await bookings.load(tx, booking_id), locked[seen.session_id], locked[sister_id]
        missed = await _missed(tx, booking, own, missed_meeting_id, now)
        if sister.workshop_id != own.workshop_id or sister.id == own.id:
            raise InvalidField(fields={"meeting_id": "not-the-same-meeting"})
        wished = made_up(booking, missed, sister, meeting_id, by=by.id, now=now)
        return await _place(tx, wished, await releasing.as_now(tx, sister, now), by, now)

    return await answered_once(db, once, now, act)


async def _missed(tx: Tx, booking: Booking, own: Session, meeting_id: UUID, now: datetime) -> Meeting:
    must_hold_a_seat(booking)
    missed = next((meeting for meeting in own.meetings if meeting.id == meeting_id), None)
    marked = (await marks.counting(tx, [booking.id]))[booking.id]
    for known in await make_ups.of(tx, [booking.id]):
        if known.booking.missed_meeting_id == meeting_id and known.booking.is_active:
            raise AlreadyBooked(booking_id=known.booking.id, session_id=known.booking.session_id)
    if missed is None or not may_be_made_up(booking, missed, marked, now):
        raise InvalidField(fields={"missed_meeting_id": "not-missed"})
    return missed


async def _place(tx: Tx, wished: Booking, sister: Session, by: Staff, now: datetime) -> Booking:
    """Write the seat in a locked session; only its one meeting must not meet another of the person's."""
    await holds.hold(tx, wished.job_seeker_id)
    await placing.must_not_hold_a_place(tx, sister.id, wished.job_seeker_id)
    seated = await seats.found(tx, sister, wished)
    if seated is None:
        raise placing.full(sister)
    await bookings.add(tx, seated)
    await seats.count(tx, seated)
    await outbox.plan(tx, on_booking(seated, sister, await placing.place_of(tx, sister), now))
    details = {"makes_up": str(wished.makes_up_id)}
    await audit.record(tx, by, "booked", "booking", seated.id, now, seated.agency_id, **details)
    return seated


async def end_over(db: Database, now: datetime) -> int:
    """Seats whose one meeting is over are free for the rest of their sessions; nobody is told. Returns of how many."""
    async with db.reading() as tx:
        over = await make_ups.over(tx, now, MOST_AT_ONCE)
    for session_id in over:
        await _end_in(db, session_id, now)
    return len(over)


@again_when_contended
async def _end_in(db: Database, session_id: UUID, now: datetime) -> None:
    async with db.transaction() as tx:

        async def there() -> list[Booking]:
            return [booking for booking in await bookings.active(tx, session_id) if booking.only_meeting_id]

        async def people() -> list[UUID]:
            return [booking.job_seeker_id for booking in await there()]

        locked = await waitlist.lock(tx, [session_id], people, now)
        ends = {meeting.id: meeting.ends_at for meeting in locked[session_id].meetings}
        for booking in await there():
            if booking.only_meeting_id and ends[booking.only_meeting_id] <= now:
                await placing.give_up(tx, booking, booking.cancelled(Party.SERVICE, MADE_UP, now), now)
                await audit.record(tx, None, "ended", "booking", booking.id, now, booking.agency_id, because=MADE_UP)
        await waitlist.give_seats(tx, locked, by=None, now=now)
