"""When a reminder leaves: days before at the same hour or at a given one, hours before, or the morning of the day."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from calendars.zones import resolve, wall

MOST_DAYS = 30
MOST_HOURS = 72
_NAME = re.compile(r"h(?P<hours>\d{1,2})|d(?P<days>\d{1,2})(?:-(?P<hour>\d{2})(?P<minute>\d{2}))?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """So many ``days`` before, at the hour of the first meeting or ``at`` another; or so many ``hours`` before.

    No day before, at a given hour, is the morning of the day itself.
    """

    days: int = 0
    at: time | None = None
    hours: int = 0

    @property
    def name(self) -> str:
        """What it says, so that another rule is another reminder: ``d7``, ``d1-1800``, ``d0-0800``, ``h2``."""
        if self.hours:
            return f"h{self.hours}"
        return f"d{self.days}-{self.at:%H%M}" if self.at else f"d{self.days}"

    @property
    def can_stand(self) -> bool:
        """Whether it names a time at all, and one that is not too far ahead."""
        if self.hours:
            return 0 < self.hours <= MOST_HOURS and not self.days and self.at is None
        return 0 <= self.days <= MOST_DAYS and (self.days > 0 or self.at is not None)

    def first_ahead(self, now: datetime, zone: str) -> datetime:
        """Of meetings that begin before this instant, the reminder is due by now."""
        if self.hours or self.at is None:
            return now + timedelta(days=self.days, hours=self.hours)
        local = wall(now, zone)
        day = local.date() + timedelta(days=self.days + (local.time() >= self.at))
        return resolve(day, time(), zone)


def rule_named(name: str) -> Rule:
    """The rule of a name; raises :class:`ValueError`."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise ValueError(name)
    if found["hours"]:
        return Rule(hours=int(found["hours"]))
    at = time(int(found["hour"]), int(found["minute"])) if found["hour"] else None
    return Rule(int(found["days"]), at)
