"""Zones as others name them: by their IANA name, as Windows calls them, or by rules that the calendar brings along."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from typing import Protocol
from zoneinfo import available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from calendars import rules
from calendars.foreign import Component
from calendars.rules import Meter
from calendars.zones import clock

OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)(?::?(\d\d))?")
WALL = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?)?", re.ASCII)
YEAR = timedelta(days=366)
# Names that some programs use where they mean none of them.
UTC_NAMES = frozenset({"UTC", "GMT", "Z", "ETC/UTC", "UNIVERSAL", "(UTC) COORDINATED UNIVERSAL TIME"})


class Clock(Protocol):
    """Tells which instant a wall time is."""

    def instant(self, wall: datetime) -> datetime:
        """Of a doubled hour the first; in a gap as if the clocks had not moved yet (RFC 5545, 3.3.5)."""


@dataclass(frozen=True, slots=True)
class Named:
    """A clock of the zone database."""

    zone: tzinfo

    def instant(self, wall: datetime) -> datetime:
        """See :class:`Clock`."""
        return wall.replace(tzinfo=self.zone, fold=0).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Defined:
    """A clock that a calendar describes: at which wall times it changes, and its distance from UTC before and after."""

    changes: tuple[datetime, ...]
    offsets: tuple[timedelta, ...]

    def instant(self, wall: datetime) -> datetime:
        """See :class:`Clock`; in a gap as if the clocks had moved already."""
        return (wall - self.offsets[bisect_right(self.changes, wall)]).replace(tzinfo=UTC)


class Clocks:
    """The clocks of one calendar.

    What has no zone of its own, or one that nobody knows, is by the first of the ``usual`` ones that is known.
    """

    def __init__(
        self, definitions: Iterable[Component], usual: Iterable[str], begins: datetime, ends: datetime
    ) -> None:
        self._definitions = {one.text("TZID"): one for one in definitions if one.text("TZID")}
        self._window = begins.replace(tzinfo=None) - 2 * YEAR, ends.replace(tzinfo=None) + YEAR
        self._found: dict[str, Clock] = {}
        self.usual: Clock = next(filter(None, map(_by_name, usual)), Named(UTC))

    def of(self, name: str) -> Clock:
        """The clock of this name."""
        if name not in self._found:
            self._found[name] = _by_name(name) or self._defined(self._definitions.get(name)) or self.usual
        return self._found[name]

    def _defined(self, definition: Component | None) -> Clock | None:
        if definition is None:
            return None
        by_place = _by_name(definition.text("X-LIC-LOCATION"))
        if by_place:
            return by_place
        try:
            return _changing(definition, *self._window)
        except (ValueError, OverflowError):
            return None


@cache
def known_zones() -> Mapping[str, str]:
    """The zones of the database, by their names in small letters."""
    return {name.lower(): name for name in available_timezones()}


def wall_time(said: str) -> datetime:
    """A wall time; raises ValueError."""
    match = WALL.fullmatch(said.strip())
    if match is None:
        raise ValueError(said)
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    return datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001 - a wall time


def _by_name(name: str) -> Clock | None:
    """By its own name, by the end of a longer one (/mozilla.org/20050126_1/Europe/Paris), or as Windows calls it."""
    said = name.strip().strip('"')
    if said.upper() in UTC_NAMES:
        return Named(UTC)
    words = said.strip("/").split("/")
    for last in (words, words[-3:], words[-2:]):
        known = known_zones().get("/".join(last).lower().replace(" ", "_"))
        if known:
            return Named(clock(known))
    windows = WINDOWS_TO_OLSON.get(said)
    return Named(clock(windows)) if windows else None


def _changing(definition: Component, begins: datetime, ends: datetime) -> Clock:
    """The clock with its changes in this time. Raises ValueError."""
    changes: dict[datetime, tuple[timedelta, timedelta]] = {}
    meter = Meter()
    for part in definition.parts:
        before, after = _offset(part.text("TZOFFSETFROM")), _offset(part.text("TZOFFSETTO"))
        start = wall_time(part.text("DTSTART"))
        onsets = {start}
        for rule in part.properties.get("RRULE", ()):
            onsets |= _onsets(rule.value, start, begins, ends, meter)
        for dates in part.properties.get("RDATE", ()):
            onsets |= {wall_time(one) for one in dates.value.split(",")}
        changes |= dict.fromkeys(onsets, (before, after))
    if not changes:
        raise ValueError(definition.name)
    ordered = sorted(changes.items())
    return Defined(tuple(at for at, _ in ordered), (ordered[0][1][0], *(after for _, (_, after) in ordered)))


def _onsets(said: str, start: datetime, begins: datetime, ends: datetime, meter: Meter) -> set[datetime]:
    rule = rules.read(said)
    found = rules.occurrences(rule, start, begins, ends, meter)
    # A day more or less: the end of a rule of zones is years away from whatever is read.
    last = wall_time(rule.until.removesuffix("Z")) + timedelta(days=1) if rule.until else None
    return {onset for onset in found if last is None or onset <= last}


def _offset(said: str) -> timedelta:
    match = OFFSET.fullmatch(said)
    if match is None:
        raise ValueError(said)
    size = timedelta(hours=int(match[2]), minutes=int(match[3]), seconds=int(match[4] or 0))
    return -size if match[1] == "-" else size
