"""Seats kept for the people of an agency: never one too many, never a free one refused, and one day for all."""

import asyncio
from datetime import datetime

import pytest

from booking.domain.agencies import Agency
from booking.domain.bookings import Booking, BookingState, Party
from booking.domain.errors import CapacityBelowTaken, InvalidField, NotAllowed, NotFound, SessionClosed, SessionFull
from booking.domain.sessions import Session
from booking.domain.staff import Role, Staff
from booking.services import bookings, contingents, job_seekers, releasing, scheduling
from booking.services.job_seekers import PersonSaid
from booking.storage import sessions
from booking.storage.invariants import applying, broken
from tests.given import NOW, SITE, World, in_days


class Lyon:
    """An agency elsewhere with an adviser, whose people have seats kept for them."""

    def __init__(self, world: World, agency: Agency, adviser: Staff) -> None:
        self.world, self.agency, self.adviser = world, agency, adviser

    async def person(self, name: str = "Ba"):
        said = PersonSaid(first_name="Awa", last_name=name)
        return await job_seekers.register(self.world.db, self.agency.id, said, by=self.adviser, now=NOW)

    async def books(self, session: Session, now: datetime = NOW, person=None) -> Booking:
        who = person or await self.person()
        return (await bookings.book(self.world.db, session.id, who.id, by=self.adviser, now=now)).booking

    async def waits(self, session: Session, now: datetime = NOW) -> Booking:
        who = await self.person()
        return (await bookings.wait(self.world.db, session.id, who.id, by=self.adviser, now=now)).booking


@pytest.fixture
async def lyon(world: World) -> Lyon:
    agency = await world.another_agency("Lyon Gerland")
    return Lyon(world, agency, await world.staff(Role.ADVISER, agency, "Lina"))


async def keep(world: World, session: Session, lyon: Lyon, places: int = 1, until=None, **known):
    told = {"by": world.manager, "now": NOW} | known
    until_at = until or in_days(7)
    return await contingents.keep(world.db, session.id, lyon.agency.id, places=places, until_at=until_at, **told)


async def seats(world: World, session: Session, now: datetime = NOW) -> tuple[int, int, int]:
    """Taken, kept, waiting; and every promise of the database holds."""
    async with world.db.reading() as tx:
        stored = await sessions.load(tx, session.id)
        assert [i.name for i in applying(tx.dialect) if await broken(tx, i, now)] == []
    return stored.taken, stored.kept, stored.waiting


async def state_of(world: World, booking: Booking) -> BookingState:
    async with world.db.reading() as tx:
        return (await bookings.bookings.load(tx, booking.id)).state


class TestBooking:
    async def test_a_kept_seat_is_for_its_agency_only(self, world: World, lyon: Lyon):
        session = await world.session(capacity=1)
        await keep(world, session, lyon)

        with pytest.raises(SessionFull):
            await world.booked(session)
        booking = await lyon.books(session)

        assert booking.is_from_contingent
        assert await seats(world, session) == (1, 0, 0)

    async def test_the_own_contingent_comes_first_and_then_what_is_for_all(self, world: World, lyon: Lyon):
        session = await world.session(capacity=3)
        await keep(world, session, lyon)

        taken = [await lyon.books(session) for _ in range(3)]

        assert [booking.is_from_contingent for booking in taken] == [True, False, False]
        with pytest.raises(SessionFull):
            await lyon.books(session)

    async def test_a_seat_given_up_goes_back_to_its_contingent(self, world: World, lyon: Lyon):
        session = await world.session(capacity=1)
        await keep(world, session, lyon)
        booking = await lyon.books(session)
        others = await world.waiting(session)

        await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=lyon.adviser, now=NOW)

        assert await seats(world, session) == (0, 1, 1)
        assert await state_of(world, others) is BookingState.WAITLISTED

    async def test_who_waits_of_the_agency_has_it_at_once(self, world: World, lyon: Lyon):
        session = await world.session(capacity=1)
        await keep(world, session, lyon)
        booking = await lyon.books(session)
        first, own = await world.waiting(session), await lyon.waits(session)

        await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=lyon.adviser, now=NOW)

        states = [await state_of(world, one) for one in (first, own)]
        assert states == [BookingState.WAITLISTED, BookingState.BOOKED]
        assert await seats(world, session) == (1, 0, 1)

    async def test_a_seat_for_all_that_comes_free_is_not_kept(self, world: World, lyon: Lyon):
        session = await world.session(capacity=2)
        await keep(world, session, lyon)
        general = await world.booked(session)

        await bookings.cancel(world.db, general.id, party=Party.PERSON, by=world.adviser, now=NOW)

        assert await seats(world, session) == (0, 1, 0)
        assert await world.booked(session)

    async def test_moving_takes_and_gives_back_kept_seats(self, world: World, lyon: Lyon):
        here, there = await world.session(capacity=1), await world.session(capacity=1)
        await keep(world, here, lyon)
        await keep(world, there, lyon)
        booking = await lyon.books(here)

        moved = await bookings.move(world.db, booking.id, there.id, by=lyon.adviser, now=NOW)

        assert moved.booking.is_from_contingent
        assert (await seats(world, here), await seats(world, there)) == ((0, 1, 0), (1, 0, 0))

    async def test_waiting_is_not_needed_where_a_seat_is_kept(self, world: World, lyon: Lyon):
        session = await world.session(capacity=1)
        await keep(world, session, lyon)

        assert (await lyon.waits(session)).state is BookingState.BOOKED


