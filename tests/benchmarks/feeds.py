"""Calendars over HTTP, beside the cheapest answer there is: python -m tests.benchmarks.feeds [--subscribers 10000].

"Bare" is an application without a framework under the same server that answers a constant of the same size; "times"
says how many times as much processor a request takes. A calendar is cold when the server keeps none of its bytes.
"""

import argparse
import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import repeat

import httpx
from sqlalchemy import text

from booking.storage.migrating import migrate
from booking.storage.opening import open_database
from tests.benchmarks.bookings import Line, Office, sqlite_file
from tests.benchmarks.clients import request
from tests.benchmarks.renderers import show_renderers
from tests.benchmarks.servers import Running, running
from tests.benchmarks.subscribers import SIZES, Followed, follow
from tests.postgresql import create_database, launch

FEED = "/ical/agences/grenoble-bastille/ateliers.ics"
HEADINGS = f"{'':52}{'/s':>8}{'server':>9}{'database':>9}{'p50':>8}{'p99':>8}{'times':>7}{'failed':>8}"


async def lines(office: Office, seconds: float) -> list[Line]:
    """For the table of everything: a ping, a 304, and a whole calendar."""
    whole = await _got(office, FEED)
    count = whole.text.count("BEGIN:VEVENT")
    unchanged = request("GET", FEED, If_None_Match=whole.headers["etag"])
    return [
        await office.measured("GET /health/live", _again("/health/live"), seconds, 200),
        await office.measured("calendar, 304", repeat(unchanged), seconds, 304),
        await office.measured(f"calendar of {count} events", _again(FEED), seconds, 200),
    ]


async def _got(office: Office, path: str) -> httpx.Response:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{office.server.port}") as http:
        return await http.get(path)


def _again(path: str) -> Iterator[bytes]:
    return repeat(request("GET", path))


@dataclass(frozen=True)
class Measured:
    """The product beside the bare server."""

    office: Office
    bare: Office
    seconds: float

    async def show(self, what: str, asked: Iterator[bytes], good: int, like: int) -> None:
        """One line, beside a constant of ``like`` bytes; nothing is sent with a 304."""
        mine = await self.office.measured(what, asked, self.seconds, good)
        path = "/304" if good == 304 else f"/{like}"
        constant = await self.bare.measured(f"{path} bare", _again(path), self.seconds / 2, good)
        together = mine.server_ms + mine.database_ms
        waited = f"{mine.p50:8.2f}{mine.p99:8.2f}{together / constant.server_ms:7.1f}{mine.failures:8}"
        print(f"{mine.what:52}{mine.per_second:8.0f}{mine.server_ms:9.3f}{mine.database_ms:9.3f}{waited}", flush=True)

    async def show_all(self, followed: list[Followed]) -> None:
        """Everybody asks again, then whole calendars of each size."""
        for one in followed:
            size = f"{one.size} events"
            public = await _got(self.office, one.public)
            link = await _got(self.office, f"/ical/{one.alike[0]}/ateliers.ics")
            known, length = {"If_None_Match": link.headers["etag"]}, len(link.content)
            if one.size == SIZES[1]:
                many = f"{len(one.alike)} links"
                await self.show(f"{many}, first time, {size}", one.asked(one.new), 200, length)
                await self.show(f"{many}, 304", one.asked(one.alike, **known), 304, 0)
                unchanged = request("GET", one.public, If_None_Match=public.headers["etag"])
                await self.show("public address, 304", repeat(unchanged), 304, 0)
            await self.show(f"cached, {size}, {length // 1000} kB", one.asked(one.alike), 200, length)

    async def show_cold(self, followed: list[Followed]) -> None:
        """Whole calendars of each size from a server that keeps none."""
        for one in followed:
            length = len((await _got(self.office, f"/ical/{one.alike[0]}/ateliers.ics")).content)
            await self.show(f"cold, {one.size} events, {length // 1000} kB", one.asked(one.alike), 200, length)


async def _show(kind: str, url: str, count: int, pids: Callable[[], list[int]], bare: Office, seconds: float) -> None:
    database = open_database(url)
    followed = await follow(database, count)
    if kind == "PostgreSQL":
        # As the server itself would soon after.
        async with database.transaction() as tx:
            await tx.run(text("ANALYZE"))
    await database.close()
    with running(url) as server:
        await Measured(_office(kind, server, pids), bare, seconds).show_all(followed)
    with running(url, "tests.benchmarks.servers:forgetful") as server:
        await Measured(_office(kind, server, pids), bare, seconds).show_cold(followed)


def _office(kind: str, server: Running, pids: Callable[[], list[int]]) -> Office:
    return Office(kind, server, None, pids)  # type: ignore[arg-type]


async def run(seconds: float, count: int, kinds: list[str]) -> None:
    """The whole table."""
    show_renderers()
    print(HEADINGS)
    with running("", "tests.benchmarks.bare:app") as constant:
        bare = _office("bare", constant, list)
        if "postgresql" in kinds:
            with launch(durable=True) as server:
                await create_database(server.url(), "benchmark")
                await asyncio.to_thread(migrate, server.url("benchmark"))
                await _show("PostgreSQL", server.url("benchmark"), count, server.pids, bare, seconds)
        if "sqlite" in kinds:
            async with sqlite_file() as url:
                await _show("SQLite", url, count, list, bare, seconds)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=5.0, help="how long each line is measured")
    asked.add_argument("--subscribers", type=int, default=10_000, help="how many links of each kind, for each calendar")
    asked.add_argument("--only", choices=["postgresql", "sqlite"], help="one database instead of both")
    given = asked.parse_args()
    asyncio.run(run(given.seconds, given.subscribers, [given.only] if given.only else ["postgresql", "sqlite"]))
