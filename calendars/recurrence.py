""" "Every Tuesday and Thursday from then on": the days, without those on which nobody comes."""

from collections.abc import Collection, Container
from datetime import date, timedelta

DAY = timedelta(days=1)
# Two years of looking: a wish that only closed days fulfil ends.
FARTHEST = 731


def days(first: date, weekdays: Collection[int], count: int, closed: Container[date] = ()) -> list[date]:
    """At most so many days from the first on, on these days of the week (Monday is 0), closed ones left out."""
    found: list[date] = []
    for n in range(FARTHEST):
        day = first + n * DAY
        if len(found) == count:
            break
        if day.weekday() in weekdays and day not in closed:
            found.append(day)
    return found
