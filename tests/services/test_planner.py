"""Planning a whole series: looked at first, repaired by choice, written all at once or not at all."""

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

import pytest

from booking.domain.errors import (
    InvalidField,
    InvalidSchedule,
    NotAllowed,
    NotFound,
    Obstructed,
    PlaceTaken,
    PlanChanged,
    WorkshopArchived,
)
from booking.domain.identifiers import new_id
from booking.domain.planner import Choice
from booking.domain.repairs import RepairKind
from booking.domain.rooms import Room
from booking.domain.sessions import SessionState
from booking.domain.staff import Role
from booking.services import closures
from booking.services.sketches import Copy
from booking.storage import agencies, sessions, workshops
from tests.given import NOW, World, in_days, meeting
from tests.given_places import a_closure
from tests.given_plans import FIRST, a_wish, days, kinds, look, write

LEFT_OUT = Choice(is_left_out=True)


async def planned(world: World) -> set[UUID]:
    async with world.db.reading() as tx:
        return set(await sessions.upcoming_at(tx, [world.agency.id], NOW))


async def a_room(world: World, name: str, workstations: int = 10) -> Room:
    room = Room(id=new_id(NOW), agency_id=world.agency.id, name=name, seats=workstations, workstations=workstations)
    async with world.db.transaction() as tx:
        await agencies.add_room(tx, room)
    return room


async def taken(world: World, day: date, **where: object):
    """A session there from nine to eleven, on that day."""
    starts_at = in_days((day - NOW.date()).days)
    starts_at = starts_at if day < date(2026, 10, 25) else starts_at + timedelta(hours=1)
    return await world.draft(meeting(starts_at, **({"room_id": world.room.id} | where)))


async def test_a_wish_is_shown_before_anything_is_written(world):
    found = await look(world)

    assert days(found) == ["10-27", "11-03", "11-10"]
    assert kinds(found) == [[], [], []] and not found.ways
    assert not await planned(world)


async def test_holidays_are_stepped_over_and_named(world):
    found = await look(world, a_wish(world, first=date(2026, 11, 4), weekdays=frozenset({2})))

    assert days(found) == ["11-04", "11-18", "11-25"]
    assert found.plan.stepped_over == (date(2026, 11, 11),)


async def test_who_wants_holidays_gets_them_with_their_obstacle(world):
    wish = a_wish(world, first=date(2026, 11, 11), weekdays=frozenset({2}), count=1, steps_over_closed=False)

    found = await look(world, wish)

    assert kinds(found) == [["public-holiday"]]
    assert [way.steps[0].kind for way in found.ways["2026-11-11"]] == [RepairKind.DAY, RepairKind.DAY]
    assert [way.day for way in found.ways["2026-11-11"]] == [date(2026, 11, 12), date(2026, 11, 18)]


async def test_a_room_that_is_taken_can_be_exchanged_or_the_day_moved(world):
    await taken(world, FIRST)
    chartreuse, _ = await a_room(world, "Chartreuse"), await a_room(world, "Placard", workstations=2)

    found = await look(world)

    assert kinds(found)[0] == ["room-taken"]
    assert [way.changes for way in found.ways[str(FIRST)]] == [
        {"room_id": chartreuse.id},
        {"day": date(2026, 10, 28)},
        {"day": date(2026, 11, 17)},
    ]


async def test_a_facilitator_who_is_elsewhere_can_be_replaced(world):
    await taken(world, FIRST, room_id=None, facilitator_id=world.facilitator.id)
    lea = await world.staff(Role.FACILITATOR, world.agency, "Léa")

    found = await look(world)

    assert kinds(found)[0] == ["staff-taken"]
    assert found.ways[str(FIRST)][0].changes == {"facilitator_id": lea.id}


async def test_where_one_change_is_not_enough_two_are_proposed(world):
    placard = await a_room(world, "Placard", workstations=2)
    await taken(world, FIRST, room_id=None, facilitator_id=world.facilitator.id)
    lea = await world.staff(Role.FACILITATOR, world.agency, "Léa")

    found = await look(world, a_wish(world, room_id=placard.id, count=1))

    assert kinds(found) == [["staff-taken", "room-too-small"]]
    assert [way.changes for way in found.ways[str(FIRST)]] == [
        {"room_id": world.room.id, "facilitator_id": lea.id},
        {"room_id": world.room.id, "day": date(2026, 10, 28)},
    ]


async def test_an_assistant_who_is_elsewhere_can_be_done_without(world):
    theo = await world.staff(Role.ASSISTANT, world.agency, "Théo")
    await taken(world, FIRST, room_id=None, assistant_ids=(theo.id,))

    found = await look(world, a_wish(world, assistant_ids=(theo.id,), count=1))

    assert {"assistant_ids": ()} in [way.changes for way in found.ways[str(FIRST)]]


async def test_the_first_repairs_can_be_taken_everywhere(world):
    await taken(world, FIRST)
    await taken(world, date(2026, 11, 3))
    chartreuse = await a_room(world, "Chartreuse")

    found = await look(world, repairs_all=True)

    assert [proposal.slot.room_id for proposal in found.proposals[:2]] == [chartreuse.id] * 2
    assert kinds(found) == [[], [], []]


