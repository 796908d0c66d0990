"""Every way that an office goes all day, beside its limit: python -m tests.benchmarks.table [--sizes small country].

Each size is a PostgreSQL of its own with as many agencies and years; the last columns say how many times what it costs
in the first size a way costs here. Processor time is what counts: the clock of a shared machine tells of others, too.
A limit is what pgbench does for a seat and what an application without a framework does for a page of the same size.
"""

import argparse
import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from booking.storage.constraints import Unavailable
from booking.storage.database import Database
from booking.storage.migrating import migrate
from booking.storage.opening import open_database
from tests.benchmarks import limits
from tests.benchmarks.bookings import Line, Office
from tests.benchmarks.clients import request
from tests.benchmarks.days import Day, planned_anew
from tests.benchmarks.filling import fill_fast
from tests.benchmarks.senders import rows_only
from tests.benchmarks.servers import processor_seconds, running
from tests.benchmarks.towns import built
from tests.given import World
from tests.given_large import Size
from tests.hot_paths import STATEMENTS
from tests.postgresql import Server, command, create_database, launch

SIZES = {"small": Size(10, 216), "country": Size(900, 216), "history": Size(900, 1111)}
ROOMY, A_GROUP, TURNS = 2000, 500, 5
# As an office looks; seats are taken by as many programs as bookings.CONNECTIONS.
AT_ONCE = 4
PEOPLE_A_SECOND, CANCELLED_A_SECOND = 4000, 200
AHEAD = timedelta(days=28)
BARE, UNCHANGED = "/20000", "/304"
HEADINGS = f"{'':32}{'/s':>7}{'p50':>8}{'p99':>8}{'server':>9}{'database':>9}{'asked':>7}{'limit':>8}{'times':>7}"
Costs = dict[str, float]


@dataclass
class Table:
    """What is shown of one size, and kept to be compared with the next."""

    before: Costs
    costs: Costs = field(default_factory=dict)

    def show(self, line: Line, limit: float | None, name: str) -> None:
        """One line; milliseconds of processor in the middle."""
        together = line.server_ms + line.database_ms
        self.costs[line.what] = together
        asked = STATEMENTS.get(name, {}).get("postgresql", "")
        beside = f"{limit:8.3f}{together / limit:7.1f}" if limit else " " * 15
        grown = f"{together / self.before[line.what]:7.2f} x" if line.what in self.before else ""
        failed = f"  {line.failures} failed" if line.failures else ""
        waited = f"{line.per_second:7.0f}{line.p50:8.2f}{line.p99:8.2f}"
        costs = f"{line.server_ms:9.3f}{line.database_ms:9.3f}{asked:>7}"
        print(f"{line.what:32}{waited}{costs}{beside}{grown}{failed}", flush=True)


@dataclass(frozen=True)
class Floor:
    """The least that the database spends on a seat, alone and hot, and a server on a page and on a 304."""

    seat: float
    hot: float
    page: float
    unchanged: float

    @classmethod
    async def found(cls, server: Server, seconds: float) -> "Floor":
        """Measured in the same minutes."""
        seats = [(await limits.of_postgresql(server, int(seconds) or 1, is_hot=hot)).cpu_ms for hot in (False, True)]
        with running("", "tests.benchmarks.bare:app") as plain:
            bare = Office("", plain, None, list)  # type: ignore[arg-type]
            answers = [
                (await bare.measured("", Day.again(request("GET", path)), seconds, status)).server_ms
                for path, status in ((BARE, 200), (UNCHANGED, 304))
            ]
        return cls(*seats, *answers)


async def show_size(name: str, seconds: float, before: Costs) -> Costs:
    """The table of one size."""
    print(f"\n{name}", flush=True)
    table = Table(before)
    with launch(durable=True) as server:
        await create_database(server.url(), "benchmark")
        url = server.url("benchmark")
        await asyncio.to_thread(migrate, url)
        db = open_database(url)
        world = await World.begin(db)
        await fill_fast(url, world, SIZES[name], datetime.now(UTC))
        await measure(server, db, world, table, seconds)
        await db.close()
    return table.costs


async def measure(server: Server, db: Database, world: World, table: Table, seconds: float) -> None:
    """Every line, on a database that is filled."""
    floor, url = await Floor.found(server, seconds), server.url("benchmark")
    town = await built(db, ROOMY, int(PEOPLE_A_SECOND * (seconds + 1)), world)
    day = await Day.of(db, world, town, int(CANCELLED_A_SECOND * (seconds + 1)))
    await command(url, "ANALYZE")
    print(HEADINGS, flush=True)
    with running(url) as product:
        await show_ways(Office("", product, town, server.pids), day, floor, table, seconds)
    with running(url, "tests.benchmarks.servers:forgetful") as product:
        office = Office("", product, town, server.pids)
        name = "calendar cold"
        table.show(await office.measured(name, day.calendar(), seconds, 200), floor.page, name)
    try:
        await show_jobs(db, server, table)
    except Unavailable as error:
        print(f"given up: {error}", flush=True)


async def show_ways(office: Office, day: Day, floor: Floor, table: Table, seconds: float) -> None:
    """What is asked over HTTP."""
    for name, asked in day.looked_at(office).items():
        table.show(await office.measured(name, asked, seconds, 200, AT_ONCE), floor.page, name)
    name = "calendar unchanged"
    table.show(await office.measured(name, await day.unchanged(office), seconds, 304), floor.unchanged, name)
    town = office.town
    for what, sessions, limit in (("spread", town.sessions, floor.seat), ("hot session", town.sessions[:1], floor.hot)):
        line = await office.measured(f"seat taken, {what}", town.bookings(sessions), seconds, 201)
        table.show(line, limit, "seat taken")
    name = "seat given up and given on"
    table.show(await office.measured(name, day.cancellations(), seconds, 200), floor.seat, name)


async def show_jobs(db: Database, server: Server, table: Table) -> None:
    """What the clock does; milliseconds are those of one turn."""
    at = datetime.now(UTC) + AHEAD
    jobs: dict[str, tuple[int, Callable[[], Awaitable[object]]]] = {
        f"{A_GROUP} reminders claimed, marked": (TURNS, lambda: rows_only(db, at, A_GROUP)),
        "a day of reminders planned": (1, lambda: planned_anew(db, datetime.now(UTC))),
    }
    for what, (turns, job) in jobs.items():
        here, there, took = time.process_time(), processor_seconds(server.pids()), []
        for _ in range(turns):
            began = time.perf_counter()
            await job()
            took.append(1000 * (time.perf_counter() - began))
        costs = [
            1000 * spent / turns for spent in (time.process_time() - here, processor_seconds(server.pids()) - there)
        ]
        table.show(Line(what, 1000 * turns / sum(took), *costs, sorted(took)[turns // 2], max(took)), None, "")


async def run(sizes: list[str], seconds: float) -> None:
    """One size after the other."""
    first: Costs = {}
    for name in sizes:
        found = await show_size(name, seconds, first)
        first = first or found


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sizes", nargs="+", choices=SIZES, default=["small"], help="which, one after the other")
    asked.add_argument("--seconds", type=float, default=3.0, help="how long each line is measured")
    given = asked.parse_args()
    asyncio.run(run(given.sizes, given.seconds))
