"""Six clocks, their nights of summer time and their holidays: when reminders are due, everywhere."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.domain.messages import MessageKind, on_change, reminders
from booking.domain.windows import ORDINARY, URGENT, Place
from calendars.holidays import holidays
from calendars.zones import resolve, wall
from tests.given import HOUR, in_days
from tests.given_cases import a_booking, a_session

PARIS = Place("Europe/Paris", "metropole")
MIQUELON = Place("America/Miquelon", "saint-pierre-et-miquelon")
NOUMEA = Place("Pacific/Noumea", "nouvelle-caledonie")
PLACES = {
    "Paris": PARIS,
    "La Réunion": Place("Indian/Reunion", "reunion"),
    "Martinique": Place("America/Martinique", "martinique"),
    "Guyane": Place("America/Cayenne", "guyane"),
    "Saint-Pierre": MIQUELON,
    "Nouméa": NOUMEA,
}
YEARS = st.datetimes(datetime(2026, 1, 1), datetime(2029, 12, 31), timezones=st.just(UTC))
SUMMERS = {  # the night in which the clocks go forward, and that in which they go back
    PARIS: (date(2027, 3, 28), date(2027, 10, 31)),
    MIQUELON: (date(2027, 3, 14), date(2027, 11, 7)),
}
LONG_AGO = in_days(-30)


def due(place: Place, day: date, hour: time) -> list[datetime]:
    """When the reminders of a session at this wall time are due, by the clock on the wall."""
    session = a_session(resolve(day, hour, place.time_zone))
    planned = reminders(a_booking(session, LONG_AGO), session, place, LONG_AGO)
    return [wall(message.due_at, place.time_zone).replace(tzinfo=None) for message in planned]


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@settings(deadline=None)  # the holidays of a year are worked out once
@given(start=YEARS, ahead=st.floats(0.05, 60))
def test_a_reminder_is_due_by_day_on_a_working_day_and_in_time(place: Place, start: datetime, ahead: float) -> None:
    session = a_session(start)
    now = start - timedelta(days=ahead)

    for message in reminders(a_booking(session, now), session, place, now):
        at = wall(message.due_at, place.time_zone)
        assert ORDINARY.opens <= at.time() <= ORDINARY.closes and not place.is_closed(at.date())
        assert now + HOUR < message.due_at < message.not_after < session.starts_at


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@settings(deadline=None)  # the holidays of a year are worked out once
@given(start=YEARS, ahead=st.floats(0.001, 5))
def test_a_notice_is_due_by_day_and_in_time(place: Place, start: datetime, ahead: float) -> None:
    session = a_session(start)
    now = start - timedelta(days=ahead)

    notice, *_ = on_change(MessageKind.SESSION_MOVED, a_booking(session, now), session, place, now)

    at = wall(notice.due_at, place.time_zone).time()
    assert now <= notice.due_at < notice.not_after
    assert URGENT.opens <= at <= URGENT.closes or notice.due_at == now


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("month", range(1, 13))
def test_the_hour_of_a_reminder_is_that_of_the_session_on_the_wall(place: Place, month: int) -> None:
    day = date(2027, month, 16)

    found = due(place, day, time(10, 15))

    assert {at.time() for at in found} <= {time(10, 15)}
    assert all(day - at.date() in {timedelta(n) for n in (1, 2, 3, 4, 7, 8, 9, 10)} for at in found)


@pytest.mark.parametrize("place", SUMMERS, ids=["Paris", "Saint-Pierre"])
@pytest.mark.parametrize("which", [0, 1], ids=["forward", "back"])
def test_over_a_night_of_summer_time_the_hour_stays(place: Place, which: int) -> None:
    night = SUMMERS[place][which]

    found = due(place, night + timedelta(days=2), time(9))

    assert [at.time() for at in found] == [time(9)] * 2


@pytest.mark.parametrize(("place", "gap"), [(PARIS, time(2, 30)), (MIQUELON, time(2, 30))], ids=["Paris", "St-Pierre"])
def test_a_wall_time_that_is_skipped_is_the_first_instant_after(place: Place, gap: time) -> None:
    night = SUMMERS[place][0]
    next_day = resolve(night + timedelta(days=1), gap, place.time_zone)

    before = place.days_before(next_day, 1)

    assert wall(before, place.time_zone).time() == time(3)
    assert wall(before - timedelta(microseconds=1), place.time_zone).time() < time(2)


@pytest.mark.parametrize(("place", "hour"), [(PARIS, time(2, 30)), (MIQUELON, time(1, 30))], ids=["Paris", "St-Pierre"])
def test_of_an_hour_that_comes_twice_it_is_the_first(place: Place, hour: time) -> None:
    night = SUMMERS[place][1]
    next_day = resolve(night + timedelta(days=1), hour, place.time_zone)

    before = place.days_before(next_day, 1)

    assert next_day - before == timedelta(hours=25)
    assert wall(before, place.time_zone).fold == 0


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_no_reminder_of_a_year_is_due_on_a_holiday(place: Place) -> None:
    closed = holidays(place.holiday_territory, 2027)

    found = [at for n in range(365) for at in due(place, date(2027, 1, 1) + timedelta(days=n), time(9))]

    assert len(found) > 700
    assert not [at for at in found if at.date() in closed or at.weekday() == 6]
