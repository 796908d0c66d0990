"""Feeds: many entries in one calendar that people subscribe to (RFC 5545 and RFC 7986)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from calendars.definitions import definition
from calendars.lines import address, block, line, stamp, text
from calendars.zones import midnight

PRODUCT = "-//Ateliers//Ateliers 1//FR"
LIMIT = 2000
PAST = timedelta(days=30)
AHEAD = timedelta(days=400)


class NotAColour(ValueError):
    """A feed needs the CSS name of its colour and the same colour as #RRGGBB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed says of itself. Raises NotAColour.

    `url` is the page of the feed and carries no token; `zones` are those its entries use, in any order. `id` and
    `domain` identify its own notices and never change.
    """

    id: UUID
    domain: str
    name: str
    description: str
    url: str
    time_zone: str
    colour_name: str
    colour_hex: str
    changed_at: datetime
    zones: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not (re.fullmatch("[a-z]+", self.colour_name) and re.fullmatch("#[0-9A-Fa-f]{6}", self.colour_hex)):
            raise NotAColour(self.colour_name, self.colour_hex)


def window(today: date, zone: str) -> tuple[datetime, datetime]:
    """A feed shows the meetings that end after the first instant and start before the second; at most LIMIT.

    Both are local midnights: within a day a feed changes only with its version, as its ETag promises.
    """
    return midnight(today - PAST, zone), midnight(today + AHEAD, zone)


def body(feed: Feed, entries: Iterable[str], today: date) -> bytes:
    """The calendar of the entries, already rendered, in the order given.

    Never without an entry: evolution-data-server would keep those it had.
    """
    return joined(feed, "".join(entries).encode(), today)


def joined(feed: Feed, entries: bytes, today: date) -> bytes:
    """The same of entries joined before: those of a large calendar are joined once for all who follow it."""
    content = entries or notice(feed, "Aucun atelier programmé", today).encode()
    zones = "".join(map(definition, sorted(set(feed.zones))))
    return b"".join((f"BEGIN:VCALENDAR\r\n{_header(feed)}{zones}".encode(), content, b"END:VCALENDAR\r\n"))


def notice(feed: Feed, summary: str, today: date) -> str:
    """An entry for the whole of today that takes nobody's time; it keeps its UID from day to day."""
    changed = stamp(max(feed.changed_at, midnight(today, feed.time_zone)))
    return block(
        "VEVENT",
        text("SUMMARY", summary),
        line("DTSTART;VALUE=DATE", f"{today:%Y%m%d}"),
        line("DTEND;VALUE=DATE", f"{today + timedelta(days=1):%Y%m%d}"),
        line("DTSTAMP", changed),
        line("UID", f"{uuid5(feed.id, summary)}@{feed.domain}"),
        line("SEQUENCE", today.toordinal()),  # its start moves every day
        line("CLASS", "PUBLIC"),
        line("LAST-MODIFIED", changed),
        line("STATUS", "CONFIRMED"),
        line("TRANSP", "TRANSPARENT"),
    )


def _header(feed: Feed) -> str:
    lines = (
        line("VERSION", "2.0"),
        line("PRODID", PRODUCT),
        line("CALSCALE", "GREGORIAN"),
        text("NAME;LANGUAGE=fr", feed.name),
        text("X-WR-CALNAME", feed.name),
        text("DESCRIPTION", feed.description),
        text("X-WR-CALDESC", feed.description),
        text("X-WR-TIMEZONE", feed.time_zone),
        line("LAST-MODIFIED", stamp(feed.changed_at)),
        line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H"),
        line("X-PUBLISHED-TTL", "PT1H"),
        address("URL", feed.url),
        line("COLOR", feed.colour_name),
        line("X-APPLE-CALENDAR-COLOR", feed.colour_hex),
    )
    return "".join(lines)
