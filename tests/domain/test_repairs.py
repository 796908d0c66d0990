"""Ways out of what stands against a meeting: the least change first, and never one that breaks another."""

from dataclasses import replace
from datetime import date, datetime, time

from booking.domain.hours import Span
from booking.domain.identifiers import new_id
from booking.domain.obstacles import Occupied, Person, Surroundings
from booking.domain.planner import Choice, Plan, Proposal, Slot, proposals
from booking.domain.repairs import RepairKind, first_of_each, repairs
from booking.domain.rooms import Closure, Room
from calendars.zones import to_utc
from tests.given import NOW

AGENCY = new_id(NOW)
TUESDAY, WEDNESDAY, SATURDAY = date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 28)


def a_room(name: str, seats: int = 12, **known: object) -> Room:
    return Room(id=new_id(NOW), agency_id=AGENCY, name=name, seats=seats, workstations=seats, **known)


def a_person(name: str, **known: object) -> Person:
    return Person(id=new_id(NOW), name=name, **known)


VERCORS, BELLEDONNE = a_room("Vercors"), a_room("Belledonne")
KARIM, SALMA, THEO = a_person("Karim"), a_person("Salma"), a_person("Théo", is_facilitator=False)


def around(*rooms: Room, people: tuple[Person, ...] = (KARIM, SALMA, THEO), **known: object) -> Surroundings:
    own = {"rooms": {room.id: room for room in rooms or (VERCORS, BELLEDONNE)}, "people": {p.id: p for p in people}}
    return Surroundings(zone="Europe/Paris", territory="metropole", **(own | known))


def a_slot(day: date = TUESDAY, **known: object) -> Slot:
    usual = {"key": day.isoformat(), "group": 0, "workshop_id": AGENCY, "capacity": 8, "room_id": VERCORS.id}
    hours = {"starts": time(9, 30), "ends": time(11, 30), "facilitator_id": KARIM.id}
    return Slot(day=day, **(usual | hours | known))


def busy(holder, day: date = TUESDAY) -> Occupied:
    hours = {"starts_at": to_utc(day, time(9), "Europe/Paris"), "ends_at": to_utc(day, time(12), "Europe/Paris")}
    return Occupied(holder_id=holder.id, session_id=new_id(NOW), agency_id=AGENCY, title="Autre", **hours)


def shut(first: date, last: date | None = None, room: Room | None = None) -> Closure:
    about = {"room_id": room and room.id, "because": "Travaux"}
    return Closure(id=new_id(NOW), agency_id=AGENCY, first_on=first, last_on=last or first, **about)


def seen(there: Surroundings, *slots: Slot, choices: dict[str, Choice] | None = None) -> list[Proposal]:
    return proposals(Plan(slots=slots), choices or {}, there, NOW)


def ways(there: Surroundings, *slots: Slot) -> list[str]:
    found = seen(there, *(slots or (a_slot(),)))
    return [" + ".join(map(_said, way.steps)) for way in repairs(found[0], found, there, NOW)]


def _said(step) -> str:
    return step.name or (step.day and f"{step.day:%a %d.%m}") or step.kind.value


