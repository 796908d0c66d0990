"""The planner where it gets difficult: two managers at once, other clocks, a failure half way, long series."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from booking.domain.errors import PlaceTaken, WorkshopArchived
from booking.domain.planner import Choice
from booking.domain.rooms import SchoolHoliday
from booking.domain.sessions import SessionState
from booking.domain.staff import Role
from booking.domain.terms import Conditions
from booking.services import closures, planner, scheduling, school_holidays
from booking.services.sketches import Copy
from booking.storage import agencies, sessions, workshops
from booking.storage.tables import audit
from tests.given import NOW, SITE, World, a_workshop, in_days, meeting
from tests.given_places import a_closure
from tests.given_plans import FIRST, a_wish, days, kinds, look, write


async def count(world: World, table) -> int:
    async with world.db.reading() as tx:
        return await tx.value(select(func.count()).select_from(table))


async def planned(world: World) -> int:
    async with world.db.reading() as tx:
        return len(await sessions.upcoming_at(tx, [world.agency.id], NOW))


async def test_of_two_managers_who_plan_the_same_one_gets_all_and_the_other_nothing(world):
    both = await asyncio.gather(write(world), write(world), return_exceptions=True)

    (made,) = [one for one in both if not isinstance(one, BaseException)]
    (refused,) = [one for one in both if isinstance(one, BaseException)]
    assert isinstance(refused, PlaceTaken) and refused.facts["fields"].keys() == {f"meetings.{n}" for n in (1, 2, 3)}
    assert len(made) == 3 and await planned(world) == 3


async def test_what_fails_half_way_leaves_nothing_behind(world):
    """The first copy is written already when the second is refused: its workshop has been archived."""
    tableur = a_workshop("Tableur")
    async with world.db.transaction() as tx:
        await workshops.add(tx, tableur)
    originals = [await world.draft(meeting(in_days(8))), await world.draft(meeting(in_days(9)), workshop_id=tableur.id)]
    async with world.db.transaction() as tx:
        await workshops.change(tx, replace(tableur, archived_at=NOW))

    with pytest.raises(WorkshopArchived):
        await write(world, Copy(agency_id=world.agency.id, session_ids=tuple(x.id for x in originals), shifts=(7,)))

    assert await planned(world) == 2


async def test_school_holidays_warn_or_are_stepped_over(world):
    agnes = await world.staff(Role.ADMINISTRATOR, None, "Agnès")
    autumn = SchoolHoliday(zone="A", name="Toussaint", first_on=FIRST, last_on=date(2026, 11, 1))
    await school_holidays.write(world.db, [autumn], by=agnes, now=NOW)

    usual, stepping = await look(world), await look(world, a_wish(world, steps_over_school=True))

    assert kinds(usual)[0] == ["school-holiday"] and not usual.ways
    assert days(stepping)[0] == "11-03" and stepping.plan.stepped_over == (FIRST,)


async def test_every_session_that_is_planned_and_published_is_in_the_audit(world):
    before = await count(world, audit)

    await write(world, publishes=True)

    assert await count(world, audit) == before + 6


async def test_a_published_series_takes_bookings(world):
    made = await write(world, publishes=True)

    booking = await world.booked(made[1])

    assert booking.session_id == made[1].id


async def test_drafts_of_a_series_are_published_one_by_one(world):
    first, second, _ = await write(world)

    opened = await scheduling.publish(world.db, first.id, by=world.manager, site=SITE, now=NOW)

    async with world.db.reading() as tx:
        other = await sessions.load(tx, second.id)
    assert opened.state is SessionState.OPEN and other.state is SessionState.DRAFT
    assert opened.series_id == other.series_id


async def test_overseas_the_hours_and_holidays_are_those_of_the_place(world):
    there = {"department": "974", "time_zone": "Indian/Reunion", "holiday_territory": "reunion"}
    agency = await world.another_agency("Saint-Denis", **there)
    manager = await world.staff(Role.MANAGER, agency, "Lucie")
    where = {"agency_id": agency.id, "room_id": None, "facilitator_id": None}
    # 20 December, the abolition of slavery, is a Sunday in 2026.
    wish = a_wish(world, first=date(2026, 12, 13), weekdays=frozenset({6}), count=2, **where)

    found = await look(world, wish, by=manager)

    assert days(found) == ["12-13", "12-27"] and found.plan.stepped_over == (date(2026, 12, 20),)
    assert found.proposals[0].meeting.starts_at.hour == 5


async def test_a_series_over_the_change_of_summer_time_keeps_its_hour_on_the_wall(world):
    made = await write(world, a_wish(world, first=date(2026, 10, 20)))

    assert [session.starts_at.hour for session in made] == [7, 8, 8]


async def test_every_second_week(world):
    assert days(await look(world, a_wish(world, every=2))) == ["10-27", "11-10", "11-24"]


async def test_until_a_last_day(world):
    found = await look(world, a_wish(world, count=None, last=date(2026, 11, 10)))

    assert days(found) == ["10-27", "11-03", "11-10"]


async def test_a_room_that_is_closed_is_stepped_over_only_for_who_wants_it(world):
    closure = a_closure(world, 8, room_id=world.room.id)
    await closures.close(world.db, closure, by=world.manager, now=NOW)

    inside, elsewhere = await look(world), await look(world, a_wish(world, room_id=None))

    assert days(inside)[0] == "11-03" and days(elsewhere)[0] == "10-27"


async def test_a_closure_made_since_the_preview_shows_the_plan_again(world):
    seen = (await look(world)).plan
    await closures.close(world.db, a_closure(world, 8), by=world.manager, now=NOW)

    assert (await look(world)).plan.signature != seen.signature


async def test_a_room_and_a_person_can_be_chosen_for_one_meeting_alone(world):
    lea = await world.staff(Role.FACILITATOR, world.agency, "Léa")
    alone = {str(FIRST): Choice(changes={"room_id": None, "facilitator_id": lea.id})}

    first, second, _ = await write(world, choices=alone)

    assert (first.meetings[0].room_id, first.meetings[0].facilitator_id) == (None, lea.id)
    assert (second.meetings[0].room_id, second.meetings[0].facilitator_id) == (world.room.id, world.facilitator.id)


async def test_assistants_come_along_in_plan_and_copy(world):
    theo = await world.staff(Role.ASSISTANT, world.agency, "Théo")
    (original,) = await write(world, a_wish(world, count=1, assistant_ids=(theo.id,)))

    (again,) = await write(world, Copy(agency_id=world.agency.id, session_ids=(original.id,), shifts=(7,)))

    assert again.meetings[0].assistant_ids == (theo.id,)


async def test_the_languages_of_help_come_along_in_a_copy(world):
    original = await world.session(meeting(in_days(8)), conditions=Conditions(languages=("ar", "tr")))

    (again,) = await write(world, Copy(agency_id=world.agency.id, session_ids=(original.id,), shifts=(7,)))

    assert again.languages == ("ar", "tr")


async def test_the_copy_of_a_booked_session_is_empty(world):
    original = await world.session(meeting(in_days(8)))
    await world.booked(original)

    (again,) = await write(world, Copy(agency_id=world.agency.id, session_ids=(original.id,), shifts=(7,)))

    assert (again.taken, again.state, again.version) == (0, SessionState.DRAFT, 0)


async def test_a_copy_onto_a_holiday_is_not_moved_by_itself(world):
    original = await world.session(meeting(in_days(9)))

    found = await look(world, Copy(agency_id=world.agency.id, session_ids=(original.id,), shifts=(14,)))

    assert days(found) == ["11-11"] and kinds(found) == [["public-holiday"]]


async def test_a_hundred_meetings_are_written_at_once(world):
    wish = a_wish(world, weekdays=frozenset(range(5)), count=100)

    made = await write(world, wish, publishes=True)

    async with world.db.reading() as tx:
        agency = await agencies.load(tx, world.agency.id)
    assert len(made) == 100 and agency.feed_version == 1


# SQLite lets no rival in between.
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_who_is_overtaken_between_look_and_writing_is_told_of_every_proposal(world, monkeypatch):
    look = planner._look

    async def overtaken(*which):
        looked = await look(*which)
        monkeypatch.setattr(planner, "_look", look)
        await write(world)
        return looked

    monkeypatch.setattr(planner, "_look", overtaken)
    with pytest.raises(PlaceTaken) as refused:
        await write(world)

    assert refused.value.facts["fields"].keys() == {f"meetings.{n}" for n in (1, 2, 3)}
    assert await planned(world) == 3
