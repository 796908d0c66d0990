"""When a message may leave: by day, on no Sunday and no holiday, by the clock of the place."""

from datetime import date, datetime, time, timedelta

import pytest

from booking.domain.windows import ORDINARY, URGENT, Place, Window
from calendars.zones import to_utc, wall
from tests.given_cases import GRENOBLE

REUNION = Place("Indian/Reunion", "reunion")
MORNINGS = Window(time(9), time(12), skips_closed_days=False)


def at(*said: int, zone: str = "Europe/Paris") -> datetime:
    when = datetime(*said)
    return to_utc(when.date(), when.time(), zone)


def local(instant: datetime, zone: str = "Europe/Paris") -> str:
    return f"{wall(instant, zone):%a %d %b %H:%M}"


@pytest.mark.parametrize(
    ("day", "is_closed"),
    [
        (date(2026, 10, 24), False),  # a Saturday
        (date(2026, 10, 25), True),  # a Sunday
        (date(2026, 11, 11), True),  # the armistice, a Wednesday
        (date(2026, 12, 20), True),  # a Sunday everywhere
        (date(2027, 12, 20), False),  # a Monday, abolition of slavery in La Réunion only
    ],
)
def test_a_place_is_closed_on_sundays_and_on_its_holidays(day, is_closed):
    assert GRENOBLE.is_closed(day) is is_closed


def test_a_holiday_is_one_of_the_territory():
    assert REUNION.is_closed(date(2027, 12, 20))


class TestEarlier:
    @pytest.mark.parametrize(
        ("wished", "leaves"),
        [
            ((2026, 11, 24, 9, 30), "Tue 24 Nov 09:30"),
            ((2026, 11, 24, 8, 0), "Tue 24 Nov 08:00"),
            ((2026, 11, 24, 20, 0), "Tue 24 Nov 20:00"),
            ((2026, 11, 24, 20, 1), "Tue 24 Nov 20:00"),
            ((2026, 11, 24, 7, 59), "Mon 23 Nov 20:00"),
            ((2026, 11, 23, 7, 0), "Sat 21 Nov 20:00"),
            ((2026, 11, 22, 10, 0), "Sat 21 Nov 10:00"),
            ((2026, 11, 11, 10, 0), "Tue 10 Nov 10:00"),
        ],
    )
    def test_what_should_leave_while_closed_leaves_before(self, wished, leaves):
        assert local(GRENOBLE.earlier(at(*wished), ORDINARY)) == leaves

    def test_what_is_urgent_leaves_on_sundays_too(self):
        assert local(GRENOBLE.earlier(at(2026, 11, 22, 10, 0), URGENT)) == "Sun 22 Nov 10:00"
        assert local(GRENOBLE.earlier(at(2026, 11, 22, 6, 59), URGENT)) == "Sat 21 Nov 21:00"


class TestLater:
    @pytest.mark.parametrize(
        ("wished", "leaves"),
        [
            ((2026, 11, 24, 9, 30), "Tue 24 Nov 09:30"),
            ((2026, 11, 24, 20, 0), "Tue 24 Nov 20:00"),
            ((2026, 11, 24, 20, 1), "Wed 25 Nov 08:00"),
            ((2026, 11, 24, 6, 0), "Tue 24 Nov 08:00"),
            ((2026, 11, 21, 21, 0), "Mon 23 Nov 08:00"),
            ((2026, 11, 22, 10, 0), "Mon 23 Nov 08:00"),
            ((2026, 11, 10, 21, 0), "Thu 12 Nov 08:00"),
        ],
    )
    def test_what_should_leave_while_closed_leaves_after(self, wished, leaves):
        assert local(GRENOBLE.later(at(*wished), ORDINARY)) == leaves

    def test_what_is_urgent_waits_for_the_morning_only(self):
        assert local(GRENOBLE.later(at(2026, 11, 21, 21, 30), URGENT)) == "Sun 22 Nov 07:00"
        assert local(GRENOBLE.later(at(2026, 11, 22, 10, 0), URGENT)) == "Sun 22 Nov 10:00"

    def test_the_hours_are_those_of_the_place(self):
        noon_in_paris = at(2026, 11, 24, 18, 0)  # nine in the evening in La Réunion

        assert local(REUNION.later(noon_in_paris, ORDINARY), "Indian/Reunion") == "Wed 25 Nov 08:00"


class TestHoursOfOpening:
    @pytest.mark.parametrize(
        ("begins", "hours", "ends"),
        [
            ((2026, 11, 24, 10, 0), 2, "Tue 24 Nov 12:00"),
            ((2026, 11, 24, 10, 0), 10, "Tue 24 Nov 20:00"),
            ((2026, 11, 24, 10, 0), 11, "Wed 25 Nov 09:00"),
            ((2026, 11, 24, 10, 0), 34, "Thu 26 Nov 20:00"),
            ((2026, 11, 21, 19, 0), 2, "Mon 23 Nov 09:00"),
            ((2026, 11, 24, 5, 0), 1, "Tue 24 Nov 09:00"),
            ((2026, 11, 22, 12, 0), 1, "Mon 23 Nov 09:00"),
        ],
    )
    def test_the_clock_runs_while_the_window_is_open(self, begins, hours, ends):
        assert local(GRENOBLE.after_open(at(*begins), timedelta(hours=hours), ORDINARY)) == ends

    def test_a_day_of_opening_hours_is_as_long_when_the_clocks_change(self):
        saturday_noon = at(2026, 10, 24, 12, 0)

        assert local(GRENOBLE.after_open(saturday_noon, timedelta(hours=12), ORDINARY)) == "Mon 26 Oct 12:00"

    def test_another_window_has_other_hours(self):
        assert local(GRENOBLE.after_open(at(2026, 11, 24, 11, 0), timedelta(hours=2), MORNINGS)) == "Wed 25 Nov 10:00"


class TestDaysBefore:
    def test_the_hour_is_that_on_the_wall(self):
        assert local(GRENOBLE.days_before(at(2026, 10, 27, 9, 30), 7)) == "Tue 20 Oct 09:30"

    def test_where_that_hour_is_skipped_it_is_the_first_one_after(self):
        assert local(GRENOBLE.days_before(at(2026, 3, 30, 2, 30), 1)) == "Sun 29 Mar 03:00"

    @pytest.mark.parametrize(
        ("days", "posted"),
        [(0, "Mon 16 Nov 09:30"), (1, "Fri 13 Nov 09:30"), (2, "Thu 12 Nov 09:30"), (4, "Mon 09 Nov 09:30")],
    )
    def test_the_post_works_on_no_saturday_no_sunday_and_no_holiday(self, days, posted):
        # Between them lie a weekend and the armistice, a Wednesday.
        assert local(GRENOBLE.working_days_before(at(2026, 11, 16, 9, 30), days)) == posted
