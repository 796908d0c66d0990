"""The form of the planner: what is typed, what it means, and what is chosen of each proposed meeting."""

from datetime import date, time

import pytest

from booking.domain.identifiers import new_id
from booking.domain.planner import Choice
from booking.domain.repairs import Repair, RepairKind, Step
from booking.domain.wishes import Wish
from booking.services.choices import Choices
from booking.web.forms import Form
from booking.web.pages import plan_choices, plan_forms
from tests.given import NOW, a_workshop, an_agency

WORKSHOP = a_workshop(usual_minutes=90, usual_capacity=6)
CHOICES = Choices(agencies=(), agency=an_agency(), workshops=(WORKSHOP,), rooms=(), facilitators=(), assistants=())
ROOM, KARIM, THEO = (new_id(NOW) for _ in range(3))
TUESDAY = "2026-11-24"


def form(*pairs: tuple[str, str], **said: str) -> Form:
    return Form([*said.items(), *pairs])


def a_form(*pairs: tuple[str, str], **said: str) -> Form:
    usual = {"workshop": str(WORKSHOP.id), "first": "24/11/2026", "starts": "9:30", "count": "3", "capacity": "8"}
    return form(*pairs, **(usual | said))


def wished(*pairs: tuple[str, str], **said: str) -> Wish:
    sent = a_form(*pairs, **said)
    found = plan_forms.wish(sent, CHOICES)
    assert found is not None, sent.problems.found
    return found


def problems(*pairs: tuple[str, str], **said: str) -> dict[str, str]:
    sent = a_form(*pairs, **said)
    assert plan_forms.wish(sent, CHOICES) is None
    return sent.problems.found


class TestAWish:
    def test_little_is_enough_and_the_workshop_says_the_rest(self):
        wish = wished(capacity="", count="3")

        assert (wish.agency_id, wish.workshop_id) == (CHOICES.agency.id, WORKSHOP.id)
        assert (wish.capacity, wish.starts, wish.ends) == (6, time(9, 30), time(11))
        assert (wish.recurrence.first, wish.recurrence.weekdays) == (date(2026, 11, 24), {1})
        assert (wish.is_cycle, wish.cycles, wish.recurrence.every) == (False, 1, 1)
        assert (wish.room_id, wish.facilitator_id, wish.assistant_ids) == (None, None, ())

    def test_what_is_said_counts(self):
        days = [("weekdays", "1"), ("weekdays", "3"), ("weekdays", "9"), ("assistants", str(THEO)), ("assistants", "")]

        wish = wished(*days, ends="12:00", every="2", last="2027-01-31", room=str(ROOM), facilitator=str(KARIM))

        assert (wish.ends, wish.recurrence.every, wish.recurrence.last) == (time(12), 2, date(2027, 1, 31))
        assert (wish.recurrence.weekdays, wish.assistant_ids) == ({1, 3}, (THEO,))
        assert (wish.room_id, wish.facilitator_id) == (ROOM, KARIM)

    def test_cycles_are_counted_only_where_cycles_are_wished(self):
        assert wished(cycles="4").cycles == 1
        assert (wished(shape="cycle", cycles="4").cycles, wished(shape="cycle").is_cycle) == (4, True)

    @pytest.mark.parametrize("name", plan_forms.FLAGS)
    def test_closed_days_and_school_holidays_are_stepped_over_where_it_is_ticked(self, name):
        assert (getattr(wished(**{name: "1"}), name), getattr(wished(), name)) == (True, False)

    def test_a_workshop_that_would_last_past_midnight_ends_with_the_day(self):
        assert wished(starts="23:00").ends == time(23, 59, 59)

    @pytest.mark.parametrize(
        ("said", "found"),
        [
            ({"workshop": ""}, {"workshop": "required", "ends": "required"}),
            ({"workshop": str(ROOM)}, {"workshop": "unknown-choice", "ends": "required"}),
            ({"first": ""}, {"first": "required"}),
            ({"first": "29/02/2027"}, {"first": "no-such-day"}),
            ({"first": "mardi"}, {"first": "not-a-day"}),
            ({"last": "31/11/2026"}, {"last": "no-such-day"}),
            ({"starts": "neuf heures"}, {"starts": "not-an-hour", "ends": "required"}),
            ({"ends": "25:00"}, {"ends": "not-an-hour"}),
            ({"count": "trois"}, {"count": "not-a-number"}),
            ({"capacity": "x"}, {"capacity": "not-a-number"}),
            ({"room": "salle 3"}, {"room": "unknown-choice"}),
        ],
    )
    def test_what_cannot_be_read_is_told_beside_its_field(self, said, found):
        assert problems(**said) == found

    def test_an_assistant_that_cannot_be_read_is_told(self):
        assert problems(("assistants", "Théo"), ("assistants", str(THEO))) == {"assistants": "unknown-choice"}


