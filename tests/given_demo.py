"""The invented world of the demonstration, smaller: whole, and the same again for the same seed."""

from dataclasses import dataclass
from datetime import datetime
from unittest.mock import patch

from booking.demo.filling import Access, fill
from booking.demo.world import Size
from booking.services.long_works import Clock
from booking.storage.opening import open_database
from tests.given import NOW, SITE

SMALL = Size(people=72, weeks=range(-2, 3))


@dataclass(frozen=True)
class Filled:
    """A world where it stands, and the ways into it."""

    url: str
    found: list[Access]


async def nothing_leaves(_: datetime) -> None:
    """No machine sends anything."""


async def filled_at(url: str) -> Filled:
    """An empty database, filled. A list is brought in within no time, or it would have other ids each time."""
    db = open_database(url)
    with patch.object(Clock, "now", property(lambda clock: clock.since)):
        found = await fill(db, SITE, now=NOW, send=nothing_leaves, size=SMALL)
    await db.close()
    return Filled(url, found)