class TestOneChange:
    def test_where_the_room_is_taken_another_room_comes_first_and_then_another_day(self):
        assert ways(around(occupied=[busy(VERCORS)])) == ["Belledonne", "Wed 25.11", "Tue 01.12"]

    def test_where_the_facilitator_is_elsewhere_somebody_else_leads(self):
        assert ways(around(occupied=[busy(KARIM)])) == ["Salma", "Wed 25.11", "Tue 01.12"]

    def test_where_the_assistant_is_elsewhere_the_facilitator_leads_alone(self):
        assert ways(around(occupied=[busy(THEO)]), a_slot(assistant_ids=(THEO.id,))) == [
            "alone",
            "Wed 25.11",
            "Tue 01.12",
        ]

    def test_who_cannot_lead_and_who_assists_already_are_not_proposed(self):
        there = around(occupied=[busy(KARIM)])

        assert "Théo" not in ways(there)
        assert "Salma" not in ways(there, a_slot(assistant_ids=(SALMA.id,)))

    def test_a_room_out_of_use_or_too_small_is_not_proposed(self):
        small, archived = a_room("Chartreuse", seats=4), a_room("Oisans", archived_at=NOW)

        assert ways(around(VERCORS, small, archived, occupied=[busy(VERCORS)])) == ["Wed 25.11", "Tue 01.12"]

    def test_a_slot_that_asked_for_no_room_and_no_facilitator_is_given_none(self):
        there = around(closures=[shut(TUESDAY)])

        assert ways(there, a_slot(room_id=None, facilitator_id=None)) == ["Wed 25.11", "Tue 01.12"]

    def test_at_most_four_rooms_are_proposed(self):
        rooms = [a_room(f"Salle {n}") for n in range(6)]

        found = ways(around(VERCORS, *rooms, occupied=[busy(VERCORS)]))

        assert found == ["Salle 0", "Salle 1", "Salle 2", "Salle 3", "Wed 25.11", "Tue 01.12"]

    def test_at_most_four_people_are_proposed(self):
        people = tuple(a_person(f"Personne {n}") for n in range(6))
        there = around(people=(KARIM, *people), occupied=[busy(KARIM)])

        assert ways(there) == [*(f"Personne {n}" for n in range(4)), "Wed 25.11", "Tue 01.12"]

    def test_what_is_only_said_stands_in_nobodys_way(self):
        whit_monday = datetime(2027, 5, 17).date()
        there = around(closures=[shut(date(2027, 5, 14))])

        assert ways(there, a_slot(date(2027, 5, 14))) == ["Mon 17.05", "Fri 21.05"]
        assert seen(there, a_slot(whit_monday))[0].needs_repair is False


class TestAnotherDay:
    def test_weekends_are_stepped_over_unless_it_was_to_be_on_one(self):
        there = around(closures=[shut(date(2026, 11, 27), SATURDAY)])

        assert ways(there, a_slot(date(2026, 11, 27))) == ["Mon 30.11", "Fri 04.12"]
        assert ways(there, a_slot(SATURDAY)) == ["Mon 30.11", "Sat 05.12"]

    def test_a_day_that_the_same_session_already_has_is_not_proposed_twice(self):
        there = around(closures=[shut(TUESDAY)])
        cycle = a_slot(), a_slot(WEDNESDAY), a_slot(date(2026, 12, 1))

        assert ways(there, *cycle) == ["Thu 26.11", "Tue 08.12"]

    def test_nor_where_neither_a_room_nor_a_person_is_in_the_way(self):
        there = around(closures=[shut(TUESDAY)])
        bare = {"room_id": None, "facilitator_id": None}

        assert ways(there, a_slot(**bare), a_slot(WEDNESDAY, **bare))[0] == "Thu 26.11"

    def test_a_friday_is_a_working_day(self):
        thursday = date(2026, 11, 26)

        assert ways(around(closures=[shut(thursday)]), a_slot(thursday))[0] == "Fri 27.11"

    def test_a_day_of_another_session_of_the_plan_may_be_proposed_where_its_room_is_free_then(self):
        there = around(closures=[shut(TUESDAY)])
        afternoon = a_slot(WEDNESDAY, group=1, starts=time(14), ends=time(16))

        assert ways(there, a_slot(), afternoon)[0] == "Wed 25.11"

    def test_a_day_left_out_is_free_again(self):
        there = around(closures=[shut(TUESDAY)])
        slots = a_slot(), a_slot(WEDNESDAY)

        found = seen(there, *slots, choices={WEDNESDAY.isoformat(): Choice(is_left_out=True)})

        assert repairs(found[0], found, there, NOW)[0].day == WEDNESDAY

    def test_one_looks_six_weeks_ahead_and_no_further(self):
        six_weeks = date(2027, 1, 5)

        assert ways(around(closures=[shut(TUESDAY, date(2027, 1, 3))])) == ["Mon 04.01"]
        assert ways(around(closures=[shut(TUESDAY, six_weeks)])) == []

    def test_an_hour_that_does_not_exist_that_night_is_moved_to_another(self):
        spring = date(2027, 3, 28)
        night = a_slot(spring, starts=time(2, 30), ends=time(4, 30))

        (found,) = seen(around(), night)

        assert (found.problem, found.meeting, found.obstacles) == ("no-such-hour", None, ())
        assert ways(around(), night) == ["Tue 30.03", "Sun 04.04"]  # the 29th is Easter Monday


