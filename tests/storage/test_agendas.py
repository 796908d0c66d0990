"""Meetings as agendas and rolls list them: what was wanted and nothing else."""

from uuid import UUID

from booking.domain.identifiers import new_id
from booking.domain.sessions import SessionState
from booking.domain.staff import Role
from booking.services import scheduling
from booking.storage import agendas
from booking.storage.agendas import MeetingsWanted
from tests.given import NOW, World, a_workshop, in_days, meeting


async def found(world: World, **wanted: object) -> list[UUID]:
    async with world.db.reading() as tx:
        return [x.meeting.session_id for x in await agendas.find(tx, MeetingsWanted(**wanted))]


async def test_published_meetings_are_listed_by_agency_and_by_time(world: World):
    early, late = await world.session(meeting(in_days(14))), await world.session(meeting(in_days(15)))

    assert await found(world) == [early.id, late.id]
    assert await found(world, agency_ids=[world.agency.id]) == [early.id, late.id]
    assert await found(world, agency_ids=[]) == []
    assert await found(world, starts_from=in_days(15)) == [late.id]
    assert await found(world, starts_before=in_days(15)) == [early.id]


async def test_drafts_are_listed_where_they_are_wanted(world: World):
    lyon, odile = await world.another_agency(), await world.staff(Role.ADMINISTRATOR, None, "Odile")
    here = await world.draft(meeting(in_days(14)))
    there = await world.draft(meeting(in_days(15)), agency_id=lyon.id, by=odile)

    assert await found(world) == []
    assert await found(world, drafts_of=[world.agency.id]) == [here.id]
    assert await found(world, drafts_of=None) == [here.id, there.id]


async def test_who_leads_and_who_assists_find_their_meetings(world: World):
    leo = await world.staff(Role.ASSISTANT, world.agency, "Léo")
    plan = meeting(in_days(14), facilitator_id=world.facilitator.id, assistant_ids=(leo.id,))
    session = await world.session(plan)
    await world.session(meeting(in_days(14)))

    assert await found(world, staff_id=world.facilitator.id) == [session.id]
    assert await found(world, staff_id=leo.id) == [session.id]
    assert await found(world, staff_id=world.adviser.id) == []


async def test_one_room_and_one_workshop_restrict(world: World):
    tables = a_workshop("Tableur")
    odile = await world.staff(Role.ADMINISTRATOR, None, "Odile")
    await scheduling.add_workshop(world.db, tables, by=odile, now=NOW)
    in_room = await world.session(meeting(in_days(14), room_id=world.room.id))
    of_tables = await world.session(meeting(in_days(15)), workshop_id=tables.id)

    assert await found(world, room_id=world.room.id) == [in_room.id]
    assert await found(world, workshop_id=tables.id) == [of_tables.id]
    assert await found(world, room_id=world.room.id, workshop_id=tables.id) == []


async def test_page_after_page_shows_every_meeting_once(world: World):
    cycle = await world.session(*(meeting(in_days(14 + n)) for n in range(3)))
    same_time = [await world.session(meeting(in_days(14))) for _ in range(2)]

    seen: list[agendas.MeetingListed] = []
    async with world.db.reading() as tx:
        while page := await agendas.find(tx, MeetingsWanted(after=_place(seen), most=2)):
            seen += page

    assert len(seen) == len({x.meeting.id for x in seen}) == 5
    assert {x.meeting.session_id for x in seen} == {cycle.id, *(one.id for one in same_time)}
    assert [_place([x]) for x in seen] == sorted(_place([x]) for x in seen)


def _place(seen):
    return (seen[-1].meeting.starts_at, seen[-1].meeting.id) if seen else None


async def test_a_meeting_is_shown_with_its_surroundings(world: World):
    plan = meeting(in_days(14), room_id=world.room.id, facilitator_id=world.facilitator.id)
    session = await world.session(plan, meeting(in_days(21)))
    await world.booked(session)

    async with world.db.reading() as tx:
        shown = await agendas.one(tx, session.meetings[0].id)
        unknown = await agendas.one(tx, new_id(NOW))

    assert (shown.room_name, shown.facilitator_name, shown.agency_name) == ("Vercors", "Karim", world.agency.name)
    assert (shown.meeting_count, shown.taken, shown.free) == (2, 1, 7)
    assert (shown.session_state, shown.session_starts_at) == (SessionState.OPEN, in_days(14))
    assert unknown is None
