"""How long an offered seat waits for its answer: by the way that reaches the person, and by the clock of the place.

It is Monday, ten in the morning in Grenoble; hours count from eight to twenty, Sundays and holidays do not.
"""

from datetime import datetime, timedelta

import pytest

from booking.domain.job_seekers import Channel
from booking.domain.offers import answer_until
from booking.domain.sessions import Session
from calendars.zones import wall
from tests.given import HOUR, NOW, in_days
from tests.given_cases import GRENOBLE, a_session

MINUTE = timedelta(minutes=1)


def until(channel: Channel, starts_at: datetime, now: datetime = NOW, **known: object) -> str | None:
    answer_by = answer_until(channel, a_session(starts_at, **known), GRENOBLE, now)
    return answer_by and f"{wall(answer_by, 'Europe/Paris'):%a %d %H:%M}"


class TestByMail:
    def test_more_than_two_days_ahead_one_has_a_day_to_think(self):
        # Ten hours are left of Monday, twelve of Tuesday, two of Wednesday.
        assert until(Channel.EMAIL, in_days(14)) == "Wed 21 10:00"
        assert until(Channel.EMAIL, in_days(2, hour=0.5)) == "Wed 21 09:30"  # an hour before it begins

    def test_more_than_a_day_ahead_one_has_four_hours(self):
        assert until(Channel.EMAIL, in_days(2)) == "Mon 19 14:00"
        assert until(Channel.EMAIL, in_days(1) + MINUTE) == "Mon 19 14:00"

    def test_on_the_last_day_one_has_an_hour(self):
        assert until(Channel.EMAIL, in_days(1)) == "Mon 19 11:00"
        assert until(Channel.EMAIL, NOW + 5 * HOUR) == "Mon 19 11:00"

    def test_the_clock_stands_still_at_night(self):
        evening = NOW + 9.5 * HOUR  # half past seven

        assert until(Channel.EMAIL, in_days(2), evening) == "Tue 20 11:30"

    def test_the_clock_stands_still_on_sunday(self):
        saturday_evening = in_days(5, hour=9)  # seven o'clock on the 24th

        assert until(Channel.EMAIL, in_days(7, hour=6), saturday_evening) == "Mon 26 11:00"

    def test_the_clock_stands_still_on_a_public_holiday(self):
        tuesday_evening = in_days(22, hour=10)  # seven o'clock on the 10th of November, winter time

        assert until(Channel.EMAIL, in_days(40), tuesday_evening) == "Fri 13 19:00"


class TestByHandAndByPost:
    def test_a_call_list_takes_a_day_of_opening_hours_more(self):
        for way in (Channel.CALL, Channel.SMS, Channel.HAND):
            assert until(way, in_days(14)) == "Thu 22 10:00"

    def test_a_letter_takes_eight_days_of_opening_hours_more(self):
        # Two days to think, eight for the letter and its answer, the Sunday apart.
        assert until(Channel.LETTER, in_days(60)) == "Fri 30 10:00"


class TestNeverTooLate:
    def test_an_answer_is_due_an_hour_before_bookings_close(self):
        on_tuesday_at_two = {"starts_at": in_days(2), "cutoff_hours": 20}

        assert until(Channel.EMAIL, **on_tuesday_at_two) == "Mon 19 14:00"
        assert until(Channel.CALL, **on_tuesday_at_two) == "Tue 20 13:00"

    @pytest.mark.parametrize(("left", "is_asked"), [(90, True), (89, False), (60, False), (0, False), (-60, False)])
    def test_who_could_not_answer_within_half_an_hour_is_not_asked(self, left, is_asked):
        begins = NOW + left * MINUTE

        assert (answer_until(Channel.EMAIL, a_session(begins), GRENOBLE, NOW) is not None) is is_asked

    def test_the_shortest_time_to_answer_is_half_an_hour(self):
        assert until(Channel.EMAIL, NOW + 90 * MINUTE) == "Mon 19 10:30"

    def test_what_closes_early_is_judged_by_its_closing(self):
        session: Session = a_session(in_days(3), cutoff_hours=71)

        assert session.closes_at == NOW + HOUR
        assert answer_until(Channel.EMAIL, session, GRENOBLE, NOW) is None
