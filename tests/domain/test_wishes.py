"""Wishes: what can be said in one sentence, and the days that it comes to."""

from datetime import date, time

import pytest

from booking.domain.errors import InvalidField
from booking.domain.identifiers import new_id
from booking.domain.rooms import Closure, SchoolHoliday
from booking.domain.wishes import Wish
from calendars.recurrence import Recurrence
from tests.given import NOW

AGENCY, VERCORS = new_id(NOW), new_id(NOW)
TODAY, TUESDAY = date(2026, 10, 19), date(2026, 10, 27)
WHEN = ("first", "weekdays", "count", "last", "every")


def a_wish(**known: object) -> Wish:
    when = {"first": TUESDAY, "weekdays": frozenset({1}), "count": 3} | {n: known.pop(n) for n in WHEN if n in known}
    usual = {"agency_id": AGENCY, "workshop_id": AGENCY, "starts": time(9, 30), "ends": time(11, 30), "capacity": 8}
    return Wish(recurrence=Recurrence(**when), **(usual | known))


def problems(**known: object) -> dict[str, str]:
    with pytest.raises(InvalidField) as refused:
        a_wish(**known).checked(NOW, "Europe/Paris")
    return refused.value.facts["fields"]


def days(closures=(), school=(), **known: object) -> list[str]:
    found, _ = a_wish(**known).days("metropole", closures, school)
    return [f"{day:%d.%m}" for day in found]


def shut(first: date, last: date, room=None) -> Closure:
    return Closure(id=new_id(NOW), agency_id=AGENCY, room_id=room, first_on=first, last_on=last, because="Travaux")


class TestWhatCanBeWished:
    @pytest.mark.parametrize(
        "known",
        [
            {},
            {"capacity": 1},
            {"capacity": 500},
            {"first": TODAY, "weekdays": frozenset({0})},
            {"starts": time(8), "ends": time(18)},
            {"every": 26},
            {"count": None, "last": TUESDAY},
            {"count": 100},
            {"count": 40, "is_cycle": True},
            {"count": 25, "cycles": 4, "is_cycle": True},
            {"weekdays": frozenset(range(7))},
        ],
    )
    def test_this_can(self, known):
        wish = a_wish(**known)

        assert wish.checked(NOW, "Europe/Paris") is wish

    @pytest.mark.parametrize(
        ("known", "said"),
        [
            ({"capacity": 0}, {"capacity": "out-of-range"}),
            ({"capacity": 501}, {"capacity": "out-of-range"}),
            ({"ends": time(9, 30)}, {"ends": "ends-before-it-starts"}),
            ({"starts": time(8), "ends": time(18, 1)}, {"ends": "lasts-too-long"}),
            ({"first": date(2026, 10, 18)}, {"first": "in-the-past"}),
            ({"first": date(2028, 10, 20)}, {"first": "too-far-ahead"}),
            ({"weekdays": frozenset()}, {"weekdays": "required"}),
            ({"weekdays": frozenset({7})}, {"weekdays": "unknown-choice"}),
            ({"every": 0}, {"every": "out-of-range"}),
            ({"every": 27}, {"every": "out-of-range"}),
            ({"count": None}, {"count": "required"}),
            ({"count": 0}, {"count": "out-of-range"}),
            ({"count": 101}, {"count": "out-of-range", "cycles": "too-many-meetings"}),
            ({"count": 41, "is_cycle": True}, {"count": "out-of-range"}),
            ({"count": None, "last": date(2026, 10, 26)}, {"last": "ends-before-it-starts"}),
            ({"cycles": 0}, {"cycles": "out-of-range"}),
            ({"cycles": 2, "count": None, "last": date(2027, 1, 1)}, {"count": "required"}),
            ({"cycles": 26, "count": 4, "is_cycle": True}, {"cycles": "too-many-meetings"}),
            ({"facilitator_id": AGENCY, "assistant_ids": (AGENCY,)}, {"assistants": "leads-and-assists"}),
        ],
    )
    def test_this_cannot_and_is_told_beside_its_field(self, known, said):
        assert problems(**known) == said

    def test_the_day_is_that_of_the_place(self):
        late_in_paris = NOW.replace(hour=21)  # one o'clock on the 20th in La Réunion
        wish = a_wish(first=TODAY, weekdays=frozenset({0}))

        assert wish.checked(late_in_paris, "Europe/Paris")
        with pytest.raises(InvalidField):
            wish.checked(late_in_paris, "Indian/Reunion")

    def test_nobody_leads_and_nobody_assists_is_no_contradiction(self):
        assert a_wish(facilitator_id=None, assistant_ids=()).checked(NOW, "Europe/Paris")


