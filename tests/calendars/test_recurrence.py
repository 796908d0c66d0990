"""The days of a repeated meeting."""

from datetime import UTC, date, datetime, time

import pytest

from calendars.holidays import holidays
from calendars.recurrence import NoDayLeft, Recurrence, days, instants, is_doubled
from calendars.zones import NonexistentTime

TUESDAY, THURSDAY = 1, 3


def test_every_tuesday_and_thursday_from_a_day_on():
    found = days(date(2026, 11, 24), {TUESDAY, THURSDAY}, 3)

    assert found == [date(2026, 11, 24), date(2026, 11, 26), date(2026, 12, 1)]


def test_the_first_day_counts_only_when_it_is_one_of_them():
    assert days(date(2026, 11, 23), {TUESDAY}, 1) == [date(2026, 11, 24)]


def test_a_closed_day_is_made_up_for_later():
    christmas = holidays("metropole", 2026)

    found = days(date(2026, 12, 18), {4}, 2, christmas)

    assert found == [date(2026, 12, 18), date(2027, 1, 1)]


def test_a_wish_that_only_closed_days_fulfil_ends():
    everything = {date.fromordinal(n) for n in range(date(2026, 1, 1).toordinal(), date(2030, 1, 1).toordinal())}

    assert days(date(2026, 11, 24), {TUESDAY}, 5, everything) == []


def test_without_a_day_of_the_week_there_is_none():
    assert days(date(2026, 11, 24), (), 5) == []


def every_tuesday(**more: object) -> Recurrence:
    return Recurrence(**({"first": date(2026, 11, 24), "weekdays": frozenset({TUESDAY})} | more))


def never(day: date) -> bool:
    return False


def test_every_second_week_is_counted_from_the_week_of_the_first_day():
    wish = every_tuesday(weekdays=frozenset({0, TUESDAY}), every=2, count=3)

    found, _ = wish.drawn(never)

    assert found == [date(2026, 11, 24), date(2026, 12, 7), date(2026, 12, 8)]


def test_it_ends_on_the_last_day_said():
    found, _ = every_tuesday(last=date(2026, 12, 8)).drawn(never)

    assert found == [date(2026, 11, 24), date(2026, 12, 1), date(2026, 12, 8)]


def test_closed_days_between_are_named():
    found, closed = every_tuesday(count=2).drawn(lambda day: day == date(2026, 12, 1))

    assert found == [date(2026, 11, 24), date(2026, 12, 8)]
    assert closed == [date(2026, 12, 1)]


def test_what_is_closed_after_the_last_one_is_not_stepped_over():
    _, closed = every_tuesday(count=1).drawn(lambda day: day == date(2026, 12, 1))

    assert closed == []


@pytest.mark.parametrize("more", [{"last": date(2026, 11, 23)}, {"weekdays": frozenset(), "count": 3}])
def test_no_day_left_is_refused(more):
    with pytest.raises(NoDayLeft):
        every_tuesday(**more).drawn(never)


def test_only_closed_days_leave_none():
    with pytest.raises(NoDayLeft):
        every_tuesday(count=3).drawn(lambda day: True)


def test_the_hour_on_the_wall_stays_over_the_change_of_summer_time():
    before, _ = instants(date(2027, 3, 23), time(9, 30), time(11, 30), "Europe/Paris")
    after, _ = instants(date(2027, 3, 30), time(9, 30), time(11, 30), "Europe/Paris")

    assert (before.hour, after.hour) == (8, 7)


def test_an_hour_that_the_clocks_skip_is_refused():
    with pytest.raises(NonexistentTime):
        instants(date(2027, 3, 28), time(2, 30), time(4), "Europe/Paris")


def test_of_a_doubled_hour_the_first_is_taken():
    starts_at, _ = instants(date(2026, 10, 25), time(2, 30), time(4), "Europe/Paris")

    assert starts_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "zone", "doubled"),
    [
        (date(2026, 10, 25), "Europe/Paris", True),
        (date(2026, 10, 26), "Europe/Paris", False),
        (date(2027, 3, 28), "Europe/Paris", False),
        (date(2026, 10, 25), "Indian/Reunion", False),
    ],
)
def test_which_hours_come_twice(day, zone, doubled):
    assert is_doubled(day, time(2, 30), zone) is doubled
