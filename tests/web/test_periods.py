"""Which days an agenda shows, and how its address says it."""

from datetime import date

import pytest

from booking.web.pages import periods
from booking.web.pages.periods import Period, View

TODAY = date(2026, 10, 22)  # a Thursday


def read(**said: str) -> Period:
    return periods.read(lambda name: said.get(name, ""), TODAY)


@pytest.mark.parametrize(
    ("said", "view", "first", "last"),
    [
        ({}, View.WEEK, "2026-10-19", "2026-10-25"),
        ({"semaine": "2026-W48"}, View.WEEK, "2026-11-23", "2026-11-29"),
        ({"jour": "2026-11-24"}, View.DAY, "2026-11-24", "2026-11-24"),
        ({"mois": "2028-02"}, View.MONTH, "2028-02-01", "2028-02-29"),
        ({"vue": "liste", "mois": "2026-12"}, View.LIST, "2026-12-01", "2026-12-31"),
        ({"vue": "mois"}, View.MONTH, "2026-10-01", "2026-10-31"),
        ({"vue": "mois", "jour": "2026-11-24"}, View.MONTH, "2026-11-01", "2026-11-30"),
        ({"vue": "jour", "semaine": "2026-W53"}, View.DAY, "2026-12-28", "2026-12-28"),
    ],
)
def test_an_address_says_the_view_and_the_time(said, view, first, last):
    period = read(**said)

    assert (period.view, str(period.first), str(period.last)) == (view, first, last)


@pytest.mark.parametrize("said", ["2026", "2026-W99", "2025-W53", "abc-Wx", "2026-W", "9999-W52", "0001-W01"])
def test_a_week_that_cannot_be_read_is_the_present_one(said):
    assert read(semaine=said).holds(TODAY)


@pytest.mark.parametrize(
    "said", [{"jour": "2026-02-29"}, {"jour": "9999-12-31"}, {"mois": "2026-13"}, {"vue": "an"}, {"mois": "x"}]
)
def test_what_cannot_be_read_is_today(said):
    assert read(**said).holds(TODAY)


@pytest.mark.parametrize("view", View)
def test_periods_follow_each_other_without_a_gap(view):
    period = Period.around(view, date(2027, 3, 28))  # summer time begins

    assert period.after.first - period.last == period.first - period.before.last == periods.DAY
    assert period.after.before == period.before.after == period


@pytest.mark.parametrize("view", View)
def test_an_address_leads_back_to_its_period(view):
    period = Period.around(view, date(2026, 12, 31))

    assert read(**period.address) == period


def test_another_view_of_the_present_shows_today():
    assert Period.around(View.MONTH, TODAY).seen_as(View.WEEK, TODAY).holds(TODAY)
    assert Period.around(View.MONTH, TODAY).seen_as(View.DAY, TODAY).first == TODAY


def test_another_view_of_another_time_begins_with_it():
    november = Period.around(View.MONTH, date(2026, 11, 15))

    assert november.seen_as(View.DAY, TODAY).first == date(2026, 11, 1)
    assert november.seen_as(View.WEEK, TODAY).holds(date(2026, 11, 1))
