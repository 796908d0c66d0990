"""Pieces of time in which figures are added up: weeks, cut where a month begins."""

from datetime import date, datetime, timedelta

from calendars.zones import wall


def slice_of(moment: datetime, zone: str) -> date:
    """The first day of the piece of time that a moment falls into: weeks, cut where a month begins.

    Whole weeks and whole months are both made of such pieces.
    """
    return slice_of_day(wall(moment, zone).date())


def slice_of_day(day: date) -> date:
    """The first day of its piece of time."""
    return max(day - timedelta(days=day.weekday()), day.replace(day=1))


def after_slice(on: date) -> date:
    """The first day of the next piece of time."""
    monday = on - timedelta(days=on.weekday()) + timedelta(days=7)
    return min(monday, (on.replace(day=1) + timedelta(days=32)).replace(day=1))
