"""SQLite: one writer, whose transactions share a commit, and readers that never wait for it.

Statements run where the caller runs, because handing each one to a thread and back costs more than the statement
(docs/decisions/0004). What may wait runs elsewhere: the commit in the writer's own thread, the wait for another
process's lock as a sleep.
"""

import asyncio
import random
import sqlite3
import time
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Executable, Row, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from booking.storage.constraints import Unavailable, translated, translated_from_driver
from booking.storage.database import Tx, Values
from booking.storage.driving import KEPT_STATEMENTS, Prepared, prepared

PATIENCE = 8.0
LARGEST_GROUP = 64
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # What is deleted is overwritten: who was erased is not read in the file either.
    "PRAGMA secure_delete = ON",
    "PRAGMA cache_size = -32000",
)


class SyncTx:
    """A conversation with SQLite, on a connection of its own."""

    dialect = "sqlite"

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._driver: Any = connection.connection.driver_connection

    def _execute(self, statement: Executable, values: Values) -> Any:
        try:
            return self._connection.execute(statement, values)
        except DBAPIError as error:
            raise translated(error) from error

    def _drive(self, hot: Prepared, values: Values) -> sqlite3.Cursor:
        try:
            if isinstance(values, Sequence):
                return self._driver.executemany(hot.sql, [hot.arguments(each) for each in values])  # type: ignore[no-any-return]
            return self._driver.execute(hot.sql, hot.arguments(values))  # type: ignore[no-any-return]
        except sqlite3.Error as error:
            raise translated_from_driver(error) from error

    async def rows(self, statement: Executable, values: Values = None) -> Sequence[Row[Any]]:
        hot = prepared(statement, self._connection.dialect, values)
        if hot:
            return [hot.row(record) for record in self._drive(hot, values)]  # type: ignore[misc]
        return self._execute(statement, values).all()  # type: ignore[no-any-return]

    async def row(self, statement: Executable, values: Values = None) -> Row[Any] | None:
        found = await self.rows(statement, values)
        return found[0] if found else None

    async def value(self, statement: Executable, values: Values = None) -> Any:
        found = await self.row(statement, values)
        return found[0] if found else None

    async def run(self, statement: Executable, values: Values = None) -> int:
        hot = prepared(statement, self._connection.dialect, values)
        return self._drive(hot, values).rowcount if hot else self._execute(statement, values).rowcount

    def say(self, command: str) -> None:
        """A command of SQLite's own: BEGIN, SAVEPOINT, COMMIT."""
        try:
            self._driver.execute(command)
        except sqlite3.Error as error:
            raise translated_from_driver(error) from error


