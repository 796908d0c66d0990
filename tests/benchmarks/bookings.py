"""Booking through HTTP, on both databases, beside what the database alone could do in the same minute."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import text

from booking.storage.migrating import migrate
from booking.storage.opening import open_database
from tests.benchmarks.clients import Ran, ask_all
from tests.benchmarks.servers import Running, processor_seconds, running
from tests.benchmarks.towns import Town, built

CONNECTIONS = 16
WARM_UP = 1.0


@dataclass(frozen=True)
class Line:
    """One line of the table; processor time in milliseconds a request."""

    what: str
    per_second: float
    server_ms: float
    database_ms: float
    p50: float
    p99: float
    failures: int = 0


@dataclass(frozen=True)
class Office:
    """A running product and its database's processes; none of their own for SQLite."""

    kind: str
    server: Running
    town: Town
    database_pids: Callable[[], list[int]]

    async def measured(
        self, what: str, requests: Iterator[bytes], seconds: float, good: int, connections: int = CONNECTIONS
    ) -> Line:
        """Ask for these seconds, after a second to warm up."""
        await ask_all(self.server.port, requests, connections, WARM_UP)
        server, database = self._processor()
        ran = await ask_all(self.server.port, requests, connections, seconds)
        server_after, database_after = self._processor()
        return _line(
            f"{self.kind}: {what}" if self.kind else what, ran, server_after - server, database_after - database, good
        )

    def _processor(self) -> tuple[float, float]:
        return processor_seconds([self.server.pid]), processor_seconds(self.database_pids())


def _line(what: str, ran: Ran, server: float, database: float, good: int) -> Line:
    count = len(ran.took)
    failures = count - ran.statuses.get(good, 0)
    costs = (server / count * 1000, database / count * 1000)
    return Line(what, ran.per_second, *costs, ran.quantile(0.5), ran.quantile(0.99), failures)


async def lines(office: Office, seconds: float) -> list[Line]:
    """Spread over every session, then all into one, then one connection alone."""
    town = office.town
    return [
        await office.measured("spread, 16 connections", town.bookings(town.sessions), seconds, 201),
        await office.measured("one hot session, 16 connections", town.bookings(town.sessions[:1]), seconds, 201),
        await office.measured("spread, 1 connection", town.bookings(town.sessions), seconds / 2, 201, 1),
    ]


@asynccontextmanager
async def office(
    kind: str, url: str, sessions: int, people: int, pids: Callable[[], list[int]]
) -> AsyncIterator[Office]:
    """The product on this database, migrated before, with a town in it."""
    database = open_database(url)
    town = await built(database, sessions, people)
    if kind == "PostgreSQL":
        # As the server itself would soon after.
        async with database.reading() as tx:
            await tx.run(text("ANALYZE"))
    await database.close()
    with running(url) as server:
        yield Office(kind, server, town, pids)


@asynccontextmanager
async def sqlite_file() -> AsyncIterator[str]:
    """The address of a migrated file."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'ateliers.sqlite3'}"
        migrate(url)
        yield url
