"""Extra seats with a reason, and sessions that begin soon with too few people."""

from dataclasses import replace

import pytest

from booking.domain.bookings import BookingState
from booking.domain.errors import CapacityBelowTaken, InvalidField, NotAllowed, NotFound, SessionClosed
from booking.domain.staff import Role
from booking.services import allowances, bookings, decisions, scheduling
from booking.storage import sessions
from tests.given import NOW, SITE, World, in_days, meeting


async def allow(world: World, session, extra: int, because: str = "Deux chaises de plus", **known):
    return await allowances.allow(world.db, session.id, extra, because, **({"by": world.manager, "now": NOW} | known))


class TestAllowances:
    async def test_an_extra_seat_goes_to_who_waits_and_says_who_gave_it_and_why(self, world: World):
        session = await world.session(capacity=1)
        await world.booked(session)
        waits = await world.waiting(session)

        after = await allow(world, session, 1)

        assert (after.allowance, after.taken, after.waiting) == (1, 2, 0)
        async with world.db.reading() as tx:
            assert (await bookings.bookings.load(tx, waits.id)).state is BookingState.BOOKED
            said = await allowances.who_allowed(tx, after)
        assert (said.name, said.because) == ("Marion", "Deux chaises de plus")

    async def test_it_is_not_taken_back_from_under_people(self, world: World):
        session = await world.session(capacity=1)
        await allow(world, session, 1)
        await world.booked(session)
        await world.booked(session)

        with pytest.raises(CapacityBelowTaken):
            await allow(world, session, 0)

    async def test_it_needs_a_reason_and_measure(self, world: World):
        session = await world.session()
        for extra, because in ((1, " "), (-1, "x"), (21, "x")):
            with pytest.raises(InvalidField):
                await allow(world, session, extra, because)

    async def test_only_who_plans_there_allows_it(self, world: World):
        session = await world.session()
        with pytest.raises(NotAllowed):
            await allow(world, session, 1, by=world.adviser)

    async def test_fewer_seats_are_possible_with_an_allowance(self, world: World):
        session = await world.session(capacity=2)
        await world.booked(session)
        await world.booked(session)
        await allow(world, session, 1)

        plan = [scheduling.MeetingPlan(id=m.id, starts_at=m.starts_at, ends_at=m.ends_at) for m in session.meetings]
        known = {"version": None, "by": world.manager, "site": SITE, "now": NOW}
        after = await scheduling.change(world.db, session.id, capacity=1, meetings=plan, **known)

        assert (after.capacity, after.allowance, after.free) == (1, 1, 0)


class TestDeciding:
    @pytest.fixture(autouse=True)
    async def two_are_needed(self, world: World):
        needs_two = replace(world.workshop, minimum=2)
        await scheduling.change_workshop(world.db, needs_two, by=world.manager, site=SITE, now=NOW)

    async def found(self, world: World, now=NOW) -> list:
        return [one.listed.session.id for one in await decisions.to_decide(world.db, by=world.manager, now=now)]

    async def test_three_days_before_too_few_people_are_a_question(self, world: World):
        soon, later = await world.session(meeting(in_days(3))), await world.session(meeting(in_days(3, hour=1)))
        full = await world.session(meeting(in_days(2)))
        await world.draft(meeting(in_days(2)))
        await world.booked(full)
        await world.booked(full)

        assert await self.found(world) == [soon.id]
        assert await self.found(world, in_days(1)) == [soon.id, later.id]
        assert await self.found(world, in_days(4)) == []

    async def test_who_decides_to_hold_it_is_asked_no_more(self, world: World):
        soon = await world.session(meeting(in_days(2)))

        await decisions.hold_anyway(world.db, soon.id, by=world.manager, now=NOW)

        assert await self.found(world) == []
        async with world.db.reading() as tx:
            assert (await sessions.load(tx, soon.id)).confirmed_at == NOW

    async def test_only_who_plans_there_decides(self, world: World):
        soon = await world.session(meeting(in_days(2)))
        elsewhere = await world.staff(Role.MANAGER, await world.another_agency(), "Paul")
        everywhere = await world.staff(Role.ADMINISTRATOR, None, "Odile")

        with pytest.raises(NotAllowed):
            await decisions.to_decide(world.db, by=world.adviser, now=NOW)
        with pytest.raises(NotFound):
            await decisions.hold_anyway(world.db, soon.id, by=elsewhere, now=NOW)
        assert await decisions.to_decide(world.db, by=elsewhere, now=NOW) == []
        assert len(await decisions.to_decide(world.db, by=everywhere, now=NOW)) == 1

    async def test_what_has_begun_is_not_decided_any_more(self, world: World):
        soon = await world.session(meeting(in_days(2)))
        with pytest.raises(SessionClosed):
            await decisions.hold_anyway(world.db, soon.id, by=world.manager, now=in_days(2))