class Sqlite:
    """An SQLite file. Transactions that wait together are committed together, each in a savepoint of its own."""

    dialect = "sqlite"

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        self._path = path
        self._connections = [_connect(path, busy_ms=0), _connect(path, busy_ms=5000)]
        self._writer, self._reader = (SyncTx(each) for each in self._connections)
        self._reader.say("PRAGMA query_only = ON")
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite-commit")
        self._turn = asyncio.Lock()
        self._patience = patience
        self._arrivals = 0
        self._group: asyncio.Future[None] | None = None
        self._size = 0

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        """Wait for one's turn, write in a savepoint, and leave when the group's commit is on disk."""
        closes = time.monotonic() + self._patience
        await self._wait_for_turn()
        group = await self._join(closes)
        try:
            yield self._writer
            self._writer.say("RELEASE one")
        except BaseException:
            self._undo()
            await self._pass_on()
            raise
        await self._pass_on()
        await asyncio.shield(group)

    async def _wait_for_turn(self) -> None:
        self._arrivals += 1
        try:
            await self._turn.acquire()
        except asyncio.CancelledError:
            # Count ourselves out before anything else can run: whoever comes next must not wait for us to commit.
            self._arrivals -= 1
            if not self._arrivals and self._group is not None and not self._turn.locked():
                # The group was left open for us alone; a free turn is taken at once.
                await self._turn.acquire()
                await asyncio.shield(asyncio.ensure_future(self._commit()))
            raise
        self._arrivals -= 1

    async def _join(self, closes: float) -> asyncio.Future[None]:
        """The group whose commit will be ours; the first one opens it."""
        try:
            if self._group is None:
                await self._begin(closes)
                self._group, self._size = asyncio.get_running_loop().create_future(), 0
            self._size += 1
            self._writer.say("SAVEPOINT one")
            return self._group
        except BaseException:
            if self._group is None:
                self._turn.release()
            else:
                await self._pass_on()
            raise

    async def _begin(self, closes: float) -> None:
        """Take the file's write lock; another process may hold it, so sleep a little and try again until ``closes``."""
        while True:
            try:
                return self._writer.say("BEGIN IMMEDIATE")
            except Unavailable:
                if time.monotonic() > closes:
                    raise
                await asyncio.sleep(random.uniform(0.0005, 0.004))  # noqa: S311 - a pause, not a secret

    def _undo(self) -> None:
        try:
            self._writer.say("ROLLBACK TO one")
            self._writer.say("RELEASE one")
        except (sqlite3.Error, Unavailable) as error:
            # A full disk makes SQLite take back the whole group, and the next savepoint would be outside of it.
            self._lose(error)

    def _lose(self, why: Exception) -> None:
        """Nobody's work in the group will be on disk."""
        self._roll_back()
        group, self._group = self._group, None
        if group is not None:
            _fail(group, why)

    async def _pass_on(self) -> None:
        """Let the next one join the group, or commit it; the commit goes on even if this task is cancelled."""
        if self._group is None or (self._arrivals and self._size < LARGEST_GROUP):
            self._turn.release()
        else:
            await asyncio.shield(asyncio.ensure_future(self._commit()))

    async def _commit(self) -> None:
        group, self._group = self._group, None
        assert group is not None
        try:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._writer.say, "COMMIT")
        except Exception as error:  # noqa: BLE001 - whatever it was, nobody's work is on disk
            self._roll_back()
            _fail(group, error)
        else:
            group.set_result(None)
        finally:
            self._turn.release()

    def _roll_back(self) -> None:
        with suppress(sqlite3.Error, Unavailable):
            self._writer.say("ROLLBACK")

    def at_once(self) -> AbstractAsyncContextManager[Tx]:
        """A transaction like any other: the commit is shared anyway."""
        return self.transaction()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        """The reading connection; each statement runs to its end before anybody else's, so all may share it."""
        yield self._reader

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Tx]:
        """A connection of its own: in WAL a reader keeps its moment, and nobody waits for it."""
        connection = _connect(self._path, busy_ms=5000)
        try:
            tx = SyncTx(connection)
            tx.say("PRAGMA query_only = ON")
            tx.say("BEGIN")
            yield tx
        finally:
            connection.close()

    @property
    def load(self) -> tuple[int, int]:
        """Whether somebody writes, and who waits for the pen."""
        return int(self._turn.locked()), self._arrivals

    async def now(self) -> datetime:
        """This machine's clock: the file has no other."""
        return datetime.now(UTC)

    async def close(self) -> None:
        """Close both connections and end the thread."""
        self._thread.shutdown()
        for connection in self._connections:
            connection.close()


def _fail(group: asyncio.Future[None], why: Exception) -> None:
    group.set_exception(Unavailable(str(why)))
    # Whoever was cancelled meanwhile will not ask.
    group.exception()


_WANTED: ContextVar[tuple[Path, int]] = ContextVar("the file to open, and how long it waits for others")


def _open() -> sqlite3.Connection:
    path, busy_ms = _WANTED.get()
    connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    for pragma in (f"PRAGMA busy_timeout = {busy_ms}", *PRAGMAS):
        connection.execute(pragma)
    return connection


# One for every file: what was compiled for one connection need not be compiled for the next.
_ENGINE = create_engine(
    "sqlite://",
    creator=_open,
    poolclass=NullPool,
    isolation_level="AUTOCOMMIT",
    query_cache_size=KEPT_STATEMENTS,
    hide_parameters=True,  # an error may be written down, what it was about may not
)


def _connect(path: Path, busy_ms: int) -> Connection:
    before = _WANTED.set((path, busy_ms))
    try:
        return _ENGINE.connect()
    finally:
        _WANTED.reset(before)
