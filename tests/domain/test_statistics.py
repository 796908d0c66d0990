"""Rates, periods, and what of all figures may leave the house."""

from datetime import date

import pytest

from booking.domain.agencies import Phase
from booking.domain.errors import InvalidField
from booking.domain.periods import Period, Span, from_months, spanning
from booking.domain.statistics import NO_COUNTS, Row, Statistics, Totals

MONDAY = date(2026, 10, 19)
WEEKS = spanning(Span.WEEKS_4, MONDAY)


def some(**counts: int) -> Totals:
    return Totals(NO_COUNTS | counts)


def told(*totals: Totals) -> Statistics:
    rows = [Row(name=f"Agence {n}", totals=one) for n, one in enumerate(totals)]
    total = {name: sum(one[name] or 0 for one in totals) for name in NO_COUNTS}
    return Statistics(period=WEEKS, counted_at=None, total=Totals(total), before=some(), agencies=rows).outside()


def test_weeks_end_with_the_running_one_and_are_compared_with_as_many_before():
    assert Period(date(2026, 9, 28), date(2026, 10, 26)) == WEEKS
    assert WEEKS.before == Period(date(2026, 8, 31), date(2026, 9, 28))


def test_a_year_is_twelve_months_with_the_running_one():
    year = spanning(Span.YEAR, MONDAY)

    assert (year.begins, year.ends, year.before.begins) == (date(2025, 11, 1), date(2026, 11, 1), date(2024, 11, 1))
    assert year.part_of(MONDAY) == date(2026, 10, 1)


def test_chosen_months_that_are_no_period_are_refused():
    with pytest.raises(InvalidField):
        from_months(date(2026, 5, 1), date(2026, 4, 1))
    with pytest.raises(InvalidField):
        from_months(date(2020, 5, 1), date(2026, 4, 1))


def test_rates_are_of_what_is_known_and_none_where_nothing_is():
    one = some(seats=10, seated=8, came=5, absent=1, excused=1, unmarked=1, waited=4, waited_days=10)

    assert (one.fill, one.absence, one.wait, one.empty, one.lost) == (0.8, 1 / 7, 2.5, 2, 4)
    assert some().fill is some().absence is some().wait is None


def test_a_small_count_and_all_that_gives_it_away_is_hidden_outside():
    found = told(some(seats=40, seated=30, came=28, absent=2), some(seats=40, seated=35, came=30, absent=20))

    small, large = (row.totals for row in found.agencies)
    assert small["absent"] is large["absent"] is None, "the other one could be subtracted from the sum"
    assert small.absence is None and small["came"] == 28
    assert found.total["absent"] == 22 and small["seats"] == 40


def test_a_phase_tells_nothing_of_the_one_agency_that_is_hidden_in_it():
    pilot, opened = Phase.PILOT, Phase.OPEN
    agencies = [
        Row(name="Berriat", phase=pilot, totals=some(absent=3, came=30)),
        Row(name="Chavant", phase=pilot, totals=some(absent=20, came=30)),
        Row(name="Part-Dieu", phase=opened, totals=some(absent=6, came=30)),
    ]
    phases = [
        Row(name=pilot, phase=pilot, totals=some(absent=23, came=60)),
        Row(name=opened, phase=opened, totals=some(absent=6, came=30)),
    ]

    found = Statistics(
        period=WEEKS, counted_at=None, total=some(absent=29), before=some(), agencies=agencies, phases=phases
    ).outside()

    assert [row.totals["absent"] for row in found.agencies] == [None, 20, None]
    assert [row.totals["absent"] for row in found.phases] == [None, None], "20 could be taken from 23"
    assert [row.totals["came"] for row in found.phases] == [60, 30]


def test_a_sum_is_hidden_when_its_parts_cannot_be():
    found = told(some(seats=8, seated=7, came=3), some(seats=8))

    assert found.total["came"] is None
    assert found.total["seats"] == 16


def test_a_mean_is_hidden_with_the_people_it_is_made_of():
    found = told(some(waited=2, waited_days=40), some(waited=30, waited_days=90))

    assert found.agencies[0].totals.wait is found.agencies[0].totals["waited_days"] is None
