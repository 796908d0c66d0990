"""How fast booking is here: ./dev bench, or python -m tests.benchmarks [--seconds 5] [--sessions 2000].

Figures of a shared machine drift by a factor of two; what counts is how they stand to each other within one run.
"""

import argparse
import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from booking.storage.migrating import migrate
from tests.benchmarks import agendas, bookings, feeds, limits, placer_pages
from tests.benchmarks.bookings import Line
from tests.postgresql import Server, create_database, launch

PEOPLE_A_SECOND = 9000
HEADINGS = f"{'':44}{'/s':>8}{'server':>9}{'database':>9}{'together':>9}{'p50':>8}{'p99':>8}{'failed':>8}"


def show(line: Line) -> None:
    """One line of the table: requests a second, milliseconds of processor and of waiting."""
    costs = f"{line.server_ms:9.3f}{line.database_ms:9.3f}{line.server_ms + line.database_ms:9.3f}"
    print(f"{line.what:44}{line.per_second:8.0f}{costs}{line.p50:8.2f}{line.p99:8.2f}{line.failures:8}", flush=True)


def show_limit(what: str, limit: limits.Limit) -> None:
    """What the database alone does."""
    print(f"{what:44}{limit.per_second:8.0f}{'':9}{limit.cpu_ms:9.3f}{limit.cpu_ms:9.3f}", flush=True)


@asynccontextmanager
async def on_postgresql(server: Server, sessions: int, people: int) -> AsyncIterator[bookings.Office]:
    """The product on a database of this server."""
    await create_database(server.url(), "benchmark")
    url = server.url("benchmark")
    await asyncio.to_thread(migrate, url)
    async with bookings.office("PostgreSQL", url, sessions, people, server.pids) as office:
        yield office


@asynccontextmanager
async def on_sqlite(sessions: int, people: int) -> AsyncIterator[bookings.Office]:
    """The product on a file."""
    async with bookings.sqlite_file() as url, bookings.office("SQLite", url, sessions, people, list) as office:
        yield office


async def run(seconds: float, sessions: int, kinds: list[str]) -> None:
    """The whole table."""
    people = int(3 * (seconds + bookings.WARM_UP) * PEOPLE_A_SECOND)
    print(HEADINGS)
    with launch(durable=True) as server:
        if "postgresql" in kinds:
            show_limit("PostgreSQL: pgbench, spread", await limits.of_postgresql(server, int(seconds), is_hot=False))
            show_limit("PostgreSQL: pgbench, hot", await limits.of_postgresql(server, int(seconds), is_hot=True))
            async with on_postgresql(server, sessions, people) as office:
                await show_all(office, seconds)
    if "sqlite" in kinds:
        show_limit("SQLite: one writer, Python's driver", limits.of_sqlite(seconds))
        async with on_sqlite(sessions, people) as office:
            await show_all(office, seconds)


async def show_all(office: bookings.Office, seconds: float) -> None:
    """Bookings, then calendars, then the agenda and the placing page."""
    for line in await bookings.lines(office, seconds):
        show(line)
    for line in [*await feeds.lines(office, seconds / 2), *await agendas.lines(office, seconds / 2)]:
        show(line)
    for line in await placer_pages.lines(office, seconds / 2):
        show(line)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=5.0, help="how long each line is measured")
    asked.add_argument("--sessions", type=int, default=2000, help="how many sessions the town has")
    asked.add_argument("--only", choices=["postgresql", "sqlite"], help="one database instead of both")
    given = asked.parse_args()
    asyncio.run(run(given.seconds, given.sessions, [given.only] if given.only else ["postgresql", "sqlite"]))
