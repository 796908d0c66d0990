"""Ways past every promise of the database: what a bug, a crash or a hand could leave behind."""

import sqlite3
from pathlib import Path

import asyncpg
from sqlalchemy import make_url

# Every promise that the database itself would keep, but primary and unique keys.
UNGUARDED = """
DO $$ DECLARE kept record; BEGIN
    FOR kept IN SELECT conrelid::regclass AS place, conname FROM pg_constraint
                WHERE contype IN ('c', 'f', 'x') AND connamespace = 'public'::regnamespace
    LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', kept.place, kept.conname); END LOOP;
END $$
"""
TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"


async def do_behind_its_back(url: str, *statements: str) -> None:
    """Run these with no check, foreign key, trigger or active-booking index in the way."""
    if url.startswith("sqlite"):
        _on_file(Path(url.removeprefix("sqlite:///")), statements)
    else:
        await _on_server(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False), statements)


def _on_file(path: Path, statements: tuple[str, ...]) -> None:
    connection = sqlite3.connect(path)
    triggers = [f"DROP TRIGGER {name}" for (name,) in connection.execute(TRIGGERS).fetchall()]
    off = ["PRAGMA ignore_check_constraints = ON", "PRAGMA foreign_keys = OFF", "DROP INDEX uq_bookings_active"]
    for statement in (*off, *triggers, *statements):
        connection.execute(statement)
    connection.commit()
    connection.close()


async def _on_server(url: str, statements: tuple[str, ...]) -> None:
    connection = await asyncpg.connect(url)
    # No trigger fires for a replica.
    await connection.execute("SET session_replication_role = replica")
    for statement in (UNGUARDED, "DROP INDEX uq_bookings_active", *statements):
        await connection.execute(statement)
    await connection.close()
