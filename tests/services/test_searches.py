"""Finding a seat, and what is offered instead of one."""

from booking.domain.agencies import Agency
from booking.domain.identifiers import new_id
from booking.domain.sessions import Session
from booking.domain.staff import Role, Staff
from booking.domain.workshops import Audience
from booking.services import scheduling, searches
from booking.storage import workshops
from tests.given import NOW, SITE, World, a_workshop, in_days, meeting

GRENOBLE = {"latitude": 45.1885, "longitude": 5.7245}
VOIRON = {"latitude": 45.3643, "longitude": 5.5909}
LYON = {"latitude": 45.7640, "longitude": 4.8357}


async def everywhere(world: World) -> Staff:
    return await world.staff(Role.MANAGER, None, "Odile")


async def at(world: World, agency: Agency, by: Staff, day: float, **known: object) -> Session:
    return await world.session(meeting(in_days(day)), agency_id=agency.id, by=by, **known)


async def offered(world: World, session: Session, person=None) -> list:
    who = person or await world.job_seeker()
    found = await searches.alternatives(world.db, session.id, who.id, now=NOW)
    return [listed.session.id for listed in found]


class TestNextSessions:
    async def test_open_sessions_come_by_their_start(self, world: World):
        late, early = await world.session(meeting(in_days(20))), await world.session(meeting(in_days(14)))

        found = await searches.next_sessions(world.db, now=NOW)

        assert [x.session.id for x in found] == [early.id, late.id]
        assert (found[0].workshop_title, found[0].agency_name) == (world.workshop.title, world.agency.name)

    async def test_what_is_full_begun_called_off_or_not_published_is_left_out(self, world: World):
        full, off = await world.session(capacity=1), await world.session()
        await world.booked(full)
        await scheduling.cancel(world.db, off.id, because="Travaux", by=world.manager, site=SITE, now=NOW)
        await world.draft()
        begun = await world.session(meeting(in_days(1)))

        assert await searches.next_sessions(world.db, now=in_days(1, hour=1)) == []
        with_full = await searches.next_sessions(world.db, now=in_days(1, hour=1), with_room=False)
        assert [x.session.id for x in with_full] == [full.id]
        assert begun.id not in {x.session.id for x in with_full}

    async def test_one_workshop_or_some_agencies_may_be_wished_for(self, world: World):
        by, lyon, other = await everywhere(world), await world.another_agency(), a_workshop("Tableur")
        await scheduling.add_workshop(world.db, other, by=by, now=NOW)
        here, there = await world.session(workshop_id=other.id), await at(world, lyon, by, 15)

        taught = await searches.next_sessions(world.db, now=NOW, workshop_id=other.id)
        in_lyon = await searches.next_sessions(world.db, now=NOW, agency_ids=[lyon.id])
        nowhere = await searches.next_sessions(world.db, now=NOW, agency_ids=[])

        assert [[x.session.id for x in found] for found in (taught, in_lyon, nowhere)] == [[here.id], [there.id], []]


class TestAlternatives:
    async def test_the_same_agency_comes_before_one_far_away_however_soon(self, world: World):
        by = await everywhere(world)
        here = await world.another_agency("Bastille", **GRENOBLE)
        lyon = await world.another_agency("Lyon", **LYON)
        full = await at(world, here, by, 14, capacity=1)
        own, far = await at(world, here, by, 40), await at(world, lyon, by, 15)

        assert await offered(world, full) == [own.id, far.id]

    async def test_the_nearest_comes_first(self, world: World):
        by = await everywhere(world)
        here = await world.another_agency("Bastille", **GRENOBLE)
        near, far = await world.another_agency("Voiron", **VOIRON), await world.another_agency("Lyon", **LYON)
        full = await at(world, here, by, 14)
        in_lyon, in_voiron = await at(world, far, by, 15), await at(world, near, by, 16)

        assert await offered(world, full) == [in_voiron.id, in_lyon.id]

    async def test_the_own_agency_is_not_crowded_out_by_the_network(self, world: World):
        by, lyon = await everywhere(world), await world.another_agency("Lyon", **LYON)
        here = await world.another_agency("Bastille", **GRENOBLE)
        full = await at(world, here, by, 14)
        for n in range(searches.LOOKED_THROUGH):
            await world.session(meeting(in_days(15, hour=n / 10)), agency_id=lyon.id, by=by)
        own = await at(world, here, by, 60)

        assert (await offered(world, full))[0] == own.id

    async def test_at_most_three_are_offered_and_never_the_refused_one(self, world: World):
        refused, *others = [await world.session(meeting(in_days(14 + n))) for n in range(5)]

        assert await offered(world, refused) == [other.id for other in others[:3]]

    async def test_where_the_person_cannot_be_is_not_offered(self, world: World):
        person, by = await world.job_seeker(), await everywhere(world)
        other = a_workshop("Tableur")
        await scheduling.add_workshop(world.db, other, by=by, now=NOW)
        await world.booked(await world.session(meeting(in_days(15, hour=1)), workshop_id=other.id), person)
        full = await world.session(capacity=1)
        await world.session(meeting(in_days(15)))
        possible = await world.session(meeting(in_days(16)))

        assert await offered(world, full, person) == [possible.id]

    async def test_where_the_person_sits_already_is_not_offered(self, world: World):
        person, full = await world.job_seeker(), await world.session()
        await world.booked(await world.session(meeting(in_days(15))), person)

        assert await offered(world, full, person) == []

    async def test_another_workshop_or_a_full_session_is_no_alternative(self, world: World):
        by, other = await everywhere(world), a_workshop("Tableur")
        await scheduling.add_workshop(world.db, other, by=by, now=NOW)
        refused, full = await world.session(), await world.session(meeting(in_days(15)), capacity=1)
        await world.booked(full)
        await world.session(meeting(in_days(16)), workshop_id=other.id)

        assert await offered(world, refused) == []

    async def test_instead_of_nothing_there_is_nothing(self, world: World):
        person = await world.job_seeker()

        assert await searches.alternatives(world.db, new_id(NOW), person.id, now=NOW) == []


async def test_a_training_for_staff_is_not_offered_to_job_seekers(world: World) -> None:
    training = a_workshop("Repérer l’exclusion numérique", audience=Audience.STAFF)
    async with world.db.transaction() as tx:
        await workshops.add(tx, training)
    await world.session(workshop_id=training.id)
    shown = await world.session(meeting(in_days(15)))

    found = await searches.next_sessions(world.db, now=NOW)

    assert [listed.session.id for listed in found] == [shown.id]
