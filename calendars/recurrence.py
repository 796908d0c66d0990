""" "Every Tuesday and Thursday from then on": the days, without those on which nobody comes, and their hours."""

from collections.abc import Callable, Collection, Container, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from calendars.zones import clock, to_utc

DAY = timedelta(days=1)
# Two years of looking: a wish that only closed days fulfil ends.
FARTHEST = 731


class NoDayLeft(ValueError):
    """No day of this recurrence is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """On these days of the week (Monday is 0), every so many weeks, from the first day on.

    It ends after ``count`` days, or on the ``last`` day. Weeks are counted from the one of the first day.
    """

    first: date
    weekdays: frozenset[int]
    every: int = 1
    count: int | None = None
    last: date | None = None

    def fitting(self) -> Iterator[date]:
        """The days in order, closed or not, for two years or until the last; their number is not looked at."""
        monday = self.first - self.first.weekday() * DAY
        for n in range(FARTHEST):
            day = self.first + n * DAY
            if self.last is not None and day > self.last:
                return
            if day.weekday() in self.weekdays and (day - monday).days // 7 % self.every == 0:
                yield day

    def drawn(self, is_closed: Callable[[date], bool]) -> tuple[list[date], list[date]]:
        """The days, and the closed ones that were stepped over between them. Raises :class:`NoDayLeft`."""
        found: list[date] = []
        closed: list[date] = []
        for day in self.fitting():
            if len(found) == self.count:
                break
            (closed if is_closed(day) else found).append(day)
        if not found:
            raise NoDayLeft(self.first, self.last)
        return found, closed


def days(first: date, weekdays: Collection[int], count: int, closed: Container[date] = ()) -> list[date]:
    """At most so many days from the first on, on these days of the week (Monday is 0), closed ones left out."""
    fitting = Recurrence(first=first, weekdays=frozenset(weekdays)).fitting()
    return list(islice((day for day in fitting if day not in closed), count))


def instants(day: date, starts: time, ends: time, zone: str) -> tuple[datetime, datetime]:
    """From when to when, by the clock of the place; of a doubled hour the first. Raises NonexistentTime."""
    return to_utc(day, starts, zone), to_utc(day, ends, zone)


def is_doubled(day: date, hour: time, zone: str) -> bool:
    """Whether the clocks show this hour twice that day; an hour they never show is not doubled."""
    local = datetime.combine(day, hour, clock(zone))
    first, second = local.replace(fold=0).utcoffset(), local.replace(fold=1).utcoffset()
    return first is not None and second is not None and first > second
