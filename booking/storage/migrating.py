"""Bring a database to the schema this code needs, and say whether it already has it."""

import asyncio
from functools import cache
from pathlib import Path

import asyncpg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from booking.storage import addresses
from booking.storage.database import Tx
from booking.storage.postgres import servers_of

# One process migrates at a time; the others wait and find nothing to do.
ADVISORY_LOCK = 0x41_54_45_4C
HAS_VERSION = {
    "sqlite": text("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"),
    "postgresql": text("SELECT 1 WHERE to_regclass('alembic_version') IS NOT NULL"),
}


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


@cache
def _head() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def upgrade(connection: Connection) -> None:
    """Run every step that is missing."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
    command.upgrade(_config(connection), "head")


def is_current(connection: Connection) -> bool:
    """Whether no step is missing."""
    return MigrationContext.configure(connection).get_current_revision() == _head()


async def is_made(tx: Tx) -> bool:
    """Whether any step was ever run here."""
    return bool(await tx.value(HAS_VERSION[tx.dialect]))


async def is_migrated(tx: Tx) -> bool:
    """Whether no step is missing, asked through the door that everybody uses."""
    if not await is_made(tx):
        return False
    return bool(await tx.value(text("SELECT version_num FROM alembic_version")) == _head())


def migrate(url: str) -> None:
    """Bring the database at this address up to date; from outside any event loop."""
    if addresses.read(url).get_backend_name() == "sqlite":
        _migrate_file(url)
    else:
        asyncio.run(_migrate_server(url))


def _migrate_file(url: str) -> None:
    engine = create_engine(url, poolclass=NullPool)

    # The driver would commit before each CREATE TABLE; this way a step is all or nothing.
    @event.listens_for(engine, "connect")
    def leave_transactions_to_us(connection: object, _: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]
        connection.execute("PRAGMA journal_mode = WAL")  # type: ignore[attr-defined]

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.begin() as connection:
        upgrade(connection)


async def _migrate_server(url: str) -> None:
    call = servers_of(url).call

    async def line() -> asyncpg.Connection:
        return (await call()).connection

    engine = create_async_engine("postgresql+asyncpg://", async_creator=line, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.run_sync(upgrade)
    await engine.dispose()
