"""An event that somebody else wrote: from when to when it takes place, as often as it does."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from calendars import rules
from calendars.foreign import Component, Property
from calendars.foreign_zones import Clock, Clocks, wall_time
from calendars.rules import Meter

DAY = timedelta(days=1)
DURATION = re.compile(
    r"([+-]?)P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?", re.ASCII
)
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Moment:
    """A wall time and its clock; ``is_day`` when it is a whole day."""

    wall: datetime
    clock: Clock
    is_day: bool

    @property
    def instant(self) -> datetime:
        """In UTC."""
        return self.clock.instant(self.wall)


@dataclass(frozen=True, slots=True)
class Length:
    """How long something lasts: so many days by the clock, and so much by the watch."""

    days: int = 0
    rest: timedelta = timedelta()

    def end(self, wall: datetime, clock: Clock) -> datetime:
        """When what begins then is over."""
        return clock.instant(wall + self.days * DAY) + self.rest


class Universal:
    """The clock of UTC."""

    def instant(self, wall: datetime) -> datetime:
        """See :class:`Clock`."""
        return wall.replace(tzinfo=UTC)


def moments(said: Property, clocks: Clocks) -> list[Moment]:
    """The times of one line. Raises ValueError."""
    return [moment(value, said.parameters, clocks) for value in said.value.split(",") if value.strip()]


def moment(value: str, parameters: dict[str, str], clocks: Clocks) -> Moment:
    """One time, in UTC, in its zone, or by the clock that is usual there. Raises ValueError."""
    value = value.strip()
    if value[-1:] in "Zz" and "T" in value:
        return Moment(wall_time(value[:-1]), Universal(), False)
    zone = parameters.get("TZID", "")
    is_day = "T" not in value
    return Moment(wall_time(value), clocks.of(zone) if zone and not is_day else clocks.usual, is_day)


def length(said: str) -> Length:
    """A duration (RFC 5545, 3.3.6). Raises ValueError."""
    match = DURATION.fullmatch(said.strip())
    if match is None or not any(match.groups()[1:]):
        raise ValueError(said)
    if match[1] == "-":
        raise ValueError(said)
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    return Length(7 * weeks + days, timedelta(hours=hours, minutes=minutes, seconds=seconds))


def length_of(event: Component, start: Moment, clocks: Clocks) -> Length:
    """How long an event lasts: a day without an end is one whole day. Raises ValueError."""
    end = event.first("DTEND")
    if end is not None:
        (ends,) = moments(end, clocks)
        if start.is_day and ends.is_day:
            # Some write the last day where the day after it belongs.
            return Length(max(1, (ends.wall - start.wall).days)) if ends.wall >= start.wall else _backwards(end)
        lasts = ends.instant - start.instant
        return Length(rest=lasts) if lasts >= timedelta() else _backwards(end)
    duration = event.text("DURATION")
    if duration:
        return length(duration)
    return Length(1) if start.is_day else Length()


def spans(event: Component, moved: Sequence[Moment], clocks: Clocks, window: Span, meter: Meter) -> Iterator[Span]:
    """When it takes place, once or as often as it repeats, without the times that were ``moved`` or left out.

    Raises ValueError, TooOften, TooMuch.
    """
    start = _one(event, "DTSTART", clocks)
    lasts = length_of(event, start, clocks)
    left_out = [*moved, *(one for line in event.properties.get("EXDATE", ()) for one in moments(line, clocks))]
    instants = {one.instant for one in left_out if not one.is_day}
    days = {one.wall.date() for one in left_out if one.is_day}
    excepted = set(_repetitions("EXRULE", event, start, lasts, clocks, window, meter))
    for wall in sorted({start.wall, *_repetitions("RRULE", event, start, lasts, clocks, window, meter)}):
        begins = start.clock.instant(wall)
        if begins not in instants and wall.date() not in days and wall not in excepted:
            yield begins, lasts.end(wall, start.clock)
    for line in event.properties.get("RDATE", ()):
        yield from _added(line, start, lasts, clocks, instants, days)


def periods(line: Property) -> Iterator[Span]:
    """What a line of times says, each with its end or its length, in UTC. Raises ValueError."""
    for said in line.value.split(","):
        first, _, last = said.strip().partition("/")
        begins = _universal(first)
        yield begins, begins + _exact(last) if last[:1] in "P+" else _universal(last)


def _one(event: Component, name: str, clocks: Clocks) -> Moment:
    line = event.first(name)
    if line is None:
        raise ValueError(name)
    (found,) = moments(line, clocks)
    return found


def _repetitions(
    name: str, event: Component, start: Moment, lasts: Length, clocks: Clocks, window: Span, meter: Meter
) -> Iterator[datetime]:
    begins = window[0].replace(tzinfo=None) - (lasts.days + 2) * DAY - lasts.rest
    ends = window[1].replace(tzinfo=None) + 2 * DAY
    for line in event.properties.get(name, ()):
        rule = rules.read(line.value)
        until = moment(rule.until, {}, clocks) if rule.until else None
        for wall in rules.occurrences(rule, start.wall, begins, ends, meter):
            if until and _is_over(wall, start, until):
                break
            yield wall


def _is_over(wall: datetime, start: Moment, until: Moment) -> bool:
    if until.is_day:
        return wall.date() > until.wall.date()
    if isinstance(until.clock, Universal):
        return start.clock.instant(wall) > until.instant
    return wall > until.wall


def _added(
    line: Property, start: Moment, lasts: Length, clocks: Clocks, instants: set[datetime], days: set[date]
) -> Iterator[Span]:
    """Times that are said one by one; a period brings its own end."""
    for said in filter(None, line.value.split(",")):
        first, sign, last = said.partition("/")
        one = moment(first, line.parameters, clocks)
        # A day alone takes place at the usual hour.
        wall = datetime.combine(one.wall, start.wall.time()) if one.is_day else one.wall
        clock = start.clock if one.is_day else one.clock
        begins = clock.instant(wall)
        if begins in instants or wall.date() in days:
            continue
        if not sign:
            yield begins, lasts.end(wall, clock)
        elif last[:1] in "P+":
            yield begins, length(last).end(wall, clock)
        else:
            yield begins, moment(last, line.parameters, clocks).instant


def _universal(said: str) -> datetime:
    return wall_time(said.strip().upper().removesuffix("Z")).replace(tzinfo=UTC)


def _exact(said: str) -> timedelta:
    lasts = length(said)
    return lasts.days * DAY + lasts.rest


def _backwards(line: Property) -> Length:
    raise ValueError(line.value)
