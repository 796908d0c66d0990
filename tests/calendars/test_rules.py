"""Rules of repetition: the same days as dateutil gives, and never more work than allowed."""

from datetime import datetime, timedelta
from itertools import takewhile

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calendars.rules import DAYS, MOST_DAYS_OF_RULE, BadRule, Meter, TooMuch, TooOften, occurrences, read

START = datetime(2024, 1, 31, 9, 30)
YEAR = timedelta(days=366)


def chosen(kind: st.SearchStrategy, most: int = 4) -> st.SearchStrategy:
    return st.lists(kind, min_size=1, max_size=most, unique=True)


def joined(values: list[object]) -> str:
    return ",".join(map(str, values))


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Rules of every frequency; those that nothing fits are left out, as dateutil follows them for minutes."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    counts = frequency in ("MONTHLY", "YEARLY") and draw(st.booleans())
    parts = {"FREQ": frequency, "INTERVAL": str(draw(st.integers(1, 3)))}
    if draw(st.booleans()):
        parts["BYDAY"] = joined(
            [
                (draw(st.sampled_from("1 2 3 -1 -2".split())) if counts else "") + day
                for day in draw(chosen(st.sampled_from(DAYS)))
            ]
        )
    elif frequency != "WEEKLY" and draw(st.booleans()):
        parts["BYMONTHDAY"] = joined(draw(chosen(st.sampled_from([1, 13, 28, -1, -2]))))
    elif frequency == "YEARLY" and draw(st.booleans()):
        parts["BYYEARDAY"] = joined(draw(chosen(st.sampled_from([1, 59, 60, 200, -1]))))
    if "BYYEARDAY" not in parts and parts["INTERVAL"] == "1" and draw(st.booleans()):
        parts["BYMONTH"] = joined(draw(chosen(st.integers(1, 12))))
    if draw(st.booleans()):
        parts["COUNT"] = str(draw(st.integers(1, 60)))
    if draw(st.booleans()):
        parts["WKST"] = draw(st.sampled_from(DAYS))
    # In the first week dateutil counts places from the start on, not from the beginning of the week.
    if frequency != "WEEKLY" and draw(st.booleans()):
        parts["BYSETPOS"] = joined(draw(chosen(st.sampled_from([1, -1]))))
    return ";".join(f"{name}={value}" for name, value in parts.items())


@settings(max_examples=300, deadline=None)
@given(rule=rules(), day=st.integers(0, 900), later=st.integers(0, 900))
def test_the_days_are_those_that_dateutil_gives(rule: str, day: int, later: int):
    # A year of 53 weeks or the 31st of some months comes late: dateutil looks for it, too, but not for ever.
    assume(not (rule.startswith("FREQ=YEARLY;INTERVAL=3") and "BYDAY" in rule))
    start = datetime(2020, 1, 1, 9, 30) + timedelta(days=day)
    begins = start + timedelta(days=later)
    ends = begins + YEAR

    found = list(occurrences(read(rule), start, begins, ends, Meter()))

    theirs = takewhile(lambda wall: wall < ends, rrulestr(rule, dtstart=start).xafter(begins, inc=True))
    assert found == list(theirs)


def days(rule: str, start: datetime = START, ends: datetime = START + YEAR) -> list[str]:
    return [f"{wall:%m-%d}" for wall in occurrences(read(rule), start, START, ends, Meter())]


def test_what_the_rule_leaves_open_its_start_says():
    assert days("FREQ=MONTHLY") == ["01-31", "03-31", "05-31", "07-31", "08-31", "10-31", "12-31"]
    assert days("FREQ=YEARLY", datetime(2000, 2, 29, 8)) == ["02-29"]
    assert days("FREQ=WEEKLY;COUNT=2") == ["01-31", "02-07"]


def test_weeks_are_numbered_as_everywhere():
    """dateutil leaves out the first days of January that belong to the last week of the year before."""
    start, ends = datetime(2015, 1, 1, 9), datetime(2035, 1, 1)
    found = set(occurrences(read("FREQ=YEARLY;BYWEEKNO=1,9,52,53"), start, start, ends, Meter()))

    days = (start + timedelta(days=n) for n in range((ends - start).days + 1))
    assert found == {day for day in days if day.isocalendar().week in (1, 9, 52, 53)}


def test_weeks_are_counted_from_the_end_of_the_year_too():
    found = days("FREQ=YEARLY;BYWEEKNO=-1;BYDAY=MO", START, START + 3 * YEAR)

    assert found == ["12-23", "12-22", "12-28"]


def test_ordinary_and_numbered_days_of_one_rule_add_up():
    assert days("FREQ=MONTHLY;BYDAY=MO,-1FR;COUNT=6") == ["02-05", "02-12", "02-19", "02-23", "02-26", "03-04"]


def test_several_hours_of_a_day_are_several_times():
    found = list(occurrences(read("FREQ=DAILY;BYHOUR=9,14;BYMINUTE=0;COUNT=4"), START, START, START + YEAR, Meter()))

    assert [f"{wall:%d %H}" for wall in found] == ["31 14", "01 09", "01 14", "02 09"]


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "freq=minutely", "FREQ=HOURLY;COUNT=1"])
def test_what_repeats_within_the_day_is_refused(rule: str):
    with pytest.raises(TooOften):
        read(rule)


def test_a_second_of_each_minute_of_a_day_is_refused_too():
    with pytest.raises(TooOften):
        read(f"FREQ=DAILY;BYMINUTE={joined(list(range(60)))}")


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "FREQ",
        "FREQ=",
        "FREQ=FORTNIGHTLY",
        "INTERVAL=2",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=99999999999",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=1,x",
        "FREQ=MONTHLY;BYMONTHDAY=١",
        "FREQ=YEARLY;BYMONTH=-1",
        "FREQ=WEEKLY;BYDAY=LU",
        "FREQ=WEEKLY;WKST=1",
        "FREQ=YEARLY;BYEASTER=1",
        "RSCALE=CHINESE;FREQ=YEARLY",
    ],
)
def test_a_rule_that_says_nothing_is_refused(rule: str):
    with pytest.raises(BadRule):
        read(rule)


def test_a_rule_that_nothing_fits_ends_at_once():
    meter = Meter()

    assert list(occurrences(read("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), START, START, START + YEAR, meter)) == []
    assert meter.in_all < 400


def test_what_lies_before_the_window_costs_nothing_unless_it_is_counted():
    old, meter = datetime(1800, 1, 1, 9), Meter()

    assert len(list(occurrences(read("FREQ=DAILY"), old, START, START + YEAR, meter))) == 366
    assert meter.in_all < 400
    assert list(occurrences(read("FREQ=DAILY;COUNT=9"), old, START, START + YEAR, meter)) == []


def test_counting_for_centuries_is_refused():
    with pytest.raises(TooMuch):
        list(occurrences(read("FREQ=DAILY;COUNT=999999"), datetime(1, 1, 1), START, START + YEAR, Meter()))


def test_many_rules_together_are_refused_although_each_is_cheap():
    meter = Meter(in_all=10 * MOST_DAYS_OF_RULE)

    with pytest.raises(TooMuch):
        list(occurrences(read("FREQ=WEEKLY"), START, START, START + YEAR, meter))
    assert meter.is_spent


def test_the_ends_of_time_are_no_trouble():
    first, last = datetime(1, 1, 1), datetime(9999, 12, 31)

    assert list(occurrences(read("FREQ=WEEKLY"), first, first, first + YEAR, Meter()))[:1] == [first]
    assert len(list(occurrences(read("FREQ=WEEKLY;WKST=WE"), last, last - YEAR, last, Meter()))) == 0
