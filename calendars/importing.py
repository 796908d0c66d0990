"""Somebody else's calendar: when it says that they are busy, and nothing of what they do.

One component that cannot be read is counted, and the others are kept.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from calendars.foreign import Component, Unreadable, Why, take_apart
from calendars.foreign_events import Moment, Span, moments, periods, spans
from calendars.foreign_zones import Clocks
from calendars.rules import Meter, TooMuch, TooOften

MOST_TIMES = 20_000
LONGEST_UID = 200
IS_FREE = frozenset({"FREE", "WORKINGELSEWHERE"})


@dataclass(frozen=True, slots=True)
class BusySpan:
    """From when to when somebody is busy, and by which entry of his calendar."""

    starts_at: datetime
    ends_at: datetime
    uid: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What a calendar says: ``read`` entries were understood, busy or not; of ``problems`` each has its number."""

    times: tuple[BusySpan, ...]
    read: int
    problems: dict[str, int]


def busy_times(body: bytes, zone: str, begins: datetime, ends: datetime) -> Imported:
    """The busy times of a calendar between two instants, by start.

    What has no zone is by the calendar's own, if it says one, or else by ``zone``. Raises :class:`Unreadable`.
    """
    found, problems, meter = Found(begins, ends), Counter[str](), Meter()
    for calendar in take_apart(body):
        definitions = [part for part in calendar.parts if part.name == "VTIMEZONE"]
        clocks = Clocks(definitions, (calendar.text("X-WR-TIMEZONE"), zone), begins, ends)
        for group in _groups(calendar):
            for event in group:
                try:
                    found.add(event, list(_busy(event, group, calendar, clocks, (begins, ends), meter)))
                except TooOften:
                    problems[Why.TOO_OFTEN] += 1
                except TooMuch as error:
                    if meter.is_spent:
                        raise Unreadable(Why.TOO_MUCH) from error
                    problems[Why.TOO_MUCH] += 1
                except Unreadable:
                    raise
                except (ValueError, OverflowError):
                    problems["unreadable"] += 1
    if problems and not found.read:
        raise Unreadable(next((why for why in (Why.TOO_OFTEN, Why.TOO_MUCH) if problems[why]), Why.NOTHING_READ))
    times = tuple(BusySpan(*span, uid) for span, uid in sorted(found.times.items()))
    return Imported(times, found.read, dict(problems))


@dataclass(slots=True)
class Found:
    """What was found in the window so far."""

    begins: datetime
    ends: datetime
    times: dict[Span, str] = field(default_factory=dict)
    read: int = 0

    def add(self, event: Component, taken: Iterable[Span]) -> None:
        """The times of one event, cut to the window. Raises :class:`Unreadable` when they are too many."""
        uid = "".join(sign for sign in event.text("UID")[:LONGEST_UID] if sign.isprintable())
        self.read += 1
        for starts_at, ends_at in taken:
            if starts_at < ends_at and starts_at < self.ends and self.begins < ends_at:
                self.times.setdefault((max(starts_at, self.begins), min(ends_at, self.ends)), uid)
        if len(self.times) > MOST_TIMES:
            raise Unreadable(Why.TOO_MANY_ENTRIES)


def _groups(calendar: Component) -> Iterator[Sequence[Component]]:
    """The events of each UID together, those without one alone; of several versions of one the latest."""
    together: dict[str, list[Component]] = defaultdict(list)
    for part in calendar.parts:
        if part.name == "VEVENT" and part.text("UID"):
            together[part.text("UID")].append(part)
        elif part.name in ("VEVENT", "VFREEBUSY"):
            yield [part]
    for group in together.values():
        yield _latest(group) if len(group) > 1 else group


def _latest(group: Iterable[Component]) -> list[Component]:
    newest: dict[tuple[str, str], int] = defaultdict(int)
    versions = [(_version(event), event) for event in group]
    for (which, n), _ in versions:
        newest[which] = max(newest[which], n)
    return [event for (which, n), event in versions if n == newest[which]]


def _version(event: Component) -> tuple[tuple[str, str], int]:
    line, said = event.first("RECURRENCE-ID"), event.text("SEQUENCE")
    which = (line.value.strip(), line.parameters.get("TZID", "")) if line else ("", "")
    return which, int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


def _busy(
    event: Component, group: Sequence[Component], calendar: Component, clocks: Clocks, window: Span, meter: Meter
) -> Iterator[Span]:
    """When this event keeps its owner busy. Raises ValueError, TooOften, TooMuch."""
    if event.is_broken:
        raise ValueError(event.name)
    if event.name == "VFREEBUSY":
        for line in event.properties.get("FREEBUSY", ()):
            if line.parameters.get("FBTYPE", "BUSY").upper() != "FREE":
                yield from periods(line)
        return
    moved = [] if event.first("RECURRENCE-ID") else list(_moved(group, clocks))
    # Read even what counts for nothing: whoever looks at the figures sees what was understood.
    found = spans(event, moved, clocks, window, meter)
    if not _keeps_busy(event, calendar):
        next(found, None)
        return
    yield from found


def _moved(group: Sequence[Component], clocks: Clocks) -> Iterator[Moment]:
    """The repetitions that have an entry of their own."""
    for other in group:
        line = other.first("RECURRENCE-ID")
        if line is not None:
            yield from moments(line, clocks)


def _keeps_busy(event: Component, calendar: Component) -> bool:
    if event.text("TRANSP").upper() == "TRANSPARENT" or event.text("STATUS").upper() == "CANCELLED":
        return False
    return event.text("X-MICROSOFT-CDO-BUSYSTATUS").upper() not in IS_FREE and not _is_declined(event, calendar)


def _is_declined(event: Component, calendar: Component) -> bool:
    """Whether the owner said no: as the one whose address the calendar bears, or with everybody else."""
    guests = {
        line.value.strip().lower().removeprefix("mailto:"): line.parameters.get("PARTSTAT", "").upper()
        for line in event.properties.get("ATTENDEE", ())
    }
    for name in ("X-WR-CALNAME", "X-WR-RELCALID"):
        owner = calendar.text(name).lower()
        if owner in guests:
            return guests[owner] == "DECLINED"
    return bool(guests) and all(answer == "DECLINED" for answer in guests.values())
