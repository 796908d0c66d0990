"""The limit: the smallest booking without a race, done by nothing but the database's own tools.

Take a seat, write the booking, write what must be said; durable. On PostgreSQL one prepared statement from pgbench, on
SQLite one writer with Python's own driver.
"""

import asyncio
import re
import sqlite3
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
from sqlalchemy import make_url

from tests.benchmarks.servers import processor_seconds
from tests.postgresql import Server, create_database

TABLES = """
CREATE TABLE seats (id int PRIMARY KEY, taken int NOT NULL, capacity int NOT NULL, CHECK (taken <= capacity))
    WITH (fillfactor = 80);
CREATE TABLE booked (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, session int NOT NULL, person int NOT NULL);
CREATE TABLE said (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, booking bigint NOT NULL, due timestamptz);
INSERT INTO seats SELECT n, 0, 1000000000 FROM generate_series(1, 10000) n;
"""
BOOKING = """
WITH seat AS (UPDATE seats SET taken = taken + 1 WHERE id = :session AND taken < capacity RETURNING id),
     booking AS (INSERT INTO booked (session, person) SELECT id, :person FROM seat RETURNING id)
INSERT INTO said (booking, due) SELECT id, now() FROM booking;
"""
SPREAD, HOT = "\\set session random(1, 10000)", "\\set session 1"
PERSON = "\\set person random(1, 1000000)"


@dataclass(frozen=True)
class Limit:
    """Bookings a second, and milliseconds of the database's processor for one."""

    per_second: float
    cpu_ms: float


async def of_postgresql(server: Server, seconds: int, *, is_hot: bool, clients: int = 16) -> Limit:
    """What pgbench does with one prepared statement."""
    name = "limit_hot" if is_hot else "limit"
    await create_database(server.url(), name)
    address = make_url(server.url(name)).set(drivername="postgresql")
    connection = await asyncpg.connect(address.render_as_string(hide_password=False))
    await connection.execute(TABLES)
    await connection.close()
    with TemporaryDirectory() as folder:
        script = Path(folder) / "booking.sql"
        script.write_text(
            f"{HOT if is_hot else SPREAD}\n\\set person random(1, 1000000)\n{' '.join(BOOKING.split())}\n"
        )
        options = ["-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T", str(seconds), "-f", str(script)]
        where = ["-h", str(address.query["host"]), "-U", str(address.username), name]
        before = processor_seconds(server.pids())
        told = await asyncio.to_thread(_said, [server.bin / "pgbench", *options, *where])
    done = int(re.search(r"transactions actually processed: (\d+)", told)[1])
    per_second = float(re.search(r"tps = ([\d.]+)", told)[1])
    return Limit(per_second, (processor_seconds(server.pids()) - before) / done * 1000)


def _said(command: list[str | Path]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def of_sqlite(seconds: float, sessions: int = 10_000) -> Limit:
    """What one writer does with Python's own driver, WAL and full synchronisation."""
    with TemporaryDirectory() as folder:
        db = sqlite3.connect(Path(folder) / "limit.sqlite3", isolation_level=None)
        for command in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"):
            db.execute(command)
        db.execute("CREATE TABLE seats (id INTEGER PRIMARY KEY, taken INTEGER NOT NULL, capacity INTEGER NOT NULL)")
        db.execute("CREATE TABLE booked (id INTEGER PRIMARY KEY, session INTEGER NOT NULL, person INTEGER NOT NULL)")
        db.execute("CREATE TABLE said (id INTEGER PRIMARY KEY, booking INTEGER NOT NULL, due INTEGER)")
        db.execute("BEGIN")
        db.executemany("INSERT INTO seats VALUES (?, 0, 1000000000)", ((n,) for n in range(1, sessions + 1)))
        db.execute("COMMIT")
        begun, worked, done = time.perf_counter(), time.process_time(), 0
        while time.perf_counter() - begun < seconds:
            _book(db, 1 + done % sessions, done)
            done += 1
        worked, took = time.process_time() - worked, time.perf_counter() - begun
        db.close()
    return Limit(done / took, worked / done * 1000)


def _book(db: sqlite3.Connection, session: int, person: int) -> None:
    db.execute("BEGIN IMMEDIATE")
    db.execute("UPDATE seats SET taken = taken + 1 WHERE id = ? AND taken < capacity", (session,))
    booking = db.execute("INSERT INTO booked (session, person) VALUES (?, ?)", (session, person)).lastrowid
    db.execute("INSERT INTO said (booking, due) VALUES (?, ?)", (booking, person))
    db.execute("COMMIT")
