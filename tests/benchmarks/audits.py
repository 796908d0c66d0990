"""How fast the audit is sealed and verified, by seconds of the processor: python -m tests.benchmarks.audits."""

import argparse
import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import text

from booking.domain.identifiers import new_id
from booking.services import sealing, verifying
from booking.storage import audit
from booking.storage.database import Database
from booking.storage.migrating import migrate
from booking.storage.opening import open_database
from tests.benchmarks.servers import processor_seconds
from tests.given import NOW, SITE, World
from tests.postgresql import Server, create_database, launch

AT_ONCE = 500
ALONE = 10_000


async def timed(work: Callable[[], Awaitable[object]]) -> float:
    """Seconds of this program's processor: who else works on the machine does not count."""
    begun = time.process_time()
    await work()
    return time.process_time() - begun


async def measure(name: str, db: Database, lines: int, server: Server | None = None) -> None:
    """Write, seal and verify so many lines, and tell."""
    world = await World.begin(db)

    async def write() -> None:
        for begin in range(0, lines, AT_ONCE):
            ids = [new_id(NOW) for _ in range(min(AT_ONCE, lines - begin))]
            async with db.transaction() as tx:
                await audit.record_all(tx, world.adviser, "booked", "booking", ids, NOW)

    wrote = await timed(write)
    sealed = await timed(lambda: sealing.seal(db, NOW, site=SITE))
    verified = await timed(lambda: verifying.verify(db, site=SITE))
    figures = {"written": wrote, "sealed": sealed, "verified": verified}
    print(f"{name:12}", *(f"{what} {lines / seconds:9,.0f}/s" for what, seconds in figures.items()))
    if server:
        guarded, bare = await alone(db, world, server, guarded=True), await alone(db, world, server, guarded=False)
        print(f"{'':12} a line costs the server {guarded:.4f} ms, without its guard {bare:.4f} ms")


async def alone(db: Database, world: World, server: Server, *, guarded: bool) -> float:
    """Milliseconds for a line in one transaction of many, with and without the shared lock of the table."""
    what = "ENABLE" if guarded else "DISABLE"
    async with db.transaction() as tx:
        await tx.run(text(f"ALTER TABLE audit {what} TRIGGER shared_audit"))

    async def write() -> None:
        async with db.transaction() as tx:
            for _ in range(ALONE):
                await audit.record(tx, world.adviser, "booked", "booking", world.room.id, NOW)

    await write()
    begun = processor_seconds(server.pids())
    await write()
    return (processor_seconds(server.pids()) - begun) / ALONE * 1000


@asynccontextmanager
async def on_sqlite() -> AsyncIterator[Database]:
    """An empty file."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'audits.sqlite3'}"
        await asyncio.to_thread(migrate, url)
        db = open_database(url)
        yield db
        await db.close()


async def run(lines: int) -> None:
    """Both databases."""
    async with on_sqlite() as db:
        await measure("SQLite", db, lines)
    with launch() as server:
        await create_database(server.url(), "audits")
        await asyncio.to_thread(migrate, server.url("audits"))
        db = open_database(server.url("audits"))
        await measure("PostgreSQL", db, lines, server)
        await db.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=50_000)
    asyncio.run(run(parser.parse_args().lines))
