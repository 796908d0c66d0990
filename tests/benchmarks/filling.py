"""A large installation, filled while nothing is looked up, checked or flushed, and made whole again afterwards."""

import time

import asyncpg
from sqlalchemy import make_url

from tests.given import World
from tests.given_large import LARGE, Size, rows

# What is lost in a power cut while it is filled is filled again.
CARELESS = ("fsync = off", "full_page_writes = off", "max_wal_size = '16GB'", "autovacuum = off")
OWN = ("session_replication_role = replica", "synchronous_commit = off", "maintenance_work_mem = '1500MB'")
RULES = """
SELECT conrelid::regclass::text AS place, conname AS name, pg_get_constraintdef(oid) AS said, contype::text AS kind
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  AND (contype = 'f' OR contype IN ('p', 'u', 'x') AND conrelid::regclass::text = ANY($1))
ORDER BY contype = 'f', contype
"""
INDEXES = """
SELECT indexname AS name, indexdef AS said FROM pg_indexes
WHERE schemaname = 'public' AND tablename = ANY($1) AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""
LONG = 10.0


async def fill_fast(url: str, world: World, size: Size, now) -> None:
    """All rows of this size; says what takes long."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(address)
    for setting in CARELESS:
        await connection.execute(f"ALTER SYSTEM SET {setting}")
    for setting in ("SELECT pg_reload_conf()", *(f"SET {setting}" for setting in OWN)):
        await connection.execute(setting)
    rules, indexes = await connection.fetch(RULES, list(LARGE)), await connection.fetch(INDEXES, list(LARGE))
    for one in reversed(rules):
        await connection.execute(f'ALTER TABLE {one["place"]} DROP CONSTRAINT "{one["name"]}"')
    for one in indexes:
        await connection.execute(f'DROP INDEX "{one["name"]}"')
    for command in rows(world, size, now):
        await _timed(connection, command)
    for one in indexes:
        await _timed(connection, one["said"])
    for one in rules:
        await _timed(connection, f'ALTER TABLE {one["place"]} ADD CONSTRAINT "{one["name"]}" {one["said"]}')
    for command in (
        "VACUUM ANALYZE",
        *(f"ALTER SYSTEM RESET {setting.partition(' ')[0]}" for setting in CARELESS),
        "SELECT pg_reload_conf()",
        "CHECKPOINT",
    ):
        await _timed(connection, command)
    size_of = await connection.fetchval("SELECT pg_size_pretty(pg_database_size(current_database()))")
    print(f"{size.bookings:,} bookings of {size.agencies * size.sessions:,} sessions, {size_of}", flush=True)
    await connection.close()


async def _timed(connection: asyncpg.Connection, command: str) -> None:
    began = time.perf_counter()
    await connection.execute(command)
    if (took := time.perf_counter() - began) > LONG:
        print(f"{took:6.0f} s  {' '.join(command.split())[:90]}", flush=True)
