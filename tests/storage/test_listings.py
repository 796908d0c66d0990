"""Lists: what was wanted and nothing else, page after page."""

from datetime import datetime
from uuid import UUID

from booking.domain.sessions import Session, SessionState
from booking.domain.staff import Role
from booking.services import bookings, scheduling
from booking.storage import listings
from booking.storage.wishes import Wanted
from tests.given import NOW, SITE, World, a_workshop, in_days, meeting


async def found(world: World, **wanted: object) -> list[UUID]:
    async with world.db.reading() as tx:
        return [x.session.id for x in await listings.find(tx, Wanted(**wanted))]


async def pages(world: World, most: int, **wanted: object) -> list[UUID]:
    """Every page, one after the other."""
    seen: list[tuple[datetime, UUID]] = []
    async with world.db.reading() as tx:
        while page := await listings.find(tx, Wanted(after=seen[-1] if seen else None, most=most, **wanted)):
            assert len(page) <= most
            seen += [(x.session.starts_at, x.session.id) for x in page]
    return [id for _, id in seen]


class TestWanted:
    async def test_nothing_wanted_in_particular_is_everything_by_start(self, world: World):
        late, early, draft = await world.session(), await world.session(meeting(in_days(2))), await world.draft()

        assert await found(world) == [early.id, *sorted([late.id, draft.id])]

    async def test_states_restrict(self, world: World):
        session, draft = await world.session(), await world.draft()

        assert await found(world, states=[SessionState.DRAFT]) == [draft.id]
        assert await found(world, states=[SessionState.OPEN]) == [session.id]
        assert await found(world, states=[]) == []

    async def test_agencies_and_workshop_restrict(self, world: World):
        lyon, by = await world.another_agency(), await world.staff(Role.MANAGER, None, "Odile")
        other = a_workshop("Tableur")
        await scheduling.add_workshop(world.db, other, by=by, now=NOW)
        here, there = await world.session(workshop_id=other.id), await world.session(agency_id=lyon.id, by=by)

        assert await found(world, agency_ids=[lyon.id]) == [there.id]
        assert await found(world, workshop_id=other.id) == [here.id]
        assert await found(world, agency_ids=[lyon.id], workshop_id=other.id) == []
        assert await found(world, agency_ids=[]) == []

    async def test_the_first_instant_of_a_span_is_in_it_and_the_last_is_not(self, world: World):
        session = await world.session(meeting(in_days(14)))

        assert await found(world, starts_from=in_days(14), starts_before=in_days(15)) == [session.id]
        assert await found(world, starts_before=in_days(14)) == []
        assert await found(world, ends_after=in_days(14, hour=1.9)) == [session.id]
        assert await found(world, ends_after=in_days(14, hour=2)) == []

    async def test_with_room_leaves_out_what_is_full_and_what_is_not_open(self, world: World):
        full, free = await world.session(capacity=1), await world.session()
        await world.booked(full)
        await world.draft()

        assert await found(world, with_room=True) == [free.id]

    async def test_what_was_named_is_left_out(self, world: World):
        one, other = await world.session(), await world.session(meeting(in_days(20)))

        assert await found(world, without=[one.id]) == [other.id]


class TestPages:
    async def test_pages_neither_skip_nor_repeat_even_within_one_instant(self, world: World):
        same = [await world.session() for _ in range(7)]
        later = [await world.session(meeting(in_days(15 + n)), meeting(in_days(35 + 7 * n))) for n in range(4)]
        expected = sorted(s.id for s in same) + [s.id for s in later]

        for most in (1, 2, 3, 11, 50):
            assert await pages(world, most) == expected

    async def test_what_is_added_behind_a_page_appears_and_what_is_before_does_not_shift_it(self, world: World):
        first, second = await world.session(meeting(in_days(10))), await world.session(meeting(in_days(20)))
        after = (first.starts_at, first.id)

        await world.session(meeting(in_days(5)))
        third = await world.session(meeting(in_days(15)))

        assert await found(world, after=after) == [third.id, second.id]

    async def test_a_cycle_is_one_line_of_a_page_with_all_its_meetings(self, world: World):
        cycle = await world.session(*(meeting(in_days(14 + n), room_id=world.room.id if n else None) for n in range(6)))

        async with world.db.reading() as tx:
            (listed,) = await listings.find(tx, Wanted(most=1))

        assert len(listed.session.meetings) == 6
        assert listed.rooms == {world.room.id: "Vercors"}
        assert listed.session.id == cycle.id


class TestPeople:
    async def participants(self, world: World, session: Session) -> list[str]:
        async with world.db.reading() as tx:
            return [person.last_name for _, person in await listings.participants(tx, session.id)]

    async def test_the_seated_come_by_name_and_then_who_waits_in_turn(self, world: World):
        session = await world.session(capacity=2)
        for name in ("Zola", "Éluard"):
            await world.booked(session, await world.job_seeker(name))
        for n, name in enumerate(("Verlaine", "Aragon")):
            await world.waiting(session, await world.job_seeker(name), now=in_days(n / 10))

        assert await self.participants(world, session) == ["Éluard", "Zola", "Verlaine", "Aragon"]

    async def test_who_gave_up_the_place_is_no_participant(self, world: World):
        session = await world.session()
        booking = await world.booked(session)

        await bookings.cancel(world.db, booking.id, party=bookings.Party.PERSON, by=world.adviser, now=NOW)

        assert await self.participants(world, session) == []

    async def test_what_one_person_booked_comes_latest_session_first_with_what_was_cancelled(self, world: World):
        person = await world.job_seeker()
        early, late = await world.session(), await world.session(meeting(in_days(20)))
        for session in (early, late):
            await world.booked(session, person)
        await scheduling.cancel(world.db, early.id, because="Travaux", by=world.manager, site=SITE, now=NOW)

        async with world.db.reading() as tx:
            listed = await listings.bookings_of(tx, person.id)
            latest = await listings.bookings_of(tx, person.id, most=1)

        assert [(b.session.id, b.booking.is_active) for b in listed] == [(late.id, True), (early.id, False)]
        assert latest == listed[:1]