class TestTwoChanges:
    def test_where_one_change_is_not_enough_two_are_proposed(self):
        tied = around(
            occupied=[busy(VERCORS), busy(KARIM)],
            closures=[shut(WEDNESDAY, date(2027, 1, 10))],
        )

        assert ways(tied) == ["Belledonne + Salma"]

    def test_another_room_on_another_day_where_the_own_is_closed_for_long(self):
        there = around(closures=[shut(TUESDAY), shut(WEDNESDAY, date(2027, 1, 10), VERCORS)])

        assert ways(there) == ["Belledonne + Wed 25.11"]
        found = seen(there, a_slot())
        assert repairs(found[0], found, there, NOW)[0].day == WEDNESDAY

    def test_somebody_else_on_another_day_where_the_own_facilitator_is_away_for_long(self):
        until_today = replace(KARIM, ends_on=TUESDAY)
        there = around(closures=[shut(TUESDAY)], people=(until_today, SALMA))

        assert ways(there) == ["Salma + Wed 25.11"]

    def test_two_changes_are_not_proposed_where_one_is_enough(self):
        there = around(occupied=[busy(VERCORS)])

        assert not any("+" in way for way in ways(there))


class TestTheFirstOfEach:
    def test_every_proposal_that_needs_one_gets_its_first_way_out(self):
        there = around(occupied=[busy(VERCORS), busy(KARIM, WEDNESDAY)])
        found = seen(there, a_slot(), a_slot(WEDNESDAY, group=1))
        open_to = {one.wished.key: repairs(one, found, there, NOW) for one in found}

        chosen = first_of_each(found, open_to, {})

        assert chosen[TUESDAY.isoformat()].changes == {"room_id": BELLEDONNE.id}
        assert chosen[WEDNESDAY.isoformat()].changes == {"facilitator_id": SALMA.id}

    def test_no_two_move_to_the_same_day(self):
        there = around(BELLEDONNE, closures=[shut(TUESDAY)])
        morning, evening = (
            a_slot(key=key, group=n, room_id=None, facilitator_id=None) for n, key in enumerate(("matin", "soir"))
        )
        found = seen(there, morning, evening)
        open_to = {one.wished.key: repairs(one, found, there, NOW) for one in found}

        chosen = first_of_each(found, open_to, {})

        assert [chosen[key].changes["day"] for key in ("matin", "soir")] == [WEDNESDAY, date(2026, 12, 1)]

    def test_what_has_no_way_out_stays_as_it_was_chosen(self):
        left_out = {TUESDAY.isoformat(): Choice(is_left_out=True)}

        assert first_of_each(seen(around(), a_slot()), {}, left_out) == left_out

    def test_who_leads_alone_has_no_assistant(self):
        there = around(occupied=[busy(THEO)])
        found = seen(there, a_slot(assistant_ids=(THEO.id,)))

        alone, *_ = repairs(found[0], found, there, NOW)

        assert [step.kind for step in alone.steps] == [RepairKind.ALONE]
        assert (alone.changes, alone.day) == ({"assistant_ids": ()}, None)


class TestHoursOfTheWeek:
    def test_a_room_that_is_open_in_the_morning_only_is_no_way_out_of_an_afternoon(self):
        mornings = replace(BELLEDONNE, opening_hours=tuple(Span(day, time(8), time(12)) for day in range(5)))
        there = around(VERCORS, mornings, closures=[shut(TUESDAY, room=VERCORS)])

        assert ways(there)[0] == "Belledonne"
        assert ways(there, a_slot(starts=time(14), ends=time(16)))[0] == "Wed 25.11"
