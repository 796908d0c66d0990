"""A meeting, a feed and an instant, of which a test says only what matters to it."""

from datetime import UTC, datetime
from uuid import UUID

from calendars.events import Event
from calendars.feeds import Feed

BEFORE = datetime(2025, 3, 1, 8, 0, tzinfo=UTC)
START = datetime(2025, 3, 18, 8, 30, tzinfo=UTC)
END = datetime(2025, 3, 18, 10, 30, tzinfo=UTC)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def a_meeting(**said) -> Event:
    usual = {
        "uid": "3f0c2a51-8a07-4a0e-9d53-4d1f8f1a8a10@ateliers.example",
        "sequence": 0,
        "starts_at": START,
        "ends_at": END,
        "time_zone": "Europe/Paris",
        "summary": "Premiers pas à l'ordinateur",
        "created_at": BEFORE,
        "changed_at": BEFORE,
    }
    return Event(**usual | said)


def a_feed(**said) -> Feed:
    usual = {
        "id": UUID(int=7),
        "domain": "ateliers.example",
        "name": "Ateliers de Grenoble",
        "description": "Les ateliers de l'agence",
        "url": "https://ateliers.example/agences/grenoble",
        "time_zone": "Europe/Paris",
        "colour_name": "steelblue",
        "colour_hex": "#4682B4",
        "changed_at": BEFORE,
        "zones": ("Europe/Paris",),
    }
    return Feed(**usual | said)


def lines(text: str) -> list[str]:
    """The content lines, unfolded."""
    return text.replace("\r\n ", "").split("\r\n")[:-1]
