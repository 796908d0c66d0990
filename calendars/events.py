"""Events: what a calendar entry says, and the VEVENT that says it (RFC 5545, section 3.6.1)."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from calendars.lines import address, block, line, stamp, text
from calendars.zones import is_doubled, wall


class Status(Enum):
    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One meeting, as a calendar shows it, with aware instants and the zone of its wall time.

    `changed_at` grows with any change, `sequence` only with start, end, place or status.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    summary: str
    created_at: datetime
    changed_at: datetime
    description: str = ""
    location: str = ""
    url: str = ""
    latitude: float | None = None
    longitude: float | None = None
    status: Status = Status.CONFIRMED
    categories: tuple[str, ...] = ()

    @property
    def is_cancelled(self) -> bool:
        return self.status is Status.CANCELLED


def entry(event: Event, people: str = "") -> str:
    """The VEVENT of a feed, or of an invitation with the lines of its people; the same event gives the same bytes.

    Raises NaiveInstant.
    """
    return block(
        "VEVENT",
        text("SUMMARY", f"ANNULÉ – {event.summary}" if event.is_cancelled else event.summary),
        _moment("DTSTART", event.starts_at, event.time_zone),
        _moment("DTEND", event.ends_at, event.time_zone),
        line("DTSTAMP", stamp(event.changed_at)),
        text("UID", event.uid),
        line("SEQUENCE", event.sequence),
        text("CATEGORIES", *event.categories),
        line("CLASS", "PUBLIC"),
        line("CREATED", stamp(event.created_at)),
        text("DESCRIPTION", event.description),
        _position(event.latitude, event.longitude),
        line("LAST-MODIFIED", stamp(event.changed_at)),
        text("LOCATION", event.location),
        line("STATUS", event.status.value),
        line("TRANSP", "TRANSPARENT" if event.is_cancelled else "OPAQUE"),
        address("URL", event.url),
        people,
    )


def titled(event: Event) -> Event:
    """The event without where and what: what is shown to who may know only its title and its time."""
    nothing = {"description": "", "location": "", "url": "", "latitude": None, "longitude": None, "categories": ()}
    return replace(event, **nothing)  # type: ignore[arg-type]


def busy(event: Event) -> Event:
    """The event as a time that is taken, and nothing else."""
    return replace(titled(event), summary="Occupé")


def _moment(name: str, instant: datetime, zone: str) -> str:
    local = wall(instant, zone)
    if is_doubled(local):  # a wall time means the first pass (section 3.3.5), but ical.js and libical take the second
        return line(name, stamp(instant))
    return line(f"{name};TZID={zone}", f"{local:%Y%m%dT%H%M%S}")


def _position(latitude: float | None, longitude: float | None) -> str:
    if latitude is None or longitude is None:
        return ""
    return line("GEO", f"{latitude:.6f};{longitude:.6f}")
