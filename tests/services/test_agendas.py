"""The week of an agency, and what a form of planning may choose from."""

import pytest

from booking.domain.errors import NotAllowed, NotFound
from booking.domain.staff import Role
from booking.services import agendas, choices, confirmations
from tests.given import NOW, World, in_days, meeting


async def week(world: World, by=None, first=7, agency=None):
    found = await agendas.meetings(
        world.db,
        by=by or world.adviser,
        agency_ids=[(agency or world.agency).id],
        starts_from=in_days(first),
        starts_before=in_days(first + 7),
    )
    return [(entry.meeting.session_id, entry.meeting.position) for entry in found]


async def test_a_cycle_that_began_before_shows_its_meeting_of_the_week(world):
    cycle = await world.session(*(meeting(in_days(day)) for day in (3, 10, 17)))

    assert await week(world) == [(cycle.id, 2)]


async def test_only_who_plans_sees_drafts(world):
    draft = await world.draft(meeting(in_days(10)))

    assert await week(world) == []
    assert await week(world, world.manager) == [(draft.id, 1)]


async def test_meetings_stand_by_their_start(world):
    late = await world.session(meeting(in_days(9, hour=3)))
    early = await world.session(meeting(in_days(9)))

    assert await week(world) == [(early.id, 1), (late.id, 1)]


async def test_other_agencies_may_be_looked_at(world):
    session = await world.session(meeting(in_days(9)))
    neighbour = await world.staff(Role.ADVISER, await world.another_agency(), "Paul")

    assert await week(world, neighbour) == [(session.id, 1)]


async def test_a_session_below_half_is_still_to_be_filled(world):
    session = await world.session(meeting(in_days(9)), capacity=2)

    async def lacks(now=NOW):
        (entry,) = await agendas.meetings(
            world.db,
            by=world.adviser,
            agency_ids=[world.agency.id],
            starts_from=in_days(7),
            starts_before=in_days(14),
        )
        return entry.lacks_people(now)

    assert await lacks()
    assert not await lacks(in_days(10))
    await world.booked(session)
    assert not await lacks()


async def test_a_manager_chooses_among_her_own_agency(world):
    await world.another_agency()

    found = await choices.of_planning(world.db, None, by=world.manager, now=NOW)

    assert [agency.id for agency in found.agencies] == [world.agency.id]
    assert [room.name for room in found.rooms] == ["Vercors"]
    assert found.facilitators == [(world.facilitator.id, "Karim")]
    assert [workshop.id for workshop in found.workshops] == [world.workshop.id]


async def test_an_adviser_chooses_nothing(world):
    with pytest.raises(NotAllowed):
        await choices.of_planning(world.db, None, by=world.adviser, now=NOW)


async def test_another_agency_is_not_there_to_choose(world):
    lyon = await world.another_agency()

    with pytest.raises(NotFound):
        await choices.of_planning(world.db, lyon.id, by=world.manager, now=NOW)


async def test_an_administrator_chooses_among_all(world):
    lyon = await world.another_agency()
    odile = await world.staff(Role.ADMINISTRATOR, None, "Odile")

    found = await choices.of_planning(world.db, lyon.id, by=odile, now=NOW)

    assert found.agency.id == lyon.id and len(found.agencies) == 2


async def test_a_booking_knows_its_place_on_the_waitlist(world):
    session = await world.session(capacity=1)
    await world.booked(session)
    await world.waiting(session)
    second = await world.waiting(session, now=in_days(0.1))

    found = await confirmations.show(world.db, second.id, by=world.adviser, now=NOW)

    assert found.turn == 2 and found.booked_by == "Nadia"


async def test_a_booking_is_not_found_from_elsewhere(world):
    booking = await world.booked(await world.session())
    neighbour = await world.staff(Role.ADVISER, await world.another_agency(), "Paul")

    with pytest.raises(NotFound):
        await confirmations.show(world.db, booking.id, by=neighbour, now=NOW)
