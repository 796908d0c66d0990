"""The same calendar made in three ways: by icalendar, by us from nothing, and joined from entries made before."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import icalendar

from calendars.events import Event, entry
from calendars.feeds import Feed, body
from tests.benchmarks.subscribers import SIZES

NOW = datetime(2026, 10, 19, 8, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
FEED = Feed(
    id=UUID(int=7),
    domain="ateliers.example",
    name="Ateliers",
    description="Les ateliers d’une agence",
    url="https://ateliers.example/agendas",
    time_zone="Europe/Paris",
    colour_name="teal",
    colour_hex="#0b4f5c",
    changed_at=NOW,
    zones=("Europe/Paris",),
)


def meetings(count: int) -> list[Event]:
    """Meetings as an agency has them."""
    return [
        Event(
            uid=f"{n}@ateliers.example",
            sequence=n % 3,
            starts_at=NOW + timedelta(hours=n),
            ends_at=NOW + timedelta(hours=n + 2),
            time_zone="Europe/Paris",
            summary="Premiers pas avec l’ordinateur",
            created_at=NOW,
            changed_at=NOW,
            description="Niveau : débutant\nÀ apporter : de quoi écrire\nhttps://ateliers.example/agences/grenoble",
            location="Vercors, Grenoble Bastille, 12 rue de la République, 38000 Grenoble",
            url="https://ateliers.example/agences/grenoble",
            latitude=45.188529,
            longitude=5.724524,
            categories=("initiation",),
        )
        for n in range(count)
    ]


def by_icalendar(given: list[Event]) -> bytes:
    """What a program that leaves all to the library does for each request."""
    calendar = icalendar.Calendar.new(name=FEED.name, description=FEED.description, color=FEED.colour_name)
    for meeting in given:
        event = icalendar.Event()
        event.add("summary", meeting.summary)
        event.add("dtstart", meeting.starts_at.astimezone(PARIS))
        event.add("dtend", meeting.ends_at.astimezone(PARIS))
        event.add("dtstamp", meeting.changed_at)
        event.add("uid", meeting.uid)
        event.add("sequence", meeting.sequence)
        event.add("categories", list(meeting.categories))
        event.add("class", "PUBLIC")
        event.add("created", meeting.created_at)
        event.add("description", meeting.description)
        event.add("geo", (meeting.latitude, meeting.longitude))
        event.add("last-modified", meeting.changed_at)
        event.add("location", meeting.location)
        event.add("status", meeting.status.value)
        event.add("transp", "OPAQUE")
        event.add("url", meeting.url)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def from_nothing(given: list[Event]) -> bytes:
    """Every entry made for this request."""
    return body(FEED, map(entry, given), NOW.date())


def show_renderers() -> None:
    """Milliseconds of processor for one calendar of each size, and how they stand to each other."""
    print(f"{'one calendar, ms of processor':30}{'icalendar':>12}{'ours':>10}{'joined':>10}{'icalendar / joined':>20}")
    for size in SIZES:
        given = meetings(size)
        kept = [entry(meeting) for meeting in given]
        theirs = _milliseconds(lambda given=given: by_icalendar(given))
        ours = _milliseconds(lambda given=given: from_nothing(given))
        joined = _milliseconds(lambda kept=kept: body(FEED, kept, NOW.date()))
        print(f"{size:>24} events{theirs:11.2f}{ours:10.2f}{joined:10.3f}{theirs / joined:20.0f}", flush=True)
    print()


def _milliseconds(made: Callable[[], bytes]) -> float:
    """The least of several: what disturbs a run only ever makes it longer."""
    made()
    took = []
    for _ in range(5):
        times, begun = 0, time.process_time()
        while (spent := time.process_time() - begun) < 0.2:
            made()
            times += 1
        took.append(spent / times)
    return min(took) * 1000
