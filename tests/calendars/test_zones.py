from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.definitions import DEFINITIONS
from calendars.zones import NonexistentTime, clock, is_doubled, midnight, resolve, to_utc, today, wall
from tests.calendars.given import utc

SPRING, AUTUMN, PARIS = date(2025, 3, 30), date(2025, 10, 26), "Europe/Paris"


def test_half_past_nine_stays_half_past_nine_over_the_change_of_summer_time():
    days = date(2025, 3, 27), date(2025, 4, 3)

    instants = [to_utc(day, time(9, 30), PARIS) for day in days]

    assert instants == [utc(2025, 3, 27, 8, 30), utc(2025, 4, 3, 7, 30)]


@pytest.mark.parametrize("skipped", [time(2), time(2, 30), time(2, 59, 59, 999999)])
def test_a_time_the_clocks_jump_over_is_refused(skipped):
    with pytest.raises(NonexistentTime) as refusal:
        to_utc(SPRING, skipped, PARIS)

    assert (refusal.value.day, refusal.value.time, refusal.value.zone) == (SPRING, skipped, PARIS)


@pytest.mark.parametrize("skipped", [time(2), time(2, 0, 1), time(2, 30), time(2, 59, 59, 999999)])
def test_a_reminder_in_the_gap_comes_at_the_first_instant_after_it(skipped):
    assert resolve(SPRING, skipped, PARIS) == utc(2025, 3, 30, 1)
    assert resolve(date(2025, 3, 9), skipped, "America/Miquelon") == utc(2025, 3, 9, 5)


def test_a_gap_of_a_whole_day_ends_at_the_next_midnight():
    assert resolve(date(2011, 12, 30), time(12), "Pacific/Apia") == utc(2011, 12, 30, 10)


@pytest.mark.parametrize("edge", [time(1, 59, 59), time(3)])
def test_the_edges_of_the_gap_exist(edge):
    assert wall(to_utc(SPRING, edge, PARIS), PARIS).time() == edge


@pytest.mark.parametrize("fold", [0, 1])
def test_of_a_doubled_hour_the_first_is_meant(fold):
    assert to_utc(AUTUMN, time(2, 30, fold=fold), PARIS) == utc(2025, 10, 26, 0, 30)


def test_the_second_pass_of_a_doubled_hour_is_told_apart():
    passes = [wall(utc(2025, 10, 26, hour, 30), PARIS) for hour in (0, 1)]

    assert [(local.time(), local.fold) for local in passes] == [(time(2, 30), 0), (time(2, 30), 1)]


@pytest.mark.parametrize(("shown", "doubled"), [((1, 59, 59), False), ((2,), True), ((2, 59, 59), True), ((3,), False)])
def test_a_wall_time_is_doubled_only_within_the_hour(shown, doubled):
    local = datetime.combine(AUTUMN, time(*shown), clock(PARIS))

    assert is_doubled(local) is is_doubled(local.replace(fold=1)) is doubled


def test_a_skipped_time_is_not_doubled():
    assert not is_doubled(datetime.combine(SPRING, time(2, 30), clock(PARIS)))
    assert not is_doubled(utc(2025, 10, 26, 0, 30))


def test_the_day_depends_on_the_zone():
    now = utc(2025, 3, 18, 23, 30)

    assert today(now, PARIS) == date(2025, 3, 19)
    assert today(now, "America/Guadeloupe") == date(2025, 3, 18)


def test_the_day_begins_at_local_midnight():
    assert midnight(date(2025, 3, 19), PARIS) == utc(2025, 3, 18, 23)


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2036, 12, 31)),
    st.sampled_from(sorted(DEFINITIONS)),
)
def test_every_wall_time_that_exists_comes_back(local, zone):
    instant = resolve(local.date(), local.time(), zone)

    shown = wall(instant, zone).replace(tzinfo=None, fold=0)

    assert shown == local or local < shown <= local + timedelta(hours=1)
    assert instant.utcoffset() == timedelta(0)
    assert wall(instant, zone).tzinfo == ZoneInfo(zone)
