"""Proposals: what was wished, what was chosen, and what stands against each."""

from dataclasses import replace
from datetime import date, time

import pytest

from booking.domain.identifiers import new_id
from booking.domain.obstacles import Surroundings, Weight
from booking.domain.planner import Choice, Plan, Slot, copied, proposals
from booking.domain.repairs import first_of_each, repairs
from booking.domain.rooms import Closure, Room
from tests.given import NOW

AGENCY = new_id(NOW)
ROOM = Room(id=new_id(NOW), agency_id=AGENCY, name="Vercors", seats=12, workstations=10)
AROUND = Surroundings(zone="Europe/Paris", territory="metropole", rooms={ROOM.id: ROOM})
TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)


def a_slot(day: date = TUESDAY, **known: object) -> Slot:
    usual = {"key": day.isoformat(), "group": 0, "workshop_id": AGENCY, "capacity": 8, "room_id": ROOM.id}
    return Slot(day=day, **(usual | {"starts": time(9, 30), "ends": time(11, 30)} | known))


def seen(*slots: Slot, around: Surroundings = AROUND, **choices: Choice):
    named = {key.replace("_", "-")[1:]: choice for key, choice in choices.items()}
    return proposals(Plan(slots=slots), named, around, NOW)


def test_two_meetings_of_a_plan_cannot_share_a_room():
    first, second = seen(a_slot(group=0, key="a"), a_slot(group=1, key="b"))

    assert first.weight is second.weight is Weight.CLASH
    assert first.obstacles[0].what == ""


def test_a_meeting_that_is_left_out_takes_no_room():
    out = {"b": Choice(is_left_out=True)}

    first, second = proposals(Plan(slots=(a_slot(key="a"), a_slot(group=1, key="b"))), out, AROUND, NOW)

    assert first.weight is None
    assert second.is_left_out and not second.needs_repair


def test_meetings_of_one_session_must_be_apart_even_without_a_room():
    first, second = seen(a_slot(key="a", room_id=None), a_slot(key="b", room_id=None, starts=time(10)))

    assert first.problem == second.problem == "overlaps-another-meeting"


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        (date(2026, 10, 19), ""),
        (date(2026, 10, 18), "in-the-past"),
        (date(1, 1, 1), "in-the-past"),
        (date(2028, 10, 20), "too-far-ahead"),
        (date(9999, 12, 31), "too-far-ahead"),
    ],
)
def test_a_day_out_of_reach_is_refused(day, problem):
    (found,) = seen(a_slot(day, starts=time(14), ends=time(16)))

    assert found.problem == problem


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_even_then_a_repair_is_looked_for(day):
    found = seen(a_slot(TUESDAY), _2026_11_24=Choice(changes={"day": day}))

    assert repairs(found[0], found, AROUND, NOW)[0].day == WEDNESDAY


def test_two_plans_that_propose_the_same_have_one_signature():
    assert Plan(slots=(a_slot(),)).signature == Plan(slots=(a_slot(),)).signature
    assert Plan(slots=(a_slot(),)).signature != Plan(slots=(a_slot(capacity=9),)).signature


def test_the_next_free_day_steps_over_closures_weekends_and_the_plan_itself():
    shut = Closure(id=new_id(NOW), agency_id=AGENCY, first_on=TUESDAY, last_on=WEDNESDAY, because="Travaux")
    around = replace(AROUND, closures=[shut])
    found = seen(a_slot(TUESDAY), a_slot(date(2026, 11, 26)), a_slot(date(2026, 11, 27)), around=around)

    ways = repairs(found[0], found, around, NOW)

    assert [way.day for way in ways] == [date(2026, 11, 30), date(2026, 12, 1)]


def test_what_nothing_stands_against_needs_no_repair():
    found = seen(a_slot())

    assert repairs(found[0], found, AROUND, NOW) == []


def test_first_repairs_keep_what_was_chosen_before():
    shut = Closure(id=new_id(NOW), agency_id=AGENCY, first_on=TUESDAY, last_on=TUESDAY, because="Travaux")
    around = replace(AROUND, closures=[shut])
    before = {str(TUESDAY): Choice(changes={"room_id": None})}
    found = proposals(Plan(slots=(a_slot(),)), before, around, NOW)

    after = first_of_each(found, {str(TUESDAY): repairs(found[0], found, around, NOW)}, before)

    assert after[str(TUESDAY)].changes == {"room_id": None, "day": WEDNESDAY}


def test_nothing_to_copy_is_an_empty_plan():
    assert copied([], [7], "Europe/Paris").slots == ()
