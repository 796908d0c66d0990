"""The planner's rules: what a wish comes to, what a copy is, what is chosen, and what refuses a slot."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pytest

from booking.domain.identifiers import new_id
from booking.domain.obstacles import Person, Surroundings, Weight
from booking.domain.planner import Choice, Plan, Proposal, Slot, copied, fulfilled, is_near, proposals
from booking.domain.rooms import Room
from booking.domain.wishes import Wish
from calendars.recurrence import Recurrence
from calendars.zones import to_utc
from tests.given import DAY, HOUR, NOW, in_days
from tests.given_cases import a_session

PARIS = "Europe/Paris"
AGENCY, WORKSHOP = new_id(NOW), new_id(NOW)
VERCORS = Room(id=new_id(NOW), agency_id=AGENCY, name="Vercors", seats=12, workstations=10)
KARIM, SALMA = (Person(id=new_id(NOW), name=name) for name in ("Karim", "Salma"))
THEO = Person(id=new_id(NOW), name="Théo", is_facilitator=False)
AROUND = Surroundings(
    zone=PARIS,
    territory="metropole",
    rooms={VERCORS.id: VERCORS},
    people={one.id: one for one in (KARIM, SALMA, THEO)},
)
TUESDAYS = [date(2026, 10, 20) + n * 7 * DAY for n in range(6)]
TUESDAY = date(2026, 11, 24)


def a_wish(**known: object) -> Wish:
    when = {"first": TUESDAYS[0], "weekdays": frozenset({1}), "count": known.pop("count", 3)}
    usual = {"agency_id": AGENCY, "workshop_id": WORKSHOP, "starts": time(9, 30), "ends": time(11, 30), "capacity": 8}
    return Wish(recurrence=Recurrence(**when), **(usual | known))


def a_slot(day: date = TUESDAY, **known: object) -> Slot:
    usual = {"key": day.isoformat(), "group": 0, "workshop_id": WORKSHOP, "capacity": 8}
    return Slot(day=day, **(usual | {"starts": time(9, 30), "ends": time(11, 30)} | known))


def judged(*slots: Slot, around: Surroundings = AROUND, **choices: Choice) -> list[Proposal]:
    return proposals(Plan(slots=slots), choices, around, NOW)


def problem(slot: Slot, around: Surroundings = AROUND) -> str:
    return judged(slot, around=around)[0].problem


class TestAWishFulfilled:
    def test_single_sessions_are_each_a_group_of_their_own(self):
        plan = fulfilled(a_wish(), TUESDAYS[:3], [])

        assert [(slot.group, slot.key) for slot in plan.slots] == [
            (0, "2026-10-20"),
            (1, "2026-10-27"),
            (2, "2026-11-03"),
        ]

    def test_a_cycle_is_one_group_and_the_next_cycle_another(self):
        plan = fulfilled(a_wish(is_cycle=True, cycles=2), TUESDAYS, [])

        assert [slot.group for slot in plan.slots] == [0, 0, 0, 1, 1, 1]

    def test_a_cycle_until_a_day_is_as_long_as_there_are_days(self):
        plan = fulfilled(a_wish(is_cycle=True, count=None), TUESDAYS, [])

        assert {slot.group for slot in plan.slots} == {0}

    def test_every_slot_is_as_it_was_wished(self):
        wish = a_wish(room_id=VERCORS.id, facilitator_id=KARIM.id, assistant_ids=(THEO.id,))

        (slot,) = fulfilled(wish, TUESDAYS[:1], []).slots

        assert slot == a_slot(TUESDAYS[0], room_id=VERCORS.id, facilitator_id=KARIM.id, assistant_ids=(THEO.id,))

    def test_the_days_stepped_over_are_told(self):
        assert fulfilled(a_wish(), TUESDAYS[:3], [TUESDAYS[3]]).stepped_over == (TUESDAYS[3],)


class TestACopy:
    def test_a_session_is_held_again_so_many_days_later_at_the_same_hour_on_the_wall(self):
        before_winter = a_session(to_utc(date(2026, 10, 20), time(9, 30), PARIS))

        (slot,) = copied([before_winter], [14], PARIS).slots

        assert (slot.day, slot.starts, slot.ends) == (date(2026, 11, 3), time(9, 30), time(11, 30))

    def test_every_session_is_copied_once_for_every_week_and_stays_apart(self):
        cycle, single = a_session(in_days(1), in_days(3)), a_session(in_days(2))

        slots = copied([cycle, single], [7, 14], PARIS).slots

        assert [(slot.day.day, slot.group, slot.key) for slot in slots] == [
            (27, 0, "0-1"),
            (28, 1, "1-1"),
            (29, 0, "0-2"),
            (3, 2, "2-1"),
            (4, 3, "3-1"),
            (5, 2, "2-2"),
        ]

    def test_room_people_seats_and_languages_are_copied(self):
        before = a_session(in_days(1), capacity=5, languages=("ar",))
        who = {"room_id": VERCORS.id, "facilitator_id": KARIM.id, "assistant_ids": (THEO.id,)}
        before = replace(before, meetings=tuple(replace(m, **who) for m in before.meetings))

        (slot,) = copied([before], [7], PARIS).slots

        assert {name: getattr(slot, name) for name in who} == who
        assert (slot.workshop_id, slot.capacity, slot.languages) == (before.workshop_id, 5, ("ar",))


class TestASlot:
    def test_its_meeting_is_at_that_hour_by_the_clock_of_the_place(self):
        slot = a_slot(room_id=VERCORS.id, facilitator_id=KARIM.id, assistant_ids=(THEO.id,))

        meeting = slot.meeting("Indian/Reunion", NOW)

        assert meeting.starts_at == to_utc(TUESDAY, time(9, 30), "Indian/Reunion")
        assert meeting.ends_at - meeting.starts_at == 2 * HOUR
        assert (meeting.room_id, meeting.staff_ids) == (VERCORS.id, (KARIM.id, THEO.id))
        assert (meeting.position, meeting.created_at, meeting.changed_at) == (1, NOW, NOW)

    def test_an_ordinary_one_has_no_problem(self):
        assert problem(a_slot(room_id=VERCORS.id, facilitator_id=KARIM.id, assistant_ids=(THEO.id,))) == ""

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            (lambda: {"room_id": new_id(NOW)}, "room-of-another-agency"),
            (lambda: {"facilitator_id": new_id(NOW)}, "not-a-facilitator-here"),
            (lambda: {"facilitator_id": THEO.id}, "not-a-facilitator-here"),
            (lambda: {"assistant_ids": (THEO.id, new_id(NOW))}, "not-an-assistant-here"),
            (lambda: {"facilitator_id": KARIM.id, "assistant_ids": (KARIM.id,)}, "leads-and-assists"),
            (lambda: {"day": date(2026, 10, 19), "starts": time(10)}, "in-the-past"),
            (lambda: {"day": date(2028, 10, 19), "starts": time(10, 1)}, "too-far-ahead"),
        ],
    )
    def test_what_refuses_it_has_a_code(self, said: Callable[[], dict[str, object]], code: str):
        assert problem(a_slot(**said())) == code

    def test_a_room_out_of_use_is_refused(self):
        archived = replace(AROUND, rooms={VERCORS.id: replace(VERCORS, archived_at=NOW)})

        assert problem(a_slot(room_id=VERCORS.id), archived) == "room-of-another-agency"

    def test_who_may_lead_may_assist_somebody_else(self):
        assert problem(a_slot(facilitator_id=KARIM.id, assistant_ids=(SALMA.id,))) == ""

    def test_two_years_ahead_is_near_enough(self):
        assert problem(a_slot(date(2028, 10, 19), starts=time(10), ends=time(12))) == ""

    def test_what_calendars_reach_lies_two_years_and_two_days_around(self):
        assert is_near(in_days(733).date(), NOW) and is_near(in_days(-733).date(), NOW)
        assert not is_near(in_days(734).date(), NOW) and not is_near(in_days(-734).date(), NOW)

    @pytest.mark.parametrize(("day", "code"), [(date(1, 1, 1), "in-the-past"), (date(9999, 12, 31), "too-far-ahead")])
    def test_a_day_that_no_clock_reaches_is_refused_and_nothing_breaks(self, day, code):
        overseas = replace(AROUND, zone="America/Guadeloupe")

        assert problem(a_slot(day, starts=time(0, 5), ends=time(23, 55))) == code
        assert problem(a_slot(day, starts=time(0, 5), ends=time(23, 55)), overseas) == code

    def test_an_hour_that_no_clock_shows_is_refused_and_nothing_else_is_said(self):
        (found,) = judged(a_slot(date(2027, 3, 28), starts=time(2, 30), ends=time(4), room_id=VERCORS.id))

        assert (found.problem, found.meeting, list(found.obstacles)) == ("no-such-hour", None, [])
        assert found.needs_repair


class TestChoices:
    def test_a_choice_changes_the_slot_and_what_was_wished_stays_known(self):
        wished = a_slot(key="a")

        (found,) = judged(wished, a=Choice(changes={"facilitator_id": SALMA.id}))

        assert (found.slot.facilitator_id, found.wished) == (SALMA.id, wished)
        assert found.meeting is not None and found.meeting.facilitator_id == SALMA.id

    def test_what_is_left_out_needs_no_repair_however_wrong(self):
        wrong = a_slot(key="a", room_id=new_id(NOW))

        assert judged(wrong)[0].needs_repair
        assert not judged(wrong, a=Choice(is_left_out=True))[0].needs_repair

    def test_what_is_left_out_takes_nobodys_time(self):
        slots = a_slot(key="a", facilitator_id=KARIM.id), a_slot(key="b", group=1, facilitator_id=KARIM.id)

        one, other = judged(*slots, a=Choice(is_left_out=True))

        assert (one.weight, other.weight) == (Weight.CLASH, None)

    def test_one_person_cannot_lead_here_and_assist_there(self):
        one, other = judged(
            a_slot(key="a", facilitator_id=KARIM.id),
            a_slot(key="b", group=1, facilitator_id=SALMA.id, assistant_ids=(KARIM.id,)),
        )

        assert one.weight is other.weight is Weight.CLASH
        assert one.needs_repair and other.needs_repair

    def test_two_groups_may_meet_at_one_time_in_two_places(self):
        one, other = judged(a_slot(key="a", facilitator_id=KARIM.id), a_slot(key="b", group=1, facilitator_id=SALMA.id))

        assert (one.needs_repair, other.needs_repair) == (False, False)

    def test_one_session_cannot_meet_twice_at_one_time_unless_one_is_left_out(self):
        slots = a_slot(key="a"), a_slot(key="b", starts=time(11), ends=time(13))

        assert [found.problem for found in judged(*slots)] == ["overlaps-another-meeting"] * 2
        assert judged(*slots, b=Choice(is_left_out=True))[0].problem == ""

    def test_one_meeting_may_begin_when_the_one_before_ends(self):
        slots = a_slot(key="a"), a_slot(key="b", starts=time(11, 30), ends=time(13))

        assert [found.problem for found in judged(*slots)] == ["", ""]

    def test_a_graver_problem_stands_before_the_overlap(self):
        slots = a_slot(key="a", room_id=new_id(NOW)), a_slot(key="b")

        assert [found.problem for found in judged(*slots)] == ["room-of-another-agency", "overlaps-another-meeting"]

    def test_what_only_warns_needs_no_repair(self):
        pentecost_monday = judged(a_slot(date(2027, 5, 17)))[0]

        assert (pentecost_monday.weight, pentecost_monday.needs_repair) == (Weight.WARNS, False)

    def test_what_blocks_does(self):
        armistice = judged(a_slot(date(2026, 11, 11)))[0]

        assert (armistice.weight, armistice.needs_repair) == (Weight.BLOCKS, True)


def test_a_signature_names_the_plan_and_not_the_days_left_out():
    plan = Plan(slots=(a_slot(),))

    assert plan.signature == replace(plan, stepped_over=(TUESDAY,)).signature
    assert len(plan.signature) == 16
