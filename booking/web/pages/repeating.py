"""Many meetings at once: a wish like "every Tuesday, six times" becomes rows, for whoever plans to check."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from booking.domain.sessions import MOST_MEETINGS
from booking.web.forms import Form
from booking.web.pages.schedules import Row
from calendars.holidays import holidays
from calendars.recurrence import days


def repeated(form: Form, rows: Sequence[Row], territory: str) -> list[Row]:
    """The rows and those of the wish, with the hours of the first row; a blank one gives way.

    What is wrong with the wish is noted in the form's problems.
    """
    wished = _wished_days(form, territory)
    kept = [row for row in rows if row.date or row.id]
    pattern = rows[0]
    begin = max((row.n for row in kept), default=0) + 1
    added = [replace(pattern, n=n, date=day.isoformat(), id="") for n, day in enumerate(wished, start=begin)]
    return [*kept, *added] or list(rows)


def _wished_days(form: Form, territory: str) -> list[date]:
    first, count = form.day("repeat.first"), form.whole("repeat.count")
    weekdays = {int(day) for day in form.all("repeat.days") if day in set("0123456")}
    if count is None:
        form.problems.add("repeat.count", "required")
    else:
        form.problems.between("repeat.count", count, 1, MOST_MEETINGS)
    if not weekdays:
        form.problems.add("repeat.days", "required")
    if form.problems.found or first is None or count is None:
        return []
    closed = holidays(territory, first.year) | holidays(territory, first.year + 1)
    return days(first, weekdays, count, closed if form.get("repeat.skips_holidays") else ())