class TestTheNextWish:
    def test_it_begins_with_what_the_address_says(self):
        typed = plan_forms.typed(a_form(("weekdays", "1"), ("weekdays", "3"), steps_over_school="1"))

        again = plan_forms.begun(typed.address)

        assert again == typed
        assert (again["first"], again.several["weekdays"]) == ("24/11/2026", ["1", "3"])

    def test_a_new_wish_steps_over_holidays_until_somebody_says_no(self):
        assert plan_forms.begun("")["steps_over_closed"] == "1"
        assert plan_forms.begun(f"workshop={WORKSHOP.id}")["steps_over_closed"] == "1"
        assert plan_forms.begun("first=2026-11-24")["steps_over_closed"] == ""

    def test_blanks_around_what_is_typed_are_nothing(self):
        assert plan_forms.typed(form(first="  ", capacity=" 8 "))["capacity"] == "8"
        assert plan_forms.typed(form(first="  ")).address == ""


def chosen(*pairs: tuple[str, str], **said: str) -> tuple[dict[str, Choice], dict[str, str]]:
    row = {f"row.{TUESDAY}": TUESDAY, f"keep.{TUESDAY}": "1"}
    sent = Form([*row.items(), *((f"{name}.{TUESDAY}", value) for name, value in said.items()), *pairs])
    return plan_choices.choices(sent), sent.problems.found


class TestChoices:
    def test_a_proposal_that_is_kept_is_as_it_was_wished(self):
        assert chosen(on=TUESDAY, room="", facilitator="") == ({TUESDAY: Choice()}, {})

    def test_one_that_is_not_ticked_is_left_out(self):
        found = plan_choices.choices(Form([(f"row.{TUESDAY}", TUESDAY)]))

        assert found == {TUESDAY: Choice(is_left_out=True)}

    def test_another_day_room_and_person_are_changes(self):
        found, _ = chosen(on="25/11/2026", room=str(ROOM), facilitator=str(KARIM), alone="1")

        assert found[TUESDAY].changes == {
            "day": date(2026, 11, 25),
            "room_id": ROOM,
            "facilitator_id": KARIM,
            "assistant_ids": (),
        }

    def test_no_room_and_nobody_are_choices_too(self):
        found, _ = chosen(room="none", facilitator="none")

        assert found[TUESDAY].changes == {"room_id": None, "facilitator_id": None}

    @pytest.mark.parametrize(
        ("said", "problem"),
        [
            ({"on": "31/11/2026"}, {f"on.{TUESDAY}": "no-such-day"}),
            ({"on": "demain"}, {f"on.{TUESDAY}": "not-a-day"}),
            ({"room": "salle 3"}, {f"room.{TUESDAY}": "unknown-choice"}),
            ({"repair": "room:salle3"}, {f"repair.{TUESDAY}": "unknown-choice"}),
            ({"repair": "day:demain"}, {f"repair.{TUESDAY}": "unknown-choice"}),
            ({"repair": "price:12"}, {f"repair.{TUESDAY}": "unknown-choice"}),
        ],
    )
    def test_what_cannot_be_read_is_told_beside_the_proposal(self, said, problem):
        assert chosen(**said)[1] == problem

    @pytest.mark.parametrize(
        "way",
        [
            Repair((Step(RepairKind.ROOM, id=ROOM),)),
            Repair((Step(RepairKind.DAY, day=date(2026, 12, 1)),)),
            Repair((Step(RepairKind.ALONE),)),
            Repair((Step(RepairKind.ROOM, id=ROOM), Step(RepairKind.DAY, day=date(2026, 12, 1)))),
        ],
    )
    def test_a_way_out_that_is_ticked_is_what_it_said(self, way):
        found, problem = chosen(repair=plan_choices.said(way))

        assert (found[TUESDAY].changes, problem) == (way.changes, {})

    def test_a_way_out_wins_over_the_field_beside_it(self):
        found, _ = chosen(room=str(THEO), repair=f"room:{ROOM}")

        assert found[TUESDAY].changes == {"room_id": ROOM}

    def test_choices_are_carried_along_and_nothing_else(self):
        sent = form((f"row.{TUESDAY}", TUESDAY), (f"on.{TUESDAY}", ""), ("because", "Panne"), ("form_token", "x"))

        assert [name for name, _ in plan_choices.carried(sent)] == [f"row.{TUESDAY}", f"on.{TUESDAY}", "because"]
