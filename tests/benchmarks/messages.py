"""Planning, claiming and sending reminders: python -m tests.benchmarks.messages [--reminders 100000] [--seconds 6].

Beside each line stands what the database alone does with the same rows in the same minutes, and the share of it that we
reach. Figures of a shared machine drift; what counts is how they stand to each other within one run.
"""

import argparse
import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from booking.services.reconciling import reconcile
from booking.storage.migrating import migrate
from booking.storage.opening import open_database
from tests.benchmarks import outbox_limits
from tests.benchmarks.bookings import sqlite_file
from tests.benchmarks.mail_sink import mail_sink
from tests.benchmarks.outboxes import Outbox, filled
from tests.benchmarks.plans import moved, write_alone
from tests.benchmarks.senders import Work, measured
from tests.benchmarks.waits import POLLS, idle_poll, settled_before, urgent
from tests.benchmarks.without import without_database
from tests.given import NOW, World
from tests.postgresql import Server, create_database, launch

WORKERS = (1, 2, 4)


def show(what: str, figure: str, limit: float | None = None, share: float | None = None) -> None:
    """One line of the table."""
    beside = f"{limit:12,.0f}" if limit is not None else " " * 12
    print(f"{what:58}{figure:>16}{beside}{'' if share is None else f'{share:8.2f}'}", flush=True)


def per_second(what: str, rate: float, limit: float) -> None:
    """A rate beside what is possible."""
    show(what, f"{rate:,.0f} /s", limit, rate / limit if limit else None)


async def planning(box: Outbox, reminders: int) -> None:
    """Everything planned from nothing, the rows alone, nothing to do, and one session moved."""
    begun = time.perf_counter()
    healed = await reconcile(box.db, NOW)
    took = time.perf_counter() - begun
    assert abs(healed.missing - reminders) <= reminders // 50, healed
    await box.tidy()
    limit = await outbox_limits.written(box)
    per_second(f"{box.kind}: {healed.missing:,} planned by the reconciler, {took:.1f} s", healed.missing / took, limit)
    begun = time.perf_counter()
    assert not (await reconcile(box.db, NOW)).count
    show(f"{box.kind}: nothing to plan", f"{time.perf_counter() - begun:.2f} s")
    written = await write_alone(box)
    per_second(f"{box.kind}: the same rows written, {healed.missing / written:.1f} s", written, limit)
    show(f"{box.kind}: a session with 100 seats moved", f"{await moved(box) * 1000:,.0f} ms")


async def claiming(box: Outbox, server: Server, seconds: float) -> None:
    """Rows claimed and completed, then whole messages to a sink, with more and more workers."""
    limits: dict[int, float] = {}
    for workers in WORKERS:
        await box.as_planned()
        if box.db.dialect == "postgresql":
            limits[workers] = await outbox_limits.of_postgresql(server, box, workers)
        else:
            limits[workers] = limits.get(1) or await outbox_limits.of_sqlite(box, seconds)
        await box.as_planned()
        rows = await measured(box, workers, Work(seconds, is_rows_only=True))
        per_second(f"{box.kind}: claimed and completed, {workers} at a time", rows, limits[workers])
        await box.as_planned()
        whole = await measured(box, workers, Work(seconds))
        per_second(f"{box.kind}: judged, written and given to a sink, {workers} at a time", whole, limits[workers])


async def mailing(box: Outbox, seconds: float) -> None:
    """The whole chain to a mail server, beside the same mails without a database."""
    with mail_sink() as smtp:
        await box.as_planned()
        limit = await without_database(box, smtp, seconds)
        await box.as_planned()
        rate = await measured(box, 1, Work(seconds, smtp=smtp))
    per_second(f"{box.kind}: sent to a mail server, 1 worker", rate, limit)


async def waiting(box: Outbox, settled: int) -> None:
    """What a look costs when there is nothing, and how long an urgent word waits when there is everything."""
    await box.as_planned()
    show(f"{box.kind}: an urgent word among {await box.count('planned'):,}", f"{await urgent(box) * 1000:,.0f} ms")
    await settled_before(box, settled)
    show(f"{box.kind}: an idle look, {settled:,} settled, {POLLS} looks", f"{await idle_poll(box) * 1000:.2f} ms")


async def table(box: Outbox, server: Server, reminders: int, seconds: float, settled: int) -> None:
    """All lines of one database."""
    await filled(box.world, reminders // 2)
    await planning(box, reminders)
    await claiming(box, server, seconds)
    await mailing(box, seconds)
    await waiting(box, settled)


@asynccontextmanager
async def opened(kind: str, url: str, server: Server) -> AsyncIterator[Outbox]:
    """An empty one."""
    db = open_database(url)
    yield Outbox(kind, url, db, await World.begin(db), server.pids)
    await db.close()


async def run(reminders: int, seconds: float, settled: int, only: str | None) -> None:
    """The whole table."""
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors\n{'':58}{'here':>16}{'limit':>12}{'share':>8}")
    with launch(durable=True) as server:
        if only != "sqlite":
            await create_database(server.url(), "outbox")
            await asyncio.to_thread(migrate, server.url("outbox"))
            async with opened("PostgreSQL", server.url("outbox"), server) as box:
                await table(box, server, reminders, seconds, settled)
        if only != "postgresql":
            async with sqlite_file() as url, opened("SQLite", url, server) as box:
                await table(box, server, reminders, seconds, settled)
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reminders", type=int, default=100_000, help="how many there are to plan")
    asked.add_argument("--seconds", type=float, default=6.0, help="how long each line is measured")
    asked.add_argument("--settled", type=int, default=2_000_000, help="how many messages left long ago")
    asked.add_argument("--only", choices=["postgresql", "sqlite"], help="one database instead of both")
    given = asked.parse_args()
    asyncio.run(run(given.reminders, given.seconds, given.settled, given.only))
