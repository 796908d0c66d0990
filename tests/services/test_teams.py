"""When the team can be planned."""

from dataclasses import replace
from datetime import time
from uuid import uuid4

import pytest

from booking.domain.errors import InvalidField, NotAllowed, NotFound, Obstructed
from booking.domain.hours import Span
from booking.domain.identifiers import new_id
from booking.domain.staff import Role
from booking.domain.teams import BusyTime
from booking.services import teams
from tests.given import NOW, World, in_days, meeting
from tests.given_places import WORKING_HOURS, day_in

TUESDAYS = (Span(1, time(9), time(12)),)


def busy(world: World, days: float = 14, hours: float = 4, **known) -> BusyTime:
    usual = {"staff_id": world.facilitator.id, "because": "Formation"}
    return BusyTime(id=new_id(NOW), starts_at=in_days(days), ends_at=in_days(days, hours), **(usual | known))


async def team(world: World) -> list:
    return (await teams.of_agency(world.db, world.agency.id, by=world.manager, now=NOW)).members


async def set_hours(world: World, hours=(), ends_on=None, who=None) -> teams.Planned:
    staff_id = (who or world.facilitator).id
    return await teams.set_hours(world.db, world.agency.id, staff_id, hours, ends_on, by=world.manager, now=NOW)


async def add(world: World, one: BusyTime) -> BusyTime:
    return await teams.add_busy_time(world.db, world.agency.id, one, by=world.manager, now=NOW)


async def test_the_team_is_who_leads_and_assists_here(world: World) -> None:
    await world.staff(Role.ASSISTANT, world.agency, "Théo")
    await world.staff(Role.FACILITATOR, await world.another_agency(), "Sylvie")

    assert [(one.name, one.facilitates) for one in await team(world)] == [("Karim", True), ("Théo", False)]


async def test_hours_and_a_last_day_are_kept(world: World) -> None:
    await set_hours(world, WORKING_HOURS, day_in(100))

    karim = (await team(world))[0]
    assert (karim.availability, karim.ends_on) == (WORKING_HOURS, day_in(100))


async def test_whoever_is_planned_outside_his_new_hours_is_named_with_the_meeting(world: World) -> None:
    monday = await world.session(meeting(in_days(14), facilitator_id=world.facilitator.id))
    await world.session(meeting(in_days(15), facilitator_id=world.facilitator.id))

    shown = await set_hours(world, TUESDAYS)

    assert [one.session_id for one in shown.touched] == [monday.id]


async def test_outside_the_hours_nothing_new_is_planned_without_a_reason(world: World) -> None:
    await set_hours(world, TUESDAYS)

    with pytest.raises(Obstructed) as refused:
        await world.draft(meeting(in_days(14), facilitator_id=world.facilitator.id))

    assert refused.value.facts["fields"] == {"meetings.1": "staff-unavailable"}


async def test_after_the_last_day_a_volunteer_is_named_and_not_planned(world: World) -> None:
    theo = await world.staff(Role.ASSISTANT, world.agency, "Théo")
    planned = meeting(in_days(14), assistant_ids=(theo.id,))
    session = await world.session(planned)

    on_that_day = await set_hours(world, ends_on=day_in(14), who=theo)
    before = await set_hours(world, ends_on=day_in(13), who=theo)

    assert on_that_day.touched == []
    assert [one.session_id for one in before.touched] == [session.id]
    with pytest.raises(Obstructed):
        await world.draft(replace(planned, starts_at=in_days(20), ends_at=in_days(20, 2)))


async def test_a_busy_time_stands_in_the_way_until_it_is_taken_back(world: World) -> None:
    session = await world.session(meeting(in_days(14), facilitator_id=world.facilitator.id))

    one = await add(world, busy(world))
    shown = await teams.show(world.db, world.agency.id, world.facilitator.id, by=world.manager, now=NOW)
    await teams.remove_busy_time(world.db, world.agency.id, one.staff_id, one.id, by=world.manager, now=NOW)
    after = await teams.show(world.db, world.agency.id, world.facilitator.id, by=world.manager, now=NOW)

    assert shown.member.busy == (one,)
    assert [touched.session_id for touched in shown.touched] == [session.id]
    assert (after.member.busy, after.touched) == ((), [])


async def test_what_is_over_is_not_shown(world: World) -> None:
    await add(world, busy(world, -3))

    assert (await team(world))[0].busy == ()


@pytest.mark.parametrize(
    ("known", "field", "code"),
    [
        ({"ends_at": in_days(13)}, "ends_at", "ends-before-it-starts"),
        ({"because": ""}, "because", "required"),
        ({"ends_at": NOW.replace(year=2200)}, "ends_at", "far-away"),
    ],
)
async def test_a_busy_time_must_say_something(world: World, known, field, code) -> None:
    with pytest.raises(InvalidField) as refused:
        await add(world, replace(busy(world), **known))

    assert refused.value.facts["fields"] == {field: code}


async def test_hours_that_overlap_are_refused(world: World) -> None:
    with pytest.raises(InvalidField):
        await set_hours(world, (*TUESDAYS, Span(1, time(10), time(11))))


async def test_somebody_of_another_agency_is_not_found(world: World) -> None:
    sylvie = await world.staff(Role.FACILITATOR, await world.another_agency(), "Sylvie")

    for staff_id in (sylvie.id, world.adviser.id, uuid4()):
        with pytest.raises(NotFound):
            await add(world, busy(world, staff_id=staff_id))


async def test_only_who_plans_there_says_when_somebody_can_be_planned(world: World) -> None:
    stranger = await world.staff(Role.MANAGER, await world.another_agency(), "Sonia")

    for by, refusal in ((world.facilitator, NotAllowed), (world.adviser, NotAllowed), (stranger, NotFound)):
        with pytest.raises(refusal):
            await teams.of_agency(world.db, world.agency.id, by=by, now=NOW)
        with pytest.raises(refusal):
            await teams.add_busy_time(world.db, world.agency.id, busy(world), by=by, now=NOW)