class TestReleasing:
    async def test_when_its_time_is_over_the_seats_are_for_who_waits(self, world: World, lyon: Lyon):
        session = await world.session(capacity=2)
        await keep(world, session, lyon, places=2)
        own, other = await lyon.books(session), await world.waiting(session)

        assert await releasing.release_due(world.db, in_days(7)) == 1
        assert await releasing.release_due(world.db, in_days(7)) == 0

        assert [await state_of(world, b) for b in (own, other)] == [BookingState.BOOKED] * 2
        assert await seats(world, session, in_days(7)) == (2, 0, 0)

    async def test_nobody_is_refused_before_the_clock_comes(self, world: World, lyon: Lyon):
        session = await world.session(capacity=1)
        await keep(world, session, lyon)

        assert await world.booked(session, now=in_days(7))
        assert await seats(world, session, in_days(7)) == (1, 0, 0)

    async def test_after_the_release_a_seat_given_up_is_for_all(self, world: World, lyon: Lyon):
        session = await world.session(capacity=1)
        await keep(world, session, lyon)
        booking = await lyon.books(session)
        await releasing.release_due(world.db, in_days(7))

        await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=lyon.adviser, now=in_days(8))

        assert await seats(world, session, in_days(8)) == (0, 0, 0)

    async def test_a_cancelled_session_keeps_nothing(self, world: World, lyon: Lyon):
        session = await world.session(capacity=3)
        await keep(world, session, lyon, places=2)
        await lyon.books(session)

        await scheduling.cancel(world.db, session.id, because="Panne", by=world.manager, site=SITE, now=NOW)

        assert await seats(world, session) == (0, 0, 0)


class TestKeeping:
    async def test_more_than_there_is_cannot_be_kept(self, world: World, lyon: Lyon):
        session = await world.session(capacity=2)
        await world.booked(session)

        for places, until in ((2, None), (0, None), (1, in_days(15)), (1, in_days(-1))):
            with pytest.raises(InvalidField):
                await keep(world, session, lyon, places, until)

        assert await seats(world, session) == (1, 0, 0)

    async def test_it_grows_and_shrinks_but_not_below_what_is_used(self, world: World, lyon: Lyon):
        session = await world.session(capacity=4)
        await keep(world, session, lyon, places=3)
        await lyon.books(session)
        await lyon.books(session)

        with pytest.raises(InvalidField):
            await keep(world, session, lyon, places=1)
        await keep(world, session, lyon, places=4)

        assert await seats(world, session) == (2, 2, 0)

    async def test_let_go_and_kept_again_it_knows_who_sits_on_it(self, world: World, lyon: Lyon):
        session = await world.session(capacity=3)
        await keep(world, session, lyon, places=2)
        await lyon.books(session)

        await contingents.let_go(world.db, session.id, lyon.agency.id, by=world.manager, now=NOW)
        assert await seats(world, session) == (1, 0, 0)
        await keep(world, session, lyon, places=2)

        assert await seats(world, session) == (1, 1, 0)

    async def test_what_is_kept_is_not_planned_away(self, world: World, lyon: Lyon):
        session = await world.session(capacity=3)
        await keep(world, session, lyon, places=2)
        plan = [scheduling.MeetingPlan(id=m.id, starts_at=m.starts_at, ends_at=m.ends_at) for m in session.meetings]

        with pytest.raises(CapacityBelowTaken) as refused:
            known = {"version": None, "by": world.manager, "site": SITE, "now": NOW}
            await scheduling.change(world.db, session.id, capacity=1, meetings=plan, **known)

        assert refused.value.facts["kept"] == 2

    async def test_only_who_plans_keeps_seats(self, world: World, lyon: Lyon):
        session = await world.session()
        for by, refusal in ((world.adviser, NotAllowed), (lyon.adviser, NotFound)):
            with pytest.raises(refusal):
                await keep(world, session, lyon, by=by)
        with pytest.raises(NotAllowed):
            await contingents.let_go(world.db, session.id, lyon.agency.id, by=world.adviser, now=NOW)
        with pytest.raises(SessionClosed):
            await keep(world, session, lyon, until=in_days(20), now=in_days(15))


async def test_many_at_once_get_every_seat_and_none_twice(world: World, lyon: Lyon):
    session = await world.session(capacity=6)
    await keep(world, session, lyon, places=3)
    here = [await world.job_seeker(f"Ici {n}") for n in range(6)]
    there = [await lyon.person(f"Là {n}") for n in range(5)]

    async def attempt(person, by):
        try:
            return await bookings.book(world.db, session.id, person.id, by=by, now=NOW)
        except SessionFull:
            return None

    asked = [*((p, world.adviser) for p in here), *((p, lyon.adviser) for p in there)]
    told = await asyncio.gather(*(attempt(person, by) for person, by in asked))

    taken, kept, _ = await seats(world, session)
    assert (taken, kept) == (6, 0)
    assert sum(bool(one) for one in told) == 6
    assert sum(one.booking.is_from_contingent for one in told if one) == 3