async def test_repairs_that_want_the_same_free_day_take_it_in_turns(world):
    """Two Tuesdays are closed, the series itself takes the others, and for both the next free day is the 12th."""
    await closures.close(world.db, a_closure(world, 8, 21), by=world.manager, now=NOW)

    found = await look(world, a_wish(world, count=8, steps_over_closed=False), repairs_all=True)

    assert days(found)[:2] == ["11-12", "11-13"] and not found.ways


async def test_closures_are_stepped_over_like_holidays(world):
    await closures.close(world.db, a_closure(world, 8, 21), by=world.manager, now=NOW)

    found = await look(world, a_wish(world, count=1))

    assert days(found) == ["11-10"] and found.plan.stepped_over == (FIRST, date(2026, 11, 3))


async def test_two_repairs_never_move_to_the_same_day(world):
    await taken(world, FIRST, room_id=None, facilitator_id=world.facilitator.id)
    wish = a_wish(world, weekdays=frozenset({1, 2, 3, 4}), count=2)
    await taken(world, date(2026, 10, 28), room_id=None, facilitator_id=world.facilitator.id)

    found = await look(world, wish, repairs_all=True)

    assert len({proposal.slot.day for proposal in found.proposals}) == 2


async def test_single_sessions_of_one_wish_share_a_series(world):
    made = await write(world)

    assert len(made) == 3 and {session.state for session in made} == {SessionState.DRAFT}
    assert len({session.series_id for session in made}) == 1 and made[0].series_id
    assert await planned(world) == {session.id for session in made}


async def test_a_cycle_is_one_session(world):
    (made,) = await write(world, a_wish(world, is_cycle=True))

    assert [m.position for m in made.meetings] == [1, 2, 3] and made.series_id is None


async def test_cycles_follow_one_another(world):
    made = await write(world, a_wish(world, is_cycle=True, cycles=2, count=2))

    assert [[f"{m.starts_at:%m-%d}" for m in session.meetings] for session in made] == [
        ["10-27", "11-03"],
        ["11-10", "11-17"],
    ]


async def test_what_is_left_out_is_not_written(world):
    made = await write(world, choices={"2026-11-03": LEFT_OUT})

    assert [f"{session.starts_at:%m-%d}" for session in made] == ["10-27", "11-10"]


async def test_nothing_at_all_is_refused(world):
    with pytest.raises(InvalidSchedule) as refused:
        await write(world, a_wish(world, count=1), {str(FIRST): LEFT_OUT})

    assert refused.value.facts["fields"] == {"meetings": "required"}


async def test_published_at_once_it_is_in_the_calendar_of_the_agency(world):
    made = await write(world, publishes=True)

    async with world.db.reading() as tx:
        agency = await agencies.load(tx, world.agency.id)
    assert {session.state for session in made} == {SessionState.OPEN}
    assert agency.feed_version == 1


async def test_to_publish_somebody_must_lead(world):
    with pytest.raises(InvalidSchedule) as refused:
        await write(world, a_wish(world, facilitator_id=None), publishes=True)

    assert refused.value.facts["fields"]["meetings.3"] == "facilitator-missing"
    assert not await planned(world)


async def test_one_clash_stops_the_whole_series_and_is_named(world):
    before = await taken(world, date(2026, 11, 3))

    with pytest.raises(PlaceTaken) as refused:
        await write(world)

    assert refused.value.facts["fields"] == {"meetings.2": "room-taken"}
    assert refused.value.facts["obstacles"][0]["what"] == world.workshop.title
    assert await planned(world) == {before.id}


async def test_a_repair_that_was_chosen_is_written(world):
    await taken(world, FIRST)

    made = await write(world, choices={str(FIRST): Choice(changes={"day": date(2026, 10, 29)})})

    assert [f"{session.starts_at:%m-%d}" for session in made] == ["10-29", "11-03", "11-10"]


async def test_an_obstacle_needs_a_reason_which_only_the_session_concerned_keeps(world):
    wish = a_wish(world, first=date(2026, 11, 10), weekdays=frozenset({1, 2}), count=2, steps_over_closed=False)

    with pytest.raises(Obstructed) as refused:
        await write(world, wish)
    made = await write(world, wish, overridden_because=" Forum de l’emploi ")

    assert refused.value.facts["fields"] == {"meetings.2": "public-holiday"}
    assert [session.overridden_because for session in made] == [None, "Forum de l’emploi"]


async def test_a_plan_that_changed_since_it_was_seen_is_shown_again(world):
    seen = (await look(world, a_wish(world, starts=time(9)))).plan.signature

    with pytest.raises(PlanChanged):
        await write(world, seen=seen)


