"""What open screens cost two server processes: python -m tests.benchmarks.screens [--screens 500] [--seconds 20].

A screen holds its stream and, when told that a row is stale, asks for that row, as booking/web/static/live.js does.
"""

import argparse
import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from statistics import median
from uuid import UUID

from booking.storage.migrating import migrate
from booking.storage.opening import open_database
from tests.benchmarks.bookings import sqlite_file
from tests.benchmarks.clients import request
from tests.benchmarks.servers import Running, processor_seconds, running
from tests.benchmarks.towns import Town, built
from tests.postgresql import create_database, launch

# As a page of the placer shows; one in five screens is a page of one session.
ROWS, FEW, PROCESSES = 15, 3, 2
RAMP_SECONDS, TAIL_SECONDS = 5, 3


@dataclass
class Heard:
    """When a seat was given by session, and how long it took until screens were told, and showed it."""

    given: dict[str, float] = field(default_factory=dict)
    told: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    rows: int = 0
    failures: int = 0


@dataclass
class Screen:
    """One open screen: a stream, and now and then a question."""

    port: int
    town: Town
    sessions: list[UUID]
    heard: Heard
    counted: set[float] = field(default_factory=set)

    async def open(self) -> None:
        """Listen until cancelled."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        words = ",".join(f"session.{one}" for one in self.sessions)
        path = f"/direct?suit={words}&vu={time.time() * 1000:.0f}"
        writer.write(request("GET", path, Cookie=self.town.cookie, Accept="text/event-stream"))
        try:
            while line := (await reader.readline()).decode():
                _, is_told, said = line.partition("data: ")
                if is_told and said.strip() != "-":
                    await self._draw([word.removeprefix("session.") for word in said.split()])
        finally:
            writer.close()

    async def _draw(self, stale: list[str]) -> None:
        now = time.perf_counter()
        since = [at for one in stale if (at := self.heard.given.get(one)) and at not in self.counted]
        self.counted.update(since)
        self.heard.told += [now - one for one in since]
        if len(stale) > FEW:
            return  # the whole page, when it has just come: not what is measured here
        await asyncio.sleep(random.uniform(0, 0.2))
        for one in stale:
            self.heard.rows += 1
            if (
                await fetch(self.port, request("GET", f"/placer/ligne/{one}", Cookie=self.town.cookie, X_Live="1"))
                != 200
            ):
                self.heard.failures += 1
        self.heard.shown += [time.perf_counter() - one for one in since]


async def fetch(port: int, asked: bytes) -> int:
    """The status of one answer, over a connection of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(asked.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))
    answer = await reader.read()
    writer.close()
    return int(answer.split(b" ", 2)[1])


def memory(servers: list[Running]) -> float:
    """Megabytes of all the servers together."""
    lines = [line for one in servers for line in Path(f"/proc/{one.pid}/status").read_text().splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


async def book(servers: list[Running], town: Town, heard: Heard, rate: float, seconds: float) -> None:
    """So many seats a second, in turn by each of the processes."""
    chosen = random.choices(town.sessions, k=int(rate * seconds))
    began = time.perf_counter()

    async def one(n: int, session: UUID, asked: bytes) -> None:
        await asyncio.sleep(max(0, began + n / rate - time.perf_counter()))
        if await fetch(servers[n % len(servers)].port, asked) != 201:
            heard.failures += 1
        heard.given[str(session)] = time.perf_counter()

    requests = islice(town.bookings(chosen), len(chosen))
    await asyncio.gather(
        *(one(n, session, asked) for n, (session, asked) in enumerate(zip(chosen, requests, strict=True)))
    )


@asynccontextmanager
async def measured(what: str, servers: list[Running], heard: Heard) -> AsyncIterator[None]:
    """A line of the table: processor of the servers in the block, their memory, and what screens saw."""
    heard.given, heard.told, heard.shown, heard.rows = {}, [], [], 0
    began, before = time.perf_counter(), processor_seconds(one.pid for one in servers)
    yield
    took = time.perf_counter() - began
    share = 100 * (processor_seconds(one.pid for one in servers) - before) / took
    print(f"{what:34}{share:7.1f} % of a core{memory(servers):7.0f} MB{heard.rows / took:7.0f} rows/s", end="")
    for name, times in (("told", heard.told), ("shown", heard.shown)):
        if times:
            print(f"  {name} p50 {median(times):.2f} s p99 {sorted(times)[int(0.99 * (len(times) - 1))]:.2f} s", end="")
    print(f"  failed {heard.failures}", flush=True)


async def run(url: str, screens: int, sessions: int, rate: float, seconds: float) -> None:
    """The table for one database."""
    await asyncio.to_thread(migrate, url)
    db = open_database(url)
    town = await built(db, sessions, int(rate * seconds * 3) + 100)
    await db.close()
    heard, listening = Heard(), []
    async with AsyncExitStack() as stack:
        servers = [stack.enter_context(running(url)) for _ in range(PROCESSES)]
        async with measured(f"{rate:.0f} bookings/s, no screen", servers, heard):
            await book(servers, town, heard, rate, seconds)
        for n in range(screens):
            port = servers[n % PROCESSES].port
            rows = random.sample(town.sessions, ROWS if n % 5 else 1)
            listening.append(asyncio.create_task(Screen(port, town, rows, heard).open()))
            await asyncio.sleep(RAMP_SECONDS / screens)
        await asyncio.sleep(TAIL_SECONDS)
        async with measured(f"{screens} screens, nothing happens", servers, heard):
            await asyncio.sleep(seconds)
        async with measured(f"{screens} screens, {rate:.0f} bookings/s", servers, heard):
            await book(servers, town, heard, rate, seconds)
            await asyncio.sleep(TAIL_SECONDS)
        for task in listening:
            task.cancel()
        await asyncio.gather(*listening, return_exceptions=True)


async def main(screens: int, sessions: int, rate: float, seconds: float) -> None:
    """Both databases."""
    async with sqlite_file() as url:
        print("SQLite", flush=True)
        await run(url, screens, sessions, rate, seconds)
    with launch(durable=True) as server:
        await create_database(server.url(), "screens")
        print("PostgreSQL", flush=True)
        await run(server.url("screens"), screens, sessions, rate, seconds)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--screens", type=int, default=500)
    asked.add_argument("--sessions", type=int, default=6000)
    asked.add_argument("--rate", type=float, default=50)
    asked.add_argument("--seconds", type=float, default=20)
    given = asked.parse_args()
    asyncio.run(main(given.screens, given.sessions, given.rate, given.seconds))
