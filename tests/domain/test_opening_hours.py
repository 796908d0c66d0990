"""Opening hours as lists of places write them: what is understood, and that nothing is guessed."""

from datetime import date

import pytest

from booking.domain.opening_hours import WHOLE_DAY, Period, understood

# A Monday in the 48th week; the 30th is the last Monday of its month.
MONDAY, THURSDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 26), date(2026, 11, 28)
LAST_MONDAY = date(2026, 11, 30)
MORNING, AFTERNOON = Period(9 * 60, 12 * 60), Period(14 * 60, 18 * 60 + 30)


def on(said: str, day: date, *, is_holiday: bool = False) -> tuple[Period, ...] | None:
    hours = understood(said)
    assert hours is not None
    return hours.on(day, is_holiday=is_holiday)


def test_the_example_of_the_national_schema_is_understood():
    said = "Mo-Fr 09:00-12:00,14:00-18:30; Sa 08:30-12:00"

    assert on(said, MONDAY) == (MORNING, AFTERNOON)
    assert on(said, SATURDAY) == (Period(8 * 60 + 30, 12 * 60),)
    assert on(said, date(2026, 11, 29)) == ()


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Fr-Mo 09:00-12:00", MONDAY),
        ("Mo,Th 9:00-12:00", THURSDAY),
        ("Th[4] 09:00-12:00", THURSDAY),
        ("Mo[-1] 09:00-12:00", LAST_MONDAY),
        ("week 1-53/2 Mo 09:00-12:00", LAST_MONDAY),
        ("Nov: Mo 09:00-12:00", MONDAY),
        ("Oct 5-Nov 23 Mo 09:00-12:00", MONDAY),
        ("Oct-Feb 09:00-12:00", MONDAY),
        ("Tu 10:00-11:00, Mo 09:00-12:00", MONDAY),
        ('Mo 09:00-12:00 "sur rendez-vous; sonnez"', MONDAY),
        ("Mo-Su 14:00-16:00; Mo 09:00-12:00;", MONDAY),
    ],
)
def test_the_morning_is_found(said: str, day: date):
    assert on(said, day) == (MORNING,)


@pytest.mark.parametrize(
    "said",
    [
        "Mo 09:00-12:00; Nov off",
        "Mo-Fr 09:00-12:00; Nov 23 off",
        "week 49-53 Mo 09:00-12:00",
        "Mo[2] 09:00-12:00",
        "Dec-Feb Mo 09:00-12:00",
        "Mo 09:00-12:00, Mo closed",
    ],
)
def test_on_another_day_it_is_closed(said: str):
    assert on(said, MONDAY) == ()


def test_a_holiday_of_which_nothing_is_said_is_unknown():
    assert on("Mo-Fr 09:00-12:00", MONDAY, is_holiday=True) is None
    assert on("Mo-Fr 09:00-12:00; PH off", MONDAY, is_holiday=True) == ()
    assert on("Mo-Fr 09:00-12:00; PH 14:00-18:30", MONDAY, is_holiday=True) == (AFTERNOON,)
    assert on("24/7", MONDAY, is_holiday=True) == (Period(0, WHOLE_DAY),)


def test_remarks_stay_and_rules_that_ask_for_the_date_are_known():
    hours = understood('Mo 09:00-12:00 "sonnez"; Sa[1] 09:00-12:00 "sonnez"')

    assert hours is not None
    assert hours.remarks == ("sonnez",)
    assert not hours.is_every_week_the_same


@pytest.mark.parametrize(
    "said",
    [
        "",
        "sur rendez-vous",
        "lu-ve 9h-12h",
        "Mo-Fr",
        "Mo-Fr 09:00-25:00",
        "Mo-Fr 22:00-02:00",
        "Mo-Fr 09:70-12:00",
        "Mo-Fr 09:00+",
        "SH off; Mo 09:00-12:00",
        "Feb 30 off",
        "week 54 Mo 09:00-12:00",
        "Mo 09:00-12:00 || sur rendez-vous",
        "Mo-Fr 09:00-12:00; et parfois le samedi",
        "Mo 09:00-12:00," * 60,
    ],
)
def test_what_is_not_understood_whole_is_not_understood(said: str):
    assert understood(said) is None
