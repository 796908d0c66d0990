"""What a session must have to suit somebody: its level, its rooms, its languages, its half of the day, its window."""

from datetime import time
from uuid import UUID

from booking.domain.identifiers import new_id
from booking.domain.rooms import Room
from booking.domain.sessions import Session
from booking.domain.staff import Role
from booking.domain.terms import Conditions, Terms
from booking.domain.workshops import Audience, Level
from booking.services import scheduling
from booking.storage import agencies, listings
from booking.storage.narrowing import Half, Narrowed, is_in_half
from booking.storage.wishes import Wanted
from calendars.zones import to_utc
from tests.given import HOUR, NOW, World, a_workshop, in_days, meeting
from tests.given_cases import a_session


async def found(world: World, **narrowed: object) -> list[UUID]:
    wanted = Wanted(narrowed=Narrowed(**narrowed))
    async with world.db.reading() as tx:
        return [x.session.id for x in await listings.find(tx, wanted)]


async def a_room(world: World, name: str, **known: bool) -> Room:
    room = Room(id=new_id(NOW), agency_id=world.agency.id, name=name, seats=12, workstations=10, **known)
    async with world.db.transaction() as tx:
        await agencies.add_room(tx, room)
    return room


async def helped_in(world: World, day: float, *languages: str) -> Session:
    return await world.session(meeting(in_days(day)), conditions=Conditions(languages=languages))


class TestLevels:
    async def test_only_workshops_of_the_level_are_found(self, world: World):
        harder = a_workshop("Tableur", level=Level.INTERMEDIATE)
        await scheduling.add_workshop(world.db, harder, by=world.manager, now=NOW)
        easy, hard = await world.session(), await world.session(workshop_id=harder.id)

        assert await found(world, level=Level.BEGINNER) == [easy.id]
        assert await found(world, level=Level.INTERMEDIATE) == [hard.id]
        assert await found(world, level=Level.ADVANCED) == []


class TestRooms:
    async def test_a_way_in_is_needed_to_every_meeting(self, world: World):
        flat = await a_room(world, "Plain-pied", has_step_free_access=True)
        both = await world.session(meeting(in_days(7), room_id=flat.id), meeting(in_days(14), room_id=flat.id))
        await world.session(meeting(in_days(8), room_id=flat.id), meeting(in_days(15), room_id=world.room.id))

        assert await found(world, step_free=True) == [both.id]

    async def test_a_meeting_without_a_room_promises_no_way_in(self, world: World):
        flat = await a_room(world, "Plain-pied", has_step_free_access=True)
        await world.session(meeting(in_days(7), room_id=flat.id), meeting(in_days(14)))

        assert await found(world, step_free=True) == []

    async def test_a_way_in_and_a_hearing_loop_are_two_things(self, world: World):
        flat = await a_room(world, "Plain-pied", has_step_free_access=True)
        loop = await a_room(world, "Boucle", has_hearing_loop=True)
        here = await world.session(meeting(in_days(7), room_id=flat.id))
        there = await world.session(meeting(in_days(8), room_id=loop.id))

        assert await found(world, step_free=True) == [here.id]
        assert await found(world, hearing_loop=True) == [there.id]
        assert await found(world, step_free=True, hearing_loop=True) == []

    async def test_who_asks_for_nothing_sees_every_room(self, world: World):
        await world.session(meeting(in_days(7), room_id=world.room.id))
        await world.session(meeting(in_days(8)))

        assert len(await found(world)) == 2


class TestLanguages:
    async def test_one_of_several_languages_is_enough(self, world: World):
        both, turkish = await helped_in(world, 7, "ar", "tr"), await helped_in(world, 8, "tr")
        await helped_in(world, 9)

        assert await found(world, language="tr") == [both.id, turkish.id]
        assert await found(world, language="ar") == [both.id]
        assert await found(world, language="uk") == []

    async def test_a_part_of_a_code_or_a_sign_for_any_is_no_language(self, world: World):
        await helped_in(world, 7, "ar", "tr")

        for said in ("a", "r", "%", "__", "a%"):
            assert await found(world, language=said) == []


class TestWanted:
    async def sessions(self, world: World, **wanted: object) -> list[UUID]:
        async with world.db.reading() as tx:
            return [x.session.id for x in await listings.find(tx, Wanted(**wanted))]

    async def test_a_session_whose_window_is_not_open_cannot_be_booked_yet(self, world: World):
        terms = Conditions(terms=Terms(window_days=7, cutoff_hours=24))
        session = await world.session(meeting(in_days(14)), conditions=terms)

        assert await self.sessions(world, bookable_at=in_days(7)) == [session.id]
        assert await self.sessions(world, bookable_at=in_days(7) - HOUR) == []
        assert await self.sessions(world, bookable_at=in_days(13)) == []
        assert await self.sessions(world, closes_after=in_days(13) - HOUR) == [session.id]
        assert await self.sessions(world, closes_after=in_days(13)) == []

    async def test_trainings_of_staff_are_told_from_workshops_of_job_seekers(self, world: World):
        training = a_workshop("Repérer", audience=Audience.STAFF)
        await scheduling.add_workshop(world.db, training, by=world.manager, now=NOW)
        for_staff, for_all = await world.session(workshop_id=training.id), await world.session()

        assert await self.sessions(world, audience=Audience.STAFF) == [for_staff.id]
        assert await self.sessions(world, audience=Audience.JOB_SEEKERS) == [for_all.id]

    async def test_the_first_few_of_each_agency_crowd_out_no_other(self, world: World):
        lyon = await world.another_agency()
        everywhere = await world.staff(Role.MANAGER, None, "Odile")
        here = [await world.session(meeting(in_days(day))) for day in (1, 2, 3)]
        there = await world.session(meeting(in_days(30)), agency_id=lyon.id, by=everywhere)

        assert await self.sessions(world, each=2) == [here[0].id, here[1].id, there.id]

    async def test_only_those_named_are_looked_at(self, world: World):
        one, other = await world.session(), await world.session()

        assert await self.sessions(world, among=[other.id]) == [other.id]
        assert await self.sessions(world, among=[]) == []
        assert await self.sessions(world, without=[other.id]) == [one.id]


class TestHalvesOfTheDay:
    def begins(self, *hours: str) -> Session:
        days = (in_days(day).date() for day in range(7, 14))
        starts = zip(days, map(time.fromisoformat, hours), strict=False)
        return a_session(*(to_utc(day, hour, "Europe/Paris") for day, hour in starts))

    def test_noon_is_the_afternoon(self):
        assert is_in_half(self.begins("11:59"), "Europe/Paris", Half.MORNING)
        assert not is_in_half(self.begins("12:00"), "Europe/Paris", Half.MORNING)
        assert is_in_half(self.begins("12:00"), "Europe/Paris", Half.AFTERNOON)

    def test_every_meeting_counts(self):
        mixed = self.begins("09:00", "14:00")

        assert not is_in_half(mixed, "Europe/Paris", Half.MORNING)
        assert not is_in_half(mixed, "Europe/Paris", Half.AFTERNOON)
        assert is_in_half(mixed, "Europe/Paris", None)

    def test_the_clock_is_that_of_the_place(self):
        session = self.begins("11:00")  # two in the afternoon in La Réunion, in winter time

        assert is_in_half(session, "Indian/Reunion", Half.AFTERNOON)
