"""What must be said, and when: planned by the clock of the place, never outside its hours, never too late."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.bookings import Party, waiting
from booking.domain.job_seekers import Channel
from booking.domain.messages import (
    MessageKind,
    choose_channel,
    on_booking,
    on_change,
    reminders,
    still_holds,
)
from booking.domain.sending import PEOPLE
from booking.domain.windows import ORDINARY, URGENT, Place
from calendars.zones import to_utc, wall
from tests.given import HOUR, NOW, in_days
from tests.given_cases import GRENOBLE, a_booking, a_session

PLACES = [
    GRENOBLE,
    Place("America/Guadeloupe", "guadeloupe"),
    Place("America/Cayenne", "guyane"),
    Place("Indian/Reunion", "reunion"),
    Place("Indian/Mayotte", "mayotte"),
    Place("America/Miquelon", "saint-pierre-et-miquelon"),
]
YEARS = st.datetimes(datetime(2026, 1, 1), datetime(2029, 12, 31), timezones=st.just(UTC))


def local(*said: int, zone: str = "Europe/Paris") -> datetime:
    when = datetime(*said)
    return to_utc(when.date(), when.time(), zone)


def due_of(start: datetime, now: datetime, place: Place = GRENOBLE) -> dict[str, str]:
    session = a_session(start)
    planned = reminders(a_booking(session, now), session, place, now)
    return {m.rule: f"{wall(m.due_at, place.time_zone):%a %d %b %H:%M}" for m in planned}


def test_reminders_leave_a_week_and_a_day_before_at_the_same_hour():
    due = due_of(local(2026, 11, 24, 9, 30), NOW)

    assert due == {"d7": "Tue 17 Nov 09:30", "d1": "Mon 23 Nov 09:30"}


def test_the_hour_stays_the_same_over_the_change_of_summer_time():
    due = due_of(local(2026, 10, 27, 9, 30), NOW)  # the clocks go back on the 25th

    assert due["d7"] == "Tue 20 Oct 09:30"


def test_a_reminder_for_monday_leaves_on_saturday():
    assert due_of(local(2026, 11, 23, 9, 30), NOW)["d1"] == "Sat 21 Nov 09:30"


def test_a_reminder_on_a_holiday_leaves_the_day_before():
    assert due_of(local(2026, 11, 12, 9, 30), NOW)["d1"] == "Tue 10 Nov 09:30"


def test_a_holiday_of_a_territory_counts_there_and_nowhere_else():
    reunion = Place("Indian/Reunion", "reunion")
    start = local(2028, 12, 21, 9, 30, zone="Indian/Reunion")

    assert due_of(start, NOW, reunion)["d1"] == "Tue 19 Dec 09:30"
    assert due_of(local(2028, 12, 21, 9, 30), NOW)["d1"] == "Wed 20 Dec 09:30"


def test_a_late_session_is_recalled_before_people_sleep():
    assert due_of(local(2026, 11, 24, 20, 30), NOW)["d1"] == "Mon 23 Nov 20:00"


def test_an_early_session_is_recalled_the_evening_before_that():
    assert due_of(local(2026, 11, 26, 7, 30), NOW)["d1"] == "Tue 24 Nov 20:00"


def test_for_a_booking_of_the_last_days_the_confirmation_stands():
    session = a_session(in_days(0.9))

    planned = on_booking(a_booking(session), session, GRENOBLE, NOW)

    assert [m.kind for m in planned] == [MessageKind.CONFIRMATION]


def test_no_reminder_follows_a_booking_within_the_hour():
    session = a_session(in_days(1) + timedelta(minutes=59))

    assert reminders(a_booking(session), session, GRENOBLE, NOW) == []


def test_who_waits_is_told_so_and_not_reminded():
    session = a_session()

    planned = on_booking(waiting(a_booking(session)), session, GRENOBLE, NOW)

    assert [m.kind for m in planned] == [MessageKind.WAITLISTED]


def test_a_notice_of_the_night_leaves_in_the_morning():
    session = a_session()
    night = local(2026, 10, 20, 23, 15)

    notice, *_ = on_change(MessageKind.BOOKING_CANCELLED, a_booking(session), session, GRENOBLE, night)

    assert notice.due_at == local(2026, 10, 21, 7, 0)


def test_a_notice_that_cannot_wait_for_the_morning_leaves_at_once():
    night = local(2026, 10, 20, 23, 15)
    session = a_session(local(2026, 10, 21, 6, 30))

    notice, *_ = on_change(MessageKind.SESSION_CANCELLED, a_booking(session), session, GRENOBLE, night)

    assert notice.due_at == night < notice.not_after


def test_a_cycle_cancelled_after_its_first_meeting_is_still_announced():
    session = a_session(in_days(1), in_days(3))

    notice, *_ = on_change(MessageKind.SESSION_CANCELLED, a_booking(session), session, GRENOBLE, in_days(2))

    assert in_days(2) < notice.due_at + timedelta(seconds=1) <= notice.not_after == in_days(3)


def test_a_move_settles_before_people_are_told():
    session = a_session()

    notice, *_ = on_change(MessageKind.SESSION_MOVED, a_booking(session), session, GRENOBLE, NOW)

    assert notice.due_at == NOW + timedelta(minutes=10)


def test_each_state_of_a_booking_has_keys_of_its_own():
    session = a_session()
    booking = a_booking(session)
    later = replace(session, sequence=1)

    keys = {m.dedupe_key for m in reminders(booking, session, GRENOBLE, NOW)}
    moved = {m.dedupe_key for m in reminders(booking, later, GRENOBLE, NOW)}
    promoted = {m.dedupe_key for m in reminders(booking.promoted(NOW), session, GRENOBLE, NOW)}

    assert not keys & moved and not keys & promoted


def test_a_confirmation_is_no_longer_true_when_its_session_moved():
    session = a_session()
    booking = a_booking(session)
    confirmation, *_ = on_booking(booking, session, GRENOBLE, NOW)

    assert still_holds(confirmation, booking, session)
    assert not still_holds(confirmation, booking, replace(session, sequence=1))


def test_that_a_place_ended_stays_true_wherever_the_session_moves():
    session = a_session()
    ended = a_booking(session).cancelled(Party.PERSON, "", NOW)
    notice, *_ = on_change(MessageKind.BOOKING_CANCELLED, ended, session, GRENOBLE, NOW)

    assert still_holds(notice, ended, replace(session, sequence=1))


@pytest.mark.parametrize(
    ("days", "kind", "ways", "chosen"),
    [
        (14, MessageKind.CONFIRMATION, [Channel.EMAIL, Channel.HAND], Channel.EMAIL),
        (14, MessageKind.CONFIRMATION, [Channel.SMS, Channel.CALL, Channel.HAND], Channel.CALL),
        (14, MessageKind.REMINDER, [Channel.LETTER, Channel.HAND], Channel.LETTER),
        (3, MessageKind.REMINDER, [Channel.LETTER, Channel.HAND], None),
        (3, MessageKind.CONFIRMATION, [Channel.LETTER, Channel.HAND], Channel.HAND),
        (14, MessageKind.REMINDER, [Channel.HAND], None),
    ],
)
def test_the_first_way_that_arrives_in_time_is_taken(days, kind, ways, chosen):
    deliverable = PEOPLE | {Channel.EMAIL}

    assert choose_channel(kind, ways, deliverable, a_session(in_days(days)), GRENOBLE, NOW) is chosen


@given(start=YEARS, ahead=st.floats(0.01, 60), place=st.sampled_from(PLACES))
def test_no_reminder_leaves_outside_its_hours_nor_too_late(start, ahead, place):
    session = a_session(start)
    now = start - timedelta(days=ahead)

    for message in reminders(a_booking(session, now), session, place, now):
        due = wall(message.due_at, place.time_zone)
        assert ORDINARY.opens <= due.time() <= ORDINARY.closes and not place.is_closed(due.date())
        assert now + HOUR < message.due_at <= message.not_after


@given(start=YEARS, ahead=st.floats(0.001, 5), place=st.sampled_from(PLACES))
def test_a_notice_leaves_by_day_unless_that_were_too_late(start, ahead, place):
    session = a_session(start)
    now = start - timedelta(days=ahead)

    notice, *_ = on_change(MessageKind.BOOKING_CANCELLED, a_booking(session, now), session, place, now)

    due = wall(notice.due_at, place.time_zone).time()
    assert now <= notice.due_at < notice.not_after
    assert URGENT.opens <= due <= URGENT.closes or notice.due_at == now


@given(instant=YEARS, place=st.sampled_from(PLACES), window=st.sampled_from([ORDINARY, URGENT]))
def test_moving_into_a_window_twice_moves_once(instant, place, window):
    earlier, later = place.earlier(instant, window), place.later(instant, window)

    assert earlier <= instant <= later
    assert (place.earlier(earlier, window), place.later(later, window)) == (earlier, later)


@given(start=YEARS, ahead=st.floats(0.01, 30))
def test_planning_twice_plans_the_same(start, ahead):
    session = a_session(start)
    now = start - timedelta(days=ahead)
    booking = a_booking(session, now)

    first, second = (reminders(booking, session, GRENOBLE, now) for _ in range(2))

    assert [(m.dedupe_key, m.due_at) for m in first] == [(m.dedupe_key, m.due_at) for m in second]
