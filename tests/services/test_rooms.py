"""The rooms of an agency."""

from dataclasses import replace
from uuid import uuid4

import pytest

from booking.domain.errors import InvalidField, NameTaken, NotAllowed, NotFound, StillUsed
from booking.domain.staff import Role
from booking.services import places, rooms, scheduling
from tests.given import NOW, SITE, World, in_days, meeting
from tests.given_places import WORKING_HOURS, a_room
from tests.services.test_entries import entries


async def names(world: World) -> list[tuple[str, bool]]:
    place = await places.show(world.db, world.agency.id, by=world.manager, now=NOW)
    return [(room.name, room.archived_at is not None) for room in place.rooms]


async def change(world: World, **known: object):
    return await rooms.change(world.db, replace(world.room, **known), by=world.manager, site=SITE, now=NOW)


async def test_a_room_is_added_with_its_hours_and_its_access(world: World) -> None:
    room = a_room(world, opening_hours=WORKING_HOURS, has_hearing_loop=True)

    await rooms.add(world.db, room, by=world.manager, now=NOW)

    assert await rooms.show(world.db, room.id, by=world.manager) == room
    assert await names(world) == [("Chartreuse", False), ("Vercors", False)]


async def test_two_rooms_of_an_agency_have_two_names(world: World) -> None:
    with pytest.raises(NameTaken):
        await rooms.add(world.db, a_room(world, "Vercors"), by=world.manager, now=NOW)


async def test_a_room_without_workstations_is_refused(world: World) -> None:
    with pytest.raises(InvalidField):
        await rooms.add(world.db, a_room(world, workstations=0), by=world.manager, now=NOW)


async def test_a_room_is_written_anew_but_stays_where_it_is(world: World) -> None:
    elsewhere = await world.another_agency()

    after = await change(world, name="Grand Vercors", workstations=11, agency_id=elsewhere.id)

    assert (after.name, after.workstations, after.agency_id) == ("Grand Vercors", 11, world.agency.id)


async def test_calendars_show_the_new_name_of_a_room(world: World) -> None:
    session = await world.session(meeting(in_days(14), room_id=world.room.id))

    await change(world, name="Belledonne")

    (entry,) = await entries(world, session)
    assert "Belledonne" in entry["LOCATION"]


async def test_a_room_used_by_a_session_to_come_is_not_archived_and_the_sessions_are_named(world: World) -> None:
    session = await world.session(meeting(in_days(14), room_id=world.room.id))

    with pytest.raises(StillUsed) as refused:
        await rooms.archive(world.db, world.room.id, by=world.manager, now=NOW)

    told = refused.value.facts["meetings"]
    assert [(one["session_id"], one["title"]) for one in told] == [(session.id, world.workshop.title)]


async def test_a_draft_uses_a_room_too_and_a_cycle_under_way_uses_the_room_it_began_in(world: World) -> None:
    there = a_room(world)
    await rooms.add(world.db, there, by=world.manager, now=NOW)
    await world.draft(meeting(in_days(2), room_id=world.room.id), meeting(in_days(9), room_id=there.id))

    for room, then in ((there, NOW), (world.room, in_days(5))):
        with pytest.raises(StillUsed):
            await rooms.archive(world.db, room.id, by=world.manager, now=then)


async def test_a_room_whose_sessions_are_over_or_cancelled_is_archived_and_comes_back(world: World) -> None:
    off = await world.session(meeting(in_days(14), room_id=world.room.id))
    await scheduling.cancel(world.db, off.id, because="Grève", by=world.manager, site=SITE, now=NOW)
    await world.session(meeting(in_days(2), room_id=world.room.id))

    await rooms.archive(world.db, world.room.id, by=world.manager, now=in_days(3))
    archived = await names(world)
    await rooms.restore(world.db, world.room.id, by=world.manager, now=in_days(3))

    assert (archived, await names(world)) == ([("Vercors", True)], [("Vercors", False)])


async def test_nothing_is_planned_in_an_archived_room(world: World) -> None:
    await rooms.archive(world.db, world.room.id, by=world.manager, now=NOW)

    with pytest.raises(InvalidField):
        await world.draft(meeting(in_days(14), room_id=world.room.id))


async def test_a_room_of_an_agency_that_does_not_exist_is_refused(world: World) -> None:
    everywhere = await world.staff(Role.ADMINISTRATOR, None, "Agnès")

    with pytest.raises(NotFound):
        await rooms.add(world.db, a_room(world, agency_id=uuid4()), by=everywhere, now=NOW)


async def test_only_who_plans_there_touches_a_room(world: World) -> None:
    stranger = await world.staff(Role.MANAGER, await world.another_agency(), "Sonia")

    for by, refusal in ((world.adviser, NotAllowed), (world.facilitator, NotAllowed), (stranger, NotFound)):
        with pytest.raises(refusal):
            await rooms.archive(world.db, world.room.id, by=by, now=NOW)
        with pytest.raises(refusal):
            await rooms.add(world.db, a_room(world), by=by, now=NOW)