async def test_an_hour_that_does_not_exist_is_refused_beside_its_meeting(world):
    night = a_wish(world, first=date(2027, 3, 21), weekdays=frozenset({6}), count=2, starts=time(2, 30), ends=time(4))

    found = await look(world, night)
    with pytest.raises(InvalidSchedule) as refused:
        await write(world, night)

    assert [proposal.problem for proposal in found.proposals] == ["", "no-such-hour"]
    assert refused.value.facts["fields"] == {"meetings.2": "no-such-hour"}


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"ends": time(9)}, "ends", "ends-before-it-starts"),
        ({"ends": time(22)}, "ends", "lasts-too-long"),
        ({"first": date(2026, 10, 18)}, "first", "in-the-past"),
        ({"first": date(2029, 10, 18)}, "first", "too-far-ahead"),
        ({"weekdays": frozenset()}, "weekdays", "required"),
        ({"count": None}, "count", "required"),
        ({"count": 0}, "count", "out-of-range"),
        ({"count": 41, "is_cycle": True}, "count", "out-of-range"),
        ({"every": 0}, "every", "out-of-range"),
        ({"last": date(2026, 10, 26)}, "last", "ends-before-it-starts"),
        ({"first": date(2026, 10, 28), "last": date(2026, 11, 1)}, "last", "no-day-left"),
        ({"first": date(2026, 11, 11), "last": date(2026, 11, 16), "weekdays": frozenset({2})}, "last", "no-day-left"),
        ({"count": 60, "cycles": 2}, "cycles", "too-many-meetings"),
        ({"count": None, "last": date(2027, 10, 1), "weekdays": frozenset(range(5))}, "last", "too-many-meetings"),
        ({"count": None, "last": date(2026, 12, 1), "cycles": 2}, "count", "required"),
        ({"capacity": 0}, "capacity", "out-of-range"),
    ],
)
async def test_what_is_wrong_with_a_wish_stands_beside_its_field(world, wrong, field, code):
    with pytest.raises(InvalidField) as refused:
        await look(world, a_wish(world, **wrong))

    assert refused.value.facts["fields"] == {field: code}


async def test_rooms_and_people_of_another_agency_are_refused_beside_their_fields(world):
    stranger = await world.staff(Role.FACILITATOR, await world.another_agency(), "Omar")
    wrong = {"room_id": stranger.id, "facilitator_id": stranger.id, "assistant_ids": (world.adviser.id,)}

    with pytest.raises(InvalidField) as refused:
        await look(world, a_wish(world, **wrong))

    assert refused.value.facts["fields"] == {
        "room": "room-of-another-agency",
        "facilitator": "not-a-facilitator-here",
        "assistants": "not-an-assistant-here",
    }


async def test_an_archived_workshop_is_planned_no_more(world):
    async with world.db.transaction() as tx:
        await workshops.change(tx, replace(world.workshop, archived_at=NOW))

    with pytest.raises(WorkshopArchived):
        await write(world)


async def test_only_who_plans_there_may_look_or_write(world):
    with pytest.raises(NotAllowed):
        await look(world, by=world.adviser)
    with pytest.raises(NotFound):
        await write(world, a_wish(world, agency_id=(await world.another_agency()).id))


async def test_a_session_is_copied_to_later_weeks_at_the_same_hours_on_the_wall(world):
    original = await world.session(meeting(in_days(1), room_id=world.room.id), meeting(in_days(3)))

    made = await write(world, Copy(agency_id=world.agency.id, session_ids=(original.id,), shifts=(7, 14)))

    assert [[f"{m.starts_at:%d %H:%M}" for m in session.meetings] for session in made] == [
        ["27 09:00", "29 09:00"],
        ["03 09:00", "05 09:00"],
    ]
    assert original.meetings[0].starts_at.hour == 8  # summer time
    assert made[0].meetings[0].room_id == world.room.id and made[0].capacity == original.capacity
    assert made[0].series_id == made[1].series_id


async def test_a_copy_onto_the_same_hours_clashes(world):
    original = await world.session(meeting(in_days(14), room_id=world.room.id))
    copy = Copy(agency_id=world.agency.id, session_ids=(original.id,), shifts=(7,))
    await write(world, copy)

    with pytest.raises(PlaceTaken):
        await write(world, copy)


@pytest.mark.parametrize(("shifts", "code"), [((), "required"), ((0,), "same-day"), ((9999,), "too-far-ahead")])
async def test_a_copy_says_when(world, shifts, code):
    original = await world.session()

    with pytest.raises(InvalidField) as refused:
        await look(world, Copy(agency_id=world.agency.id, session_ids=(original.id,), shifts=shifts))

    assert refused.value.facts["fields"] == {"weeks": code}


async def test_two_sessions_copied_onto_each_other_are_seen_to_clash(world):
    first = await world.session(meeting(in_days(7), room_id=world.room.id))
    second = await world.session(meeting(in_days(14), room_id=world.room.id))
    copy = Copy(agency_id=world.agency.id, session_ids=(first.id, second.id), shifts=(14, 21))

    found = await look(world, copy)

    assert kinds(found) == [[], ["room-taken"], ["room-taken"], []]


async def test_sessions_of_another_agency_are_not_found(world):
    lyon = await world.another_agency()
    there = await world.staff(Role.MANAGER, lyon, "Lucie")
    original = await world.session(agency_id=lyon.id, by=there)

    with pytest.raises(NotFound):
        await look(world, Copy(agency_id=world.agency.id, session_ids=(original.id,), shifts=(7,)))
