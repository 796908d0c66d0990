"""A meeting missed in a cycle is made up in a sister session."""

import pytest

from booking.domain.attendance import Mark
from booking.domain.bookings import ABSENCES, MADE_UP, MEETING_GONE, Booking, BookingState, Party
from booking.domain.endings import Then
from booking.domain.errors import (
    AlreadyBooked,
    BookingEnded,
    InvalidField,
    JobSeekerElsewhere,
    NotBooked,
    NotFound,
    SessionClosed,
    SessionFull,
)
from booking.domain.messages import MessageKind
from booking.domain.sessions import Session
from booking.domain.staff import Role
from booking.services import bookings, doctor, making_up, messages, scheduling
from booking.services.scheduling import MeetingPlan
from booking.storage import histories, outbox
from tests.given import SITE, World, in_days, meeting
from tests.given_cycles import a_cycle, as_it_is, expected, mark, workshop_with

LATER = (2, 4, 6, 8)


async def make_up(world: World, booking: Booking, own: Session, sister: Session, n: int, **known: object) -> Booking:
    """Make up for the nth meeting; the day after it was missed, unless told otherwise."""
    usual = {"by": world.adviser, "now": in_days(1, 3)}
    meetings = own.meetings[n - 1].id, sister.meetings[n - 1].id
    return (await making_up.book(world.db, booking.id, *meetings, **(usual | known))).booking


@pytest.fixture
async def own(world: World) -> Session:
    return await a_cycle(world)


@pytest.fixture
async def sister(world: World) -> Session:
    return await a_cycle(world, days=LATER, capacity=2)


@pytest.fixture
async def booking(world: World, own: Session) -> Booking:
    booked = await world.booked(own)
    await mark(world, own, 1, booked, Mark.ABSENT)
    return booked


async def test_a_missed_meeting_is_made_up_at_the_same_meeting_elsewhere(world, own, sister, booking):
    seat = await make_up(world, booking, own, sister, 1)

    assert (seat.state, seat.makes_up_id, seat.missed_meeting_id) == (
        BookingState.BOOKED,
        booking.id,
        own.meetings[0].id,
    )
    assert await world.count(sister) == (1, 0)
    assert [await expected(world, sister, n) for n in (1, 2)] == [[seat.id], []]
    assert await doctor.examine(world.db, now=in_days(1, 3)) == []


async def test_a_meeting_that_will_be_missed_is_made_up_beforehand(world, own, sister, booking):
    assert (await make_up(world, booking, own, sister, 3)).only_meeting_id == sister.meetings[2].id


async def test_the_letter_names_only_the_one_meeting(world, own, sister, booking):
    seat = await make_up(world, booking, own, sister, 1)

    letter = await messages.letter(world.db, seat.id, by=world.adviser, now=in_days(1, 3))

    assert "Vous rattrapez une séance" in letter.words.body
    assert "mercredi 21 octobre" in letter.words.body and "vendredi 23 octobre" not in letter.words.body


async def test_the_mark_given_there_counts_for_the_missed_meeting(world, own, sister, booking):
    await workshop_with(world, frees_when_absent=True)
    seat = await make_up(world, booking, own, sister, 1)

    await mark(world, sister, 1, seat, Mark.ATTENDED)
    await mark(world, own, 2, booking, Mark.ABSENT)

    assert (await as_it_is(world, booking)).is_active
    async with world.db.reading() as tx:
        assert await histories.workshops_done(tx, booking.job_seeker_id) == {own.workshop_id}


async def test_a_meeting_still_to_be_made_up_is_no_second_absence_until_it_is_missed_too(world, own, booking):
    await workshop_with(world, frees_when_absent=True)
    sister = await a_cycle(world, days=(4, 6, 8, 10))
    seat = await make_up(world, booking, own, sister, 1)

    await mark(world, own, 2, booking, Mark.ABSENT)
    assert (await as_it_is(world, booking)).is_active
    await mark(world, sister, 1, seat, Mark.ABSENT)

    assert (await as_it_is(world, booking)).cancelled_because == ABSENCES


