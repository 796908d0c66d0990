"""Bring a database to the schema this code needs, step by step, while servers work; and say whether it has it.

A step adds what new code needs, and old code goes on beside it; or it takes away what no code needs any more (its file
says ``REMOVES = True``), and runs once no old code serves. It leaves a note of the oldest code that may still serve.
"""

import asyncio
import time
from functools import cache
from pathlib import Path

import asyncpg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from booking.storage import addresses
from booking.storage.constraints import Contended, LockTimeout, translated
from booking.storage.database import Tx
from booking.storage.postgres import servers_of

STEPS = Path(__file__).parent / "migrations"
# One process migrates at a time; the others wait and find nothing to do.
ADVISORY_LOCK = 0x41_54_45_4C
# Whoever waits for a table makes all who come after him wait: a step gives up soon, and comes again.
LOCK_TIMEOUT_MS = 500
PAUSE = 1.0
PATIENCE = 300.0
HAS_VERSION = {
    "sqlite": text("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"),
    "postgresql": text("SELECT 1 WHERE to_regclass('alembic_version') IS NOT NULL"),
}
NEEDS = text("SELECT obj_description(to_regclass('alembic_version'), 'pg_class')")


class TablesInUse(Exception):
    """Somebody held a table so long that a step could not be taken; those before it were."""


def _config(connection: Connection | None, steps: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(steps))
    config.attributes["connection"] = connection
    return config


@cache
def _steps(folder: Path) -> tuple[Script, ...]:
    """From the first to the last."""
    return tuple(reversed(list(ScriptDirectory.from_config(_config(None, folder)).walk_revisions())))


def _removes(step: Script) -> bool:
    return bool(getattr(step.module, "REMOVES", False))


def _version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _missing(connection: Connection, steps: Path) -> list[Script]:
    """What was not run yet. Raises CommandError where newer code has been."""
    version = _version(connection)
    if version is None:
        return list(_steps(steps))
    here = ScriptDirectory.from_config(_config(None, steps)).get_revision(version)
    known = _steps(steps)
    return list(known[[step.revision for step in known].index(here.revision) + 1 :])


def upgrade(connection: Connection, steps: Path = STEPS, *, only_adding: bool = False) -> None:
    """Run every step that is missing, each all or nothing; with ``only_adding`` those before the first removal.

    Raises :class:`TablesInUse`, and CommandError where newer code has been.
    """
    is_server = connection.dialect.name == "postgresql"
    if is_server:
        _take_turns(connection)
    for step in _missing(connection, steps):
        if only_adding and _removes(step):
            break
        if is_server:
            connection.exec_driver_sql(f"SET lock_timeout = {LOCK_TIMEOUT_MS}")
            connection.commit()
        _take(connection, step, steps)
        if is_server and _removes(step):
            connection.exec_driver_sql(f"COMMENT ON TABLE alembic_version IS 'needs {step.down_revision}'")
            connection.commit()


def _take_turns(connection: Connection) -> None:
    """Asked again and again: who waits inside a statement is himself waited for by whoever builds an index."""
    while not connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({ADVISORY_LOCK})").scalar():
        connection.commit()
        time.sleep(PAUSE)
    connection.commit()


def _take(connection: Connection, step: Script, steps: Path) -> None:
    ends = time.monotonic() + PATIENCE
    while True:
        try:
            command.upgrade(_config(connection, steps), step.revision)
        except DBAPIError as error:
            if not isinstance(translated(error), LockTimeout | Contended):
                raise
            if time.monotonic() > ends:
                raise TablesInUse(step.revision) from error
            connection.rollback()
            time.sleep(PAUSE)
        else:
            return


def is_current(connection: Connection) -> bool:
    """Whether no step is missing."""
    return not _missing(connection, STEPS)


async def is_made(tx: Tx) -> bool:
    """Whether any step was ever run here."""
    return bool(await tx.value(HAS_VERSION[tx.dialect]))


async def is_migrated(tx: Tx, steps: Path = STEPS) -> bool:
    """Whether this code may serve: nothing that it needs is missing, and nothing that it needs was taken away."""
    if not await is_made(tx):
        return False
    version = await tx.value(text("SELECT version_num FROM alembic_version"))
    known = _steps(steps)
    revisions = [step.revision for step in known]
    if version in revisions:
        return all(_removes(step) for step in known[revisions.index(version) + 1 :])
    if tx.dialect != "postgresql":
        return False
    # Newer code has been here, and says which code may work beside it.
    needs = str(await tx.value(NEEDS) or f"needs {revisions[0]}").removeprefix("needs ")
    return needs in revisions


def migrate(url: str, steps: Path = STEPS, *, only_adding: bool = False) -> None:
    """Bring the database at this address up to date; from outside any event loop. Raises :class:`TablesInUse`."""
    if addresses.read(url).get_backend_name() == "sqlite":
        _migrate_file(url, steps, only_adding=only_adding)
    else:
        asyncio.run(_migrate_server(url, steps, only_adding=only_adding))


def _migrate_file(url: str, steps: Path, *, only_adding: bool) -> None:
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
        upgrade(connection, steps, only_adding=only_adding)


async def _migrate_server(url: str, steps: Path, *, only_adding: bool) -> None:
    call = servers_of(url).call

    async def line() -> asyncpg.Connection:
        return (await call()).connection

    engine = create_async_engine("postgresql+asyncpg://", async_creator=line, poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(upgrade, steps, only_adding=only_adding)
    await engine.dispose()
