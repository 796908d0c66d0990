"""When somebody can be planned: appointments and hours of the week, and a last day."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from booking.domain.errors import InvalidField
from booking.domain.hours import MOST_SPANS, Span
from booking.domain.identifiers import new_id
from booking.domain.staff import Role
from booking.domain.teams import BusyTime, Member
from tests.given import NOW, in_days

FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
MOMENT, YEAR = timedelta(seconds=1), timedelta(days=365)
TUESDAY = (Span(1, time(9), time(12)),)


def busy(**known: object) -> BusyTime:
    usual = {"starts_at": in_days(14), "ends_at": in_days(15), "because": "Formation"}
    return BusyTime(id=new_id(NOW), staff_id=new_id(NOW), **(usual | known))


def a_member(*roles: Role) -> Member:
    return Member(id=new_id(NOW), name="Karim", roles=frozenset(roles))


def problems(one: BusyTime) -> dict[str, str]:
    with pytest.raises(InvalidField) as refused:
        one.checked()
    return refused.value.facts["fields"]


class TestAppointments:
    def test_one_with_a_reason_and_hours_can_be_kept(self):
        one = busy()

        assert one.checked() is one

    @pytest.mark.parametrize("lasts", [timedelta(), -MOMENT, -YEAR])
    def test_one_ends_after_it_begins(self, lasts):
        assert problems(busy(ends_at=in_days(14) + lasts)) == {"ends_at": "ends-before-it-starts"}

    def test_one_may_last_from_the_first_day_of_every_calendar_to_the_last(self):
        assert busy(starts_at=FIRST, ends_at=LAST).checked()

    def test_what_lies_beyond_every_calendar_is_named_at_its_end(self):
        assert problems(busy(starts_at=FIRST - MOMENT)) == {"starts_at": "far-away"}
        assert problems(busy(ends_at=LAST + MOMENT)) == {"ends_at": "far-away"}
        assert problems(busy(starts_at=LAST + MOMENT, ends_at=LAST + YEAR)) == {
            "starts_at": "far-away",
            "ends_at": "far-away",
        }

    @pytest.mark.parametrize(("because", "code"), [(" ", "required"), ("A" * 121, "too-long")])
    def test_whoever_plans_is_told_why(self, because, code):
        assert problems(busy(because=because)) == {"because": code}


class TestHours:
    def test_only_who_facilitates_leads(self):
        assert a_member(Role.FACILITATOR).facilitates
        assert a_member(Role.ASSISTANT, Role.FACILITATOR).facilitates
        assert not a_member(Role.ASSISTANT, Role.MANAGER).facilitates

    def test_hours_and_a_last_day_replace_those_before(self):
        karim = a_member(Role.FACILITATOR).available(TUESDAY, date(2027, 6, 30))

        assert (karim.availability, karim.ends_on) == (TUESDAY, date(2027, 6, 30))
        assert karim.available((), None) == replace(karim, availability=(), ends_on=None)

    @pytest.mark.parametrize("day", [date(2000, 1, 1), date(2100, 1, 1)])
    def test_the_last_day_may_be_any_that_a_calendar_shows(self, day):
        assert a_member().available((), day).ends_on == day

    @pytest.mark.parametrize("day", [date(1999, 12, 31), date(2100, 1, 2)])
    def test_and_none_beyond(self, day):
        with pytest.raises(InvalidField) as refused:
            a_member().available((), day)

        assert refused.value.facts["fields"] == {"ends_on": "far-away"}

    def test_hours_that_cannot_be_are_named_by_their_number(self):
        backwards = (*TUESDAY, Span(2, time(12), time(9)))

        with pytest.raises(InvalidField) as refused:
            a_member().available(backwards, None)

        assert refused.value.facts["fields"] == {"availability.2": "ends-before-it-starts"}

    def test_a_week_has_fourteen_spans(self):
        halves = [Span(day, time(hour), time(hour + 4)) for day in range(7) for hour in (8, 14)]

        assert len(a_member().available(tuple(halves), None).availability) == MOST_SPANS
        with pytest.raises(InvalidField):
            a_member().available((*halves, Span(6, time(20), time(21))), None)
