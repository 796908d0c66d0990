"""A moment as a form says it: a day, and an hour on the clock of the place."""

from datetime import date, datetime, time

from booking.web.forms import Form
from calendars.zones import NonexistentTime, to_utc


def instant(form: Form, name: str, day: date | None, hour: time | None, zone: str) -> datetime | None:
    """The instant, or None when a part is missing; an hour that the clock skips is noted beside this field."""
    if day is None or hour is None:
        return None
    try:
        return to_utc(day, hour, zone)
    except NonexistentTime:
        form.problems.add(name, "no-such-hour")
        return None