async def test_when_its_meeting_is_over_the_seat_goes_to_who_waits_and_nobody_is_told(world, own, booking):
    await workshop_with(world, join_until=3)
    sister = await a_cycle(world, days=LATER, capacity=1)
    seat = await make_up(world, booking, own, sister, 1)
    waiting = await world.waiting(sister, now=in_days(1, 4))

    assert await making_up.end_over(world.db, in_days(2, 1)) == 0
    assert await making_up.end_over(world.db, in_days(2, 2)) == 1

    ended = await as_it_is(world, seat)
    assert (ended.state, ended.cancelled_because) == (BookingState.CANCELLED, MADE_UP)
    assert (await as_it_is(world, waiting)).state is BookingState.BOOKED
    assert await expected(world, sister, 1) == [seat.id]
    async with world.db.reading() as tx:
        assert MessageKind.BOOKING_CANCELLED not in {m.kind for m in await outbox.of_booking(tx, seat.id)}
    await mark(world, sister, 1, seat, Mark.ATTENDED, at=in_days(3))
    assert await doctor.examine(world.db, now=in_days(3)) == []


async def test_a_full_sister_has_no_seat_for_one_meeting_either(world, own, booking):
    full = await a_cycle(world, days=LATER, capacity=1)
    await world.booked(full)

    with pytest.raises(SessionFull):
        await make_up(world, booking, own, full, 1)


async def test_only_the_one_meeting_must_not_meet_another(world, own, booking):
    beside = await a_cycle(world, days=(2, 3, 5, 7))

    with pytest.raises(JobSeekerElsewhere):
        await make_up(world, booking, own, beside, 3)
    assert (await make_up(world, booking, own, beside, 1)).session_id == beside.id


async def test_what_cannot_be_made_up_is_refused(world, own, sister, booking):
    other = await world.session(meeting(in_days(9)), workshop_id=world.workshop.id)
    await mark(world, own, 2, booking, Mark.ATTENDED)

    with pytest.raises(InvalidField):
        await make_up(world, booking, own, sister, 2)
    with pytest.raises(InvalidField):
        await making_up.book(
            world.db,
            booking.id,
            own.meetings[2].id,
            other.meetings[0].id,
            by=world.adviser,
            now=in_days(4),
        )
    with pytest.raises(SessionClosed):
        await make_up(world, booking, own, sister, 1, now=in_days(3))


async def test_a_meeting_is_made_up_once_and_never_for_a_make_up(world, own, sister, booking):
    third = await a_cycle(world, days=(9, 10, 11, 12))
    seat = await make_up(world, booking, own, sister, 1)

    with pytest.raises(AlreadyBooked):
        await make_up(world, booking, own, third, 1)
    with pytest.raises(NotBooked):
        await make_up(world, seat, sister, third, 1)


async def test_who_has_no_seat_any_more_makes_up_for_nothing(world, own, sister, booking):
    await bookings.cancel(world.db, booking.id, party="person", by=world.adviser, now=in_days(1, 2))

    with pytest.raises(BookingEnded):
        await make_up(world, booking, own, sister, 1)


async def test_another_agency_finds_nothing_to_make_up(world, own, sister, booking):
    stranger = await world.staff(Role.ADVISER, await world.another_agency(), "Sonia")

    with pytest.raises(NotFound):
        await make_up(world, booking, own, sister, 1, by=stranger)
    with pytest.raises(NotFound):
        await making_up.offers(world.db, booking.id, by=stranger, now=in_days(1, 3))


async def test_where_a_missed_meeting_can_be_made_up(world, own, sister, booking):
    seat = await make_up(world, booking, own, sister, 1)

    offers = await making_up.offers(world.db, booking.id, by=world.adviser, now=in_days(1, 3))

    assert [one.meeting.position for one in offers] == [1, 2, 3, 4]
    assert offers[0].made_up.booking.id == seat.id
    assert [m.id for _, m in offers[1].sisters] == [sister.meetings[1].id]


