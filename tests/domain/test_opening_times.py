"""Whether a partner is open, until when, and when next."""

from datetime import datetime

from booking.domain.opening_times import Standing, standing, week
from tests.given_partners import a_partner

HOURS = "Mo-Fr 09:00-12:00,12:00-12:30,14:00-18:00; PH off"


def at(said: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{said}")


def test_an_open_place_says_until_when():
    assert standing(a_partner(hours=HOURS), at("23T10:00")) == Standing(True, until=at("23T12:30"))


def test_a_closed_place_says_when_it_opens():
    friday_evening, noon = at("27T18:00"), at("23T12:30")

    assert standing(a_partner(hours=HOURS), noon) == Standing(False, opens_at=at("23T14:00"))
    assert standing(a_partner(hours=HOURS), friday_evening).opens_at == at("30T09:00")


def test_a_public_holiday_of_the_place_counts():
    armistice = at("11T10:00")

    assert standing(a_partner(hours=HOURS), armistice) == Standing(False, opens_at=at("12T09:00"), is_holiday=True)
    assert standing(a_partner(hours="We 09:00-12:00"), armistice) == Standing(None, is_holiday=True)


def test_alsace_keeps_its_own_holidays_and_overseas_its_own_clock():
    good_friday = datetime(2026, 4, 3, 10)
    strasbourg, grenoble = (a_partner(postcode=code, hours="Fr 09:00-12:00; PH off") for code in ("67000", "38000"))

    assert standing(strasbourg, good_friday).is_open is False
    assert standing(grenoble, good_friday).is_open is True
    assert a_partner(postcode="97400").time_zone == "Indian/Reunion"


def test_hours_that_are_not_understood_say_nothing():
    assert standing(a_partner(hours="sur rendez-vous"), at("23T10:00")) == Standing(None)
    assert week(a_partner(hours="sur rendez-vous"), at("23T10:00").date()) is None


def test_the_week_goes_from_monday_to_sunday():
    days = week(a_partner(hours="Sa 09:00-12:00"), at("26T10:00").date())

    assert days is not None
    assert [one.day.day for one in days] == [23, 24, 25, 26, 27, 28, 29]
    assert [bool(one.periods) for one in days] == [False] * 5 + [True, False]
