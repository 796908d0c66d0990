"""The calendar over HTTP: whole and unchanged, beside the cheapest answer there is."""

from collections.abc import Iterator
from itertools import repeat

import httpx

from tests.benchmarks.bookings import Line, Office
from tests.benchmarks.clients import request

FEED = "/ical/agences/grenoble-bastille/ateliers.ics"


async def lines(office: Office, seconds: float) -> list[Line]:
    """A ping, a 304, and a whole calendar."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{office.server.port}") as http:
        whole = await http.get(FEED)
    count = whole.text.count("BEGIN:VEVENT")
    unchanged = request("GET", FEED, If_None_Match=whole.headers["etag"])
    return [
        await office.measured("GET /health/live", _again("/health/live"), seconds, 200),
        await office.measured("calendar, 304", repeat(unchanged), seconds, 304),
        await office.measured(f"calendar of {count} events", _again(FEED), seconds, 200),
    ]


def _again(path: str) -> Iterator[bytes]:
    return repeat(request("GET", path))
