"""Whether a place is open at a moment, until when, and when it opens next; nothing is guessed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from booking.domain.opening_hours import OpeningHours, Period, understood
from booking.domain.partners import Partner
from calendars.holidays import holidays

# Further ahead nobody plans to go.
DAYS_AHEAD = 14
IsHoliday = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Standing:
    """Open until a moment, or closed until another, as far as it is known; all in the time of the place.

    ``is_open`` is None where nobody knows: hours that are not understood, or a holiday of which they say nothing.
    """

    is_open: bool | None
    until: datetime | None = None
    opens_at: datetime | None = None
    is_holiday: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a week, and its periods; None is a holiday of which nothing is said."""

    day: date
    periods: tuple[Period, ...] | None


def standing(partner: Partner, at: datetime) -> Standing:
    """How it stands with a partner at this moment of its own clock (without a zone)."""
    hours = understood(partner.hours)
    if hours is None:
        return Standing(None)
    return _standing(hours, at, _holidays_of(partner))


def week(partner: Partner, of: date) -> list[Day] | None:
    """The seven days from Monday of the week of this day; None where its hours are not understood."""
    hours = understood(partner.hours)
    if hours is None:
        return None
    is_holiday = _holidays_of(partner)
    days = [of + timedelta(days=n - of.weekday()) for n in range(7)]
    return [Day(day, hours.on(day, is_holiday=is_holiday(day))) for day in days]


def _holidays_of(partner: Partner) -> IsHoliday:
    return lambda day: day in holidays(partner.holiday_territory, day.year)


def _standing(hours: OpeningHours, at: datetime, is_holiday: IsHoliday) -> Standing:
    today, minute = at.date(), at.hour * 60 + at.minute
    periods = hours.on(today, is_holiday=is_holiday(today))
    if periods is None:
        return Standing(None, is_holiday=True)
    if (closes := _closes(periods, minute)) is not None:
        return Standing(True, until=_moment(today, closes), is_holiday=is_holiday(today))
    return Standing(False, opens_at=_next(hours, at, is_holiday), is_holiday=is_holiday(today))


def _closes(periods: tuple[Period, ...], minute: int) -> int | None:
    """When the period of this minute ends, with those that follow it at once."""
    closes = None
    for period in periods:
        if period.opens <= (minute if closes is None else closes) < period.closes:
            closes = period.closes
    return closes


def _next(hours: OpeningHours, at: datetime, is_holiday: IsHoliday) -> datetime | None:
    days = [at.date() + timedelta(days=n) for n in range(DAYS_AHEAD + 1)]
    opens = (_moment(day, one.opens) for day in days for one in hours.on(day, is_holiday=is_holiday(day)) or ())
    return next((moment for moment in opens if moment > at), None)


def _moment(day: date, minute: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minute)
