"""A database that served another test is as a new one, or it is lent to nobody any more."""

import asyncio

import asyncpg
import pytest
from sqlalchemy import func, select, text

from booking.storage.opening import open_database
from booking.storage.tables import audit, metadata
from tests.given import World
from tests.kept_databases import KeptDatabases
from tests.postgresql import command, connect


async def lives(url: str) -> int:
    """Somebody is booked, and the audit has its lines; the number of the first."""
    db = open_database(url)
    world = await World.begin(db)
    await world.booked(await world.session())
    async with db.reading() as tx:
        first = await tx.value(select(func.min(audit.c.id)))
    await db.close()
    return first


async def rows(url: str) -> dict[str, int]:
    """How many rows each table has, and alembic's own."""
    db = open_database(url)
    async with db.reading() as tx:
        found = {name: await tx.value(text(f'SELECT count(*) FROM "{name}"')) for name in metadata.tables}
        found["alembic_version"] = await tx.value(text("SELECT count(*) FROM alembic_version"))
    await db.close()
    return found


def test_nothing_is_left_of_what_the_test_before_wrote(kept_databases: KeptDatabases):
    with kept_databases.lent() as url, kept_databases.lent() as another:
        before = asyncio.run(rows(another))
        first = asyncio.run(lives(url))

    with kept_databases.lent() as again, kept_databases.lent() as other:
        assert {again, other} == {url, another}
        assert asyncio.run(rows(url)) == before
        assert asyncio.run(lives(url)) == first


@pytest.mark.parametrize(
    "change",
    [
        "DROP TRIGGER kept_audit_delete ON audit",
        "ALTER TABLE audit DISABLE TRIGGER kept_audit_delete",
        "ALTER TABLE sessions DROP CONSTRAINT ck_sessions_seats",
        "ALTER TABLE sessions ADD more int",
        "ALTER TABLE sessions ALTER sequence SET DEFAULT 7",
        "DROP INDEX uq_bookings_active",
        "CREATE TABLE more (id int)",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "ANALYZE alembic_version",
    ],
)
def test_a_database_that_was_rebuilt_is_lent_to_nobody(kept_databases: KeptDatabases, change: str):
    with kept_databases.lent() as url:
        asyncio.run(command(url, change))

    with kept_databases.lent() as next_one:
        assert next_one != url


def test_whoever_holds_a_row_is_sent_away(kept_databases: KeptDatabases):
    async def hold(url: str) -> asyncpg.Connection:
        await lives(url)
        held = await connect(url)
        await held.execute("BEGIN; SELECT * FROM bookings FOR UPDATE")
        return held

    with asyncio.Runner() as runner:
        with kept_databases.lent() as url:
            held = runner.run(hold(url))

        with kept_databases.lent() as again:
            assert again == url
            assert runner.run(rows(again))["bookings"] == 0
        held.terminate()
