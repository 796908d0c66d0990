"""How fast presences become a file: python -m tests.benchmarks.exports [--rows 10 2000 200000].

Each line is a process of its own, so that its memory is its own: what it takes above one that writes nothing.
"""

import argparse
import asyncio
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import insert

from booking.domain.bookings import book
from booking.domain.exports import Format, Scope
from booking.domain.staff import Role
from booking.services import exports
from booking.services.exporting import make_due
from booking.storage import job_seekers, staff, tables
from booking.storage.migrating import migrate
from booking.storage.opening import open_database
from booking.storage.shapes import values
from tests.benchmarks.towns import _groups, _person, a_session, add_sessions
from tests.given import NO_PASSWORD, NOW, World, somebody
from tests.postgresql import create_database, launch

SEATS = 20
HEADINGS = f"{'':34}{'rows':>9}{'s':>8}{'rows/s':>9}{'MB':>7}{'memory MB':>11}"


async def fill(url: str, rows: int) -> None:
    """An agency with so many people who are marked, twenty in a meeting."""
    db = open_database(url)
    world = await World.begin(db)
    sessions = [a_session(world, n, NOW) for n in range(max(rows // SEATS, 1))]
    await add_sessions(db, sessions)
    people = [_person(world, n, NOW) for n in range(SEATS)]
    async with db.transaction() as tx:
        await tx.run(insert(tables.job_seekers), [job_seekers.written(one) for one in people])
    seats = [(s, p) for s in sessions for p in people][:rows]
    for some in _groups(seats):
        booked = [(s, book(s.id, p.id, world.agency.id, by=world.adviser.id, now=NOW)) for s, p in some]
        async with db.transaction() as tx:
            await tx.run(insert(tables.bookings), [values(b, tables.bookings, code=b.code) for _, b in booked])
            marks = {"mark": "attended", "reason": None, "marked_by": world.facilitator.id, "marked_at": NOW}
            at = [{"booking_id": b.id, "session_id": s.id, "meeting_id": s.meetings[0].id} for s, b in booked]
            await tx.run(insert(tables.attendance), [place | marks for place in at])
    await db.close()


async def measure(url: str, kind: str) -> None:
    """In a process of its own: make one file, or none, and say how long it took and how much memory."""
    db, took, rows, size = open_database(url), 0.0, 0, 0
    odile = somebody(Role.ADMINISTRATOR, None, f"Odile {kind}")
    async with db.transaction() as tx:
        await staff.add(tx, odile, NO_PASSWORD, NOW)
    if kind in set(Format):
        scope = Scope(first_on=date(2026, 1, 1), last_on=date(2028, 1, 1))
        asked = await exports.ask(db, scope, Format(kind), by=odile, now=NOW)
        begun = time.perf_counter()
        await make_due(db, NOW)
        took = time.perf_counter() - begun
        made = await exports.show(db, asked.id, by=odile, now=NOW)
        rows, size = made.rows_done, made.size
    await db.close()
    print(took, rows, size, _peak_mb())


def _peak_mb() -> float:
    """Of this program alone: what ``getrusage`` says begins with the peak of whoever started it."""
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(lines["VmHWM"].split()[0]) / 1024


def show(name: str, url: str) -> None:
    """A line for each format; memory is what it takes above a process that makes nothing."""
    idle = _measured(url, "nothing")[3]
    for kind in Format:
        took, rows, size, memory = _measured(url, kind)
        figures = f"{rows:9.0f}{took:8.2f}{rows / took:9.0f}{size / 1e6:7.1f}{memory - idle:11.0f}"
        print(f"{f'{name}, {kind}':34}{figures}", flush=True)


def _measured(url: str, kind: str) -> list[float]:
    words = [sys.executable, "-m", "tests.benchmarks.exports", "--url", url, "--kind", kind]
    return [float(said) for said in subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()]


async def run(counts: list[int]) -> None:
    """The whole table."""
    print(HEADINGS)
    with launch(durable=True) as server, TemporaryDirectory() as folder:
        for rows in counts:
            await create_database(server.url(), f"rows_{rows}")
            for name, url in (
                ("SQLite", f"sqlite:///{folder}/{rows}.sqlite3"),
                ("PostgreSQL", server.url(f"rows_{rows}")),
            ):
                await asyncio.to_thread(migrate, url)
                await fill(url, rows)
                await asyncio.to_thread(show, name, url)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10, 2_000, 200_000])
    parser.add_argument("--url", help=argparse.SUPPRESS)
    parser.add_argument("--kind", help=argparse.SUPPRESS)
    given = parser.parse_args()
    asyncio.run(measure(given.url, given.kind) if given.url else run(given.rows))
