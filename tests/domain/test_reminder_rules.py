"""When each rule makes a reminder leave, and when it makes none."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageKind, choose_channel, reminders
from booking.domain.policies import DEFAULT
from booking.domain.reminder_rules import Rule, rule_named
from booking.domain.sending import PEOPLE
from calendars.zones import to_utc, wall
from tests.given import HOUR, NOW
from tests.given_cases import GRENOBLE, a_booking, a_session

PARIS = "Europe/Paris"
RULES = st.one_of(
    st.builds(Rule, days=st.integers(1, 10)),
    st.builds(
        Rule, days=st.integers(0, 3), at=st.times(time(8), time(20)).map(lambda t: t.replace(second=0, microsecond=0))
    ),
    st.builds(Rule, hours=st.integers(1, 72)),
)


def at(*said: int) -> datetime:
    when = datetime(*said)
    return to_utc(when.date(), when.time(), PARIS)


def due(start: datetime, *rules: Rule, now: datetime = NOW) -> list[str]:
    place, session = replace(GRENOBLE, policy=replace(DEFAULT, rules=rules)), a_session(start)
    planned = reminders(a_booking(session, now), session, place, now)
    return [f"{wall(one.due_at, PARIS):%a %d %b %H:%M} {one.rule}" for one in planned]


TUESDAY = at(2026, 11, 24, 14, 0)


@pytest.mark.parametrize(
    ("rule", "leaves"),
    [
        (Rule(2), "Sun 22 Nov 14:00 d2"),
        (Rule(1, time(18)), "Mon 23 Nov 18:00 d1-1800"),
        (Rule(0, time(8, 30)), "Tue 24 Nov 08:30 d0-0830"),
        (Rule(hours=2), "Tue 24 Nov 12:00 h2"),
        (Rule(hours=30), "Mon 23 Nov 08:00 h30"),
    ],
)
def test_each_rule_has_its_hour(rule, leaves):
    place = replace(GRENOBLE, policy=replace(DEFAULT, skips_closed_days=False))

    found = wall(place.due_at(rule, TUESDAY), PARIS)

    assert f"{found:%a %d %b %H:%M} {rule.name}" == leaves


def test_hours_before_are_elapsed_hours_over_the_change_of_summer_time():
    # The clocks go back on Sunday the 25th at three.
    assert due(at(2026, 10, 25, 14, 0), Rule(hours=24)) == ["Sat 24 Oct 15:00 h24"]


def test_a_rule_of_hours_before_an_early_session_leaves_the_evening_before():
    assert due(at(2026, 11, 24, 9, 0), Rule(hours=2)) == ["Mon 23 Nov 20:00 h2"]


def test_a_morning_that_comes_too_late_is_not_planned():
    assert due(at(2026, 11, 24, 8, 45), Rule(0, time(8))) == []
    assert due(at(2026, 11, 24, 9, 15), Rule(0, time(8))) == ["Tue 24 Nov 08:00 d0-0800"]


def test_of_two_reminders_within_the_hour_only_the_last_is_planned():
    assert due(at(2026, 11, 24, 10, 30), Rule(0, time(8)), Rule(hours=2)) == ["Tue 24 Nov 08:30 h2"]


def test_reminders_come_by_time_whatever_the_order_of_the_rules():
    found = due(TUESDAY, Rule(hours=2), Rule(7), Rule(1, time(18)))

    assert [one.split()[-1] for one in found] == ["d7", "d1-1800", "h2"]


def test_no_mail_reminds_in_the_last_three_hours_but_a_text_does():
    session = a_session(TUESDAY)

    def way(hours: float) -> Channel | None:
        both, then = (Channel.EMAIL, Channel.SMS), TUESDAY - hours * HOUR
        return choose_channel(MessageKind.REMINDER, both, PEOPLE | set(both), session, GRENOBLE, then)

    assert (way(3), way(2.9)) == (Channel.EMAIL, Channel.SMS)


def test_a_change_is_mailed_until_the_last_minute():
    session, then = a_session(TUESDAY), TUESDAY - HOUR / 60

    way = choose_channel(MessageKind.SESSION_MOVED, [Channel.EMAIL], {Channel.EMAIL}, session, GRENOBLE, then)

    assert way is Channel.EMAIL


@pytest.mark.parametrize("name", ["", "d", "h", "d1-18", "d1-2500", "h100", "x7", "d7 "])
def test_a_name_that_is_none_is_refused(name):
    with pytest.raises(ValueError):
        rule_named(name)


@given(rule=RULES)
def test_a_rule_says_all_of_itself_in_its_name(rule):
    assert rule_named(rule.name) == rule and rule.can_stand


@given(
    rule=RULES,
    start=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),
    ahead=st.floats(0, 12),
)
def test_no_seat_is_overlooked_that_may_lack_a_reminder(rule, start, ahead):
    now = start - timedelta(days=ahead)
    wished = start - rule.hours * HOUR if rule.hours else GRENOBLE.days_before(start, rule.days, rule.at)

    # An hour of summer time more or less is found a little later.
    assert wished <= now + HOUR or rule.first_ahead(now, PARIS) <= start
