"""The gate of a provider: so many letters a second and a day, and none while it is out of order."""

from dataclasses import replace
from datetime import timedelta

import pytest

from booking.domain.gates import Gate, Limits, Terms, Trouble
from tests.given import NOW

SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
GATE = Gate(name="sms:ovh")
FREE = Terms(name="sms:ovh")
TEN = Terms(name="sms:ovh", rate=10, burst=30)


def shut(at=NOW, trouble=Trouble.KEY) -> Gate:
    return GATE.faulted(trouble, "401", at)


class TestSpeed:
    def test_after_a_silence_the_whole_burst_may_leave(self):
        assert GATE.room(TEN, NOW) == 30

    def test_without_a_limit_a_group_may_leave_at_any_time(self):
        after, granted = GATE.taken(80, FREE, NOW)

        assert (granted, after.room(FREE, NOW)) == (50, 50)

    def test_what_has_left_comes_back_by_the_second(self):
        after, granted = GATE.taken(40, TEN, NOW)

        assert (granted, after.room(TEN, NOW)) == (30, 0)
        assert after.room(TEN, NOW + SECOND / 2) == 5
        assert after.room(TEN, NOW + MINUTE) == 30

    def test_a_letter_in_part_may_not_leave(self):
        after, _ = GATE.taken(30, TEN, NOW)

        assert after.room(TEN, NOW + SECOND / 20) == 0

    def test_a_clock_that_goes_back_gives_nothing(self):
        after, _ = GATE.taken(30, TEN, NOW)

        assert after.room(TEN, NOW - MINUTE) == 0

    def test_what_did_not_leave_is_given_back(self):
        after, _ = GATE.taken(30, TEN, NOW)

        back = after.given_back(10, TEN)

        assert (back.room(TEN, NOW), back.sent) == (10, 20)

    @pytest.mark.parametrize(("rate", "burst"), [(None, 1), (0.1, 1), (10, 30), (20, 60)])
    def test_a_burst_is_what_comes_in_between_two_looks(self, rate, burst):
        assert Limits(rate=rate).burst == burst


class TestDay:
    CAPPED = Terms(name="sms:ovh", a_day=40)

    def test_no_more_leave_than_the_day_has(self):
        after, granted = replace(GATE, day=NOW.date(), sent=25).taken(30, self.CAPPED, NOW)

        assert (granted, after.sent, after.room(self.CAPPED, NOW)) == (15, 40, 0)

    def test_a_full_day_rests_until_midnight_and_says_so(self):
        after, _ = GATE.taken(40, self.CAPPED, NOW)

        midnight = NOW.replace(hour=0, minute=0) + DAY
        assert after.full_until == after.rests_until(self.CAPPED, NOW) == midnight
        assert after.rests_until(self.CAPPED, midnight) is None

    def test_the_next_day_begins_at_nothing(self):
        after, granted = replace(GATE, day=NOW.date(), sent=40, full_until=NOW).taken(5, self.CAPPED, NOW + DAY)

        assert (granted, after.sent, after.full_until) == (5, 5, None)

    def test_without_a_cap_the_day_is_counted_all_the_same(self):
        after, _ = GATE.taken(30, TEN, NOW)

        assert (after.sent, after.left_today(TEN, NOW)) == (30, None)


class TestFailures:
    def test_twice_nobody_there_is_bad_luck(self):
        after = GATE.failed(1, "nobody there", NOW).failed(1, "nobody there", NOW)

        assert not after.is_shut
        assert after.room(FREE, NOW) == 50

    def test_the_third_time_in_a_row_shuts(self):
        after = GATE.failed(2, "nobody there", NOW).failed(1, "nobody there", NOW + MINUTE)

        assert (after.trouble, after.failing_since) == (Trouble.SILENT, NOW + MINUTE)
        assert after.rests_until(FREE, NOW + MINUTE) == NOW + 1.5 * MINUTE

    def test_one_answer_in_between_counts_anew(self):
        after = GATE.failed(2, "nobody there", NOW).worked().failed(2, "nobody there", NOW)

        assert not after.is_shut

    @pytest.mark.parametrize("trouble", [Trouble.KEY, Trouble.CREDIT, Trouble.REFUSED])
    def test_a_provider_that_takes_nothing_shuts_at_once(self, trouble):
        after = shut(trouble=trouble)

        assert (after.trouble, after.room(FREE, NOW), after.alerted_at) == (trouble, 0, NOW)

    def test_every_half_minute_one_letter_tries(self):
        half = timedelta(seconds=30)

        after, granted = shut().taken(20, FREE, NOW + half)

        assert granted == 1
        assert after.taken(20, FREE, NOW + half)[1] == 0
        assert after.taken(20, FREE, NOW + 2 * half)[1] == 1

    def test_while_it_lasts_it_began_when_it_began_and_is_told_once(self):
        later = shut().faulted(Trouble.CREDIT, "402", NOW + MINUTE).failed(1, "nobody there", NOW + 2 * MINUTE)

        assert (later.failing_since, later.alerted_at) == (NOW, NOW)
        assert (later.trouble, later.error) == (Trouble.CREDIT, "nobody there")

    def test_a_letter_that_is_taken_opens_it_for_all(self):
        after = replace(shut(), credit=12.0).worked()

        assert after == replace(GATE, credit=12.0)
        assert after.room(FREE, NOW) == 50
