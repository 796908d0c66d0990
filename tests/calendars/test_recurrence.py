"""The days of a repeated meeting."""

from datetime import date

from calendars.holidays import holidays
from calendars.recurrence import days

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