class TestItsMeetingChanges:
    async def test_who_comes_to_a_meeting_that_is_removed_is_told_and_frees_the_seat(self, world, own, sister, booking):
        seat = await make_up(world, booking, own, sister, 3)

        await self.change(world, sister, [m for m in sister.meetings if m.position != 3])

        ended = await as_it_is(world, seat)
        assert (ended.cancelled_because, ended.only_meeting_id) == (MEETING_GONE, None)
        assert await world.count(sister) == (0, 0)
        letter = await messages.letter(world.db, seat.id, by=world.adviser, now=in_days(1, 4))
        assert "n’a plus lieu" in letter.words.body
        assert await doctor.examine(world.db, now=in_days(1, 4)) == []

    async def test_who_comes_to_another_meeting_hears_nothing_and_is_reminded_still(self, world, own, sister, booking):
        seat = await make_up(world, booking, own, sister, 4)

        await self.change(world, sister, sister.meetings, shifted=3)

        async with world.db.reading() as tx:
            planned = {m.kind for m in await outbox.of_booking(tx, seat.id) if m.state == "planned"}
        assert MessageKind.SESSION_MOVED not in planned and MessageKind.REMINDER in planned

    async def test_a_meeting_added_is_not_for_who_comes_once(self, world, own, sister, booking):
        seat = await make_up(world, booking, own, sister, 1)
        added = MeetingPlan(starts_at=in_days(10), ends_at=in_days(10, 2))

        await self.change(world, sister, sister.meetings, added)

        async with world.db.reading() as tx:
            after = await scheduling.sessions.load(tx, sister.id)
        assert [seat.id in await expected(world, after, n) for n in (1, 5)] == [True, False]

    async def test_a_session_called_off_ends_the_seat_of_a_meeting_to_come(self, world, own, sister, booking):
        await world.booked(sister)
        seat = await make_up(world, booking, own, sister, 3)

        await scheduling.cancel(
            world.db, sister.id, because="Panne", then=Then.TELL, by=world.manager, site=SITE, now=in_days(4.5)
        )

        assert (await as_it_is(world, seat)).cancelled_because == MEETING_GONE
        assert await doctor.examine(world.db, now=in_days(5)) == []

    async def change(self, world, session, meetings, *added, shifted=0):
        """Write these meetings, the one with this position an hour later, and others besides."""
        plans = [
            MeetingPlan(
                id=m.id,
                starts_at=m.starts_at.replace(hour=m.starts_at.hour + (m.position == shifted)),
                ends_at=m.ends_at,
                facilitator_id=m.facilitator_id,
            )
            for m in meetings
        ]
        known = {"version": None, "by": world.manager, "site": SITE, "now": in_days(1, 4)}
        await scheduling.change(world.db, session.id, capacity=2, meetings=[*plans, *added], **known)


async def test_who_leaves_the_cycle_leaves_what_makes_up_for_it(world, own, sister, booking):
    seat = await make_up(world, booking, own, sister, 1)
    waits = await world.waiting(await filled(world, sister), now=in_days(1, 4))

    await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=world.adviser, now=in_days(1, 5))

    assert (await as_it_is(world, seat)).state is BookingState.CANCELLED
    assert (await as_it_is(world, waits)).state is BookingState.BOOKED
    assert await doctor.examine(world.db, now=in_days(1, 5)) == []


async def filled(world: World, session: Session) -> Session:
    """The same session, with its last seat taken."""
    await world.booked(session, now=in_days(1, 3))
    return session


async def test_what_makes_up_is_cancelled_and_not_moved(world, own, sister, booking):
    seat, other = await make_up(world, booking, own, sister, 1), await world.session(meeting(in_days(20)))

    with pytest.raises(InvalidField):
        await bookings.move(world.db, seat.id, other.id, by=world.adviser, now=in_days(1, 4))