class TestTheDays:
    def test_they_are_counted(self):
        assert days() == ["27.10", "03.11", "10.11"]

    def test_cycles_follow_one_another(self):
        assert days(is_cycle=True, cycles=2, count=2) == ["27.10", "03.11", "10.11", "17.11"]

    def test_they_end_on_a_day(self):
        assert days(count=None, last=date(2026, 11, 10)) == ["27.10", "03.11", "10.11"]

    def test_public_holidays_are_stepped_over_and_made_up_at_the_end(self):
        wednesdays = {"first": date(2026, 11, 4), "weekdays": frozenset({2})}

        assert days(**wednesdays) == ["04.11", "18.11", "25.11"]

    def test_what_is_stepped_over_is_told(self):
        wednesdays = a_wish(first=date(2026, 11, 4), weekdays=frozenset({2}))

        _, closed = wednesdays.days("metropole", (), ())

        assert closed == [date(2026, 11, 11)]

    def test_pentecost_monday_is_often_worked_and_not_stepped_over(self):
        assert days(first=date(2027, 5, 10), weekdays=frozenset({0})) == ["10.05", "17.05", "24.05"]

    def test_who_wishes_so_works_on_holidays_and_closed_days(self):
        own = {"first": date(2026, 11, 4), "weekdays": frozenset({2}), "steps_over_closed": False}

        assert days([shut(date(2026, 11, 18), date(2026, 11, 18))], **own) == ["04.11", "11.11", "18.11"]

    def test_closures_of_the_agency_are_stepped_over(self):
        assert days([shut(date(2026, 11, 1), date(2026, 11, 3))]) == ["27.10", "10.11", "17.11"]

    def test_a_closed_room_is_stepped_over_by_who_wants_that_room(self):
        closed = [shut(date(2026, 11, 1), date(2026, 11, 3), VERCORS)]

        assert days(closed, room_id=VERCORS) == ["27.10", "10.11", "17.11"]
        assert days(closed, room_id=new_id(NOW)) == ["27.10", "03.11", "10.11"]

    def test_school_holidays_are_stepped_over_only_when_told_so(self):
        autumn = [SchoolHoliday(zone="A", name="Toussaint", first_on=date(2026, 10, 17), last_on=date(2026, 11, 3))]

        assert days(school=autumn) == ["27.10", "03.11", "10.11"]
        assert days(school=autumn, steps_over_school=True) == ["10.11", "17.11", "24.11"]

    @pytest.mark.parametrize(("said", "field"), [({"last": TUESDAY, "count": None}, "last"), ({}, "weekdays")])
    def test_where_every_day_is_closed_it_is_said_beside_the_field_that_can_be_changed(self, said, field):
        with pytest.raises(InvalidField) as refused:
            days([shut(TODAY, date(2029, 1, 1))], **said)

        assert refused.value.facts["fields"] == {field: "no-day-left"}

    def test_a_plan_until_a_day_has_at_most_a_hundred_sessions(self):
        daily = {"weekdays": frozenset(range(7)), "count": None, "steps_over_closed": False}

        assert len(days(last=date(2027, 2, 3), **daily)) == 100
        with pytest.raises(InvalidField) as refused:
            days(last=date(2027, 2, 4), **daily)
        assert refused.value.facts["fields"] == {"last": "too-many-meetings"}

    def test_a_cycle_until_a_day_has_at_most_forty_meetings(self):
        daily = {"weekdays": frozenset(range(7)), "count": None, "steps_over_closed": False, "is_cycle": True}

        assert len(days(last=date(2026, 12, 5), **daily)) == 40
        with pytest.raises(InvalidField):
            days(last=date(2026, 12, 6), **daily)
