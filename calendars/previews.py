"""The first entries of a calendar of ours, read from its bytes as a subscriber reads them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Event

ENTRY = re.compile(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", re.DOTALL)
STARTS_ON = re.compile(rb"^DTSTART[^:\r]*:(\d{8})", re.MULTILINE)
# No entry lasts longer, and the clocks of two places are never further apart.
LONGEST = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as a calendar shows it; ``zone`` is empty for one of whole days, whose hours mean nothing."""

    starts_at: datetime
    ends_at: datetime
    zone: str
    summary: str
    location: str
    is_cancelled: bool


def upcoming(body: bytes, now: datetime, most: int) -> list[Shown]:
    """The first entries that are not over, by start, as many as asked for; the others are not parsed."""
    found: list[Shown] = []
    for entry in map(_shown, _from(body, now)):
        if entry.ends_at > now:
            found.append(entry)
        if len(found) == most:
            break
    return found


def _from(body: bytes, now: datetime) -> Iterator[bytes]:
    """The entries that may still go on; to parse those of a month for nothing would cost half a second."""
    first = f"{(now - LONGEST).date():%Y%m%d}".encode()
    for match in ENTRY.finditer(body):
        starts_on = STARTS_ON.search(match[0])
        if starts_on and starts_on[1] >= first:
            yield match[0]


def _shown(entry: bytes) -> Shown:
    event = Event.from_ical(entry)
    starts, ends = event.decoded("DTSTART"), event.decoded("DTEND")
    return Shown(
        starts_at=_instant(starts),
        ends_at=_instant(ends),
        zone=str(starts.tzinfo) if isinstance(starts, datetime) else "",
        summary=str(event.get("SUMMARY", "")),
        location=str(event.get("LOCATION", "")),
        is_cancelled=event.get("STATUS") == "CANCELLED",
    )


def _instant(said: date) -> datetime:
    return said if isinstance(said, datetime) else datetime.combine(said, time(), UTC)
