"""The agenda of a month over HTTP: what a manager looks at all day, with some two hundred meetings in one agency."""

import gzip
from datetime import UTC, datetime, timedelta
from itertools import repeat

import httpx

from tests.benchmarks.bookings import Line, Office
from tests.benchmarks.clients import request


async def lines(office: Office, seconds: float) -> list[Line]:
    """One manager alone, then a whole office at once; the page with its weight, as it is and packed."""
    path = f"/sessions?vue=mois&mois={datetime.now(UTC) + timedelta(days=75):%Y-%m}"
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{office.server.port}") as http:
        page = await http.get(path, headers={"cookie": office.town.cookie})
    weight = f"{len(page.content) / 1000:.0f} kB, {len(gzip.compress(page.content)) / 1000:.0f} packed"
    count = page.text.count('<li class="ln ')
    asked = repeat(request("GET", path, Cookie=office.town.cookie))
    return [
        await office.measured(f"month of {count}, {weight}", asked, seconds, 200, 1),
        await office.measured(f"month of {count}, 16 connections", asked, seconds, 200),
    ]
