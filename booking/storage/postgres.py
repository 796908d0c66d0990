"""PostgreSQL through asyncpg: row locks and constraints carry the promises, READ COMMITTED is enough.

Connections are kept open and handed out whole. The toolkit runs on them without transactions of its own:
``transaction()`` says BEGIN and COMMIT itself, and the hottest statements go to the driver (``driving.py``).
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from contextvars import ContextVar
from datetime import datetime
from random import uniform
from time import monotonic
from typing import Any

import asyncpg
from sqlalchemy import Executable, Row, func, make_url, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from booking.storage.constraints import Unavailable, translated, translated_from_driver
from booking.storage.database import Tx, Values
from booking.storage.driving import KEPT_STATEMENTS, Prepared, prepared

LOCK_TIMEOUT_MS = 5000
PATIENCE = 8
# The server plans a statement for a connection and keeps to it: now and then it should look at the data anew.
LONGEST_KEPT = 3600.0
DRIVER_ERRORS = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)


_WANTED: ContextVar[dict[str, Any]] = ContextVar("the server to call, and how")


async def _open() -> asyncpg.Connection:
    return await asyncpg.connect(**_WANTED.get())


# One for every server: what was compiled for one connection need not be compiled for the next.
_ENGINE = create_async_engine(
    "postgresql+asyncpg://",
    async_creator=_open,
    poolclass=NullPool,
    isolation_level="AUTOCOMMIT",
    query_cache_size=KEPT_STATEMENTS,
    hide_parameters=True,  # an error may be written down, what it was about may not
)


class AsyncTx:
    """A conversation with PostgreSQL."""

    dialect = "postgresql"

    def __init__(self, connection: AsyncConnection, driver: Any) -> None:
        self._connection, self._driver = connection, driver
        # Not all of them at the same moment.
        self._ends_at = monotonic() + uniform(LONGEST_KEPT / 2, LONGEST_KEPT)  # noqa: S311 - a pause

    @property
    def is_fit(self) -> bool:
        """Whether somebody else may use the connection after this."""
        is_broken = self._driver.is_closed() or self._driver.is_in_transaction() or self._connection.invalidated
        return not is_broken and monotonic() < self._ends_at

    def _heard(self, error: Exception) -> Exception:
        """What an error of the driver stands for. One that found its server gone between two messages lost its thread:
        it says nothing is wrong with the connection, which nobody may use again.
        """
        if isinstance(error, asyncpg.InternalClientError):
            self._driver.terminate()
        return translated_from_driver(error)

    async def say(self, command: str) -> str:
        """A command without an answer; returns what the server calls the deed."""
        try:
            return str(await self._driver.execute(command))
        except DRIVER_ERRORS as error:
            raise self._heard(error) from error

    async def _execute(self, statement: Executable, values: Values) -> Any:
        try:
            return await self._connection.execute(statement, values)
        except DBAPIError as error:
            raise translated(error) from error

    async def _drive(self, hot: Prepared, values: Any) -> list[Any]:
        try:
            return [hot.row(record) for record in await self._driver.fetch(hot.sql, *hot.arguments(values))]
        except DRIVER_ERRORS as error:
            raise self._heard(error) from error

    async def _do(self, hot: Prepared, values: Any) -> int:
        """How many rows were met; -1 for a list of values, of which the driver does not tell."""
        try:
            if isinstance(values, Sequence):
                await self._driver.executemany(hot.sql, [hot.arguments(each) for each in values])
                return -1
            return int((await self._driver.execute(hot.sql, *hot.arguments(values))).rpartition(" ")[2])
        except DRIVER_ERRORS as error:
            raise self._heard(error) from error

    async def rows(self, statement: Executable, values: Values = None) -> Sequence[Row[Any]]:
        hot = prepared(statement, self._connection.dialect, values)
        return await self._drive(hot, values) if hot else (await self._execute(statement, values)).all()

    async def row(self, statement: Executable, values: Values = None) -> Row[Any] | None:
        hot = prepared(statement, self._connection.dialect, values)
        if hot is None:
            return (await self._execute(statement, values)).first()  # type: ignore[no-any-return]
        found = await self._drive(hot, values)
        return found[0] if found else None

    async def value(self, statement: Executable, values: Values = None) -> Any:
        return (await self._execute(statement, values)).scalar()

    async def run(self, statement: Executable, values: Values = None) -> int:
        hot = prepared(statement, self._connection.dialect, values)
        if hot:
            return await self._do(hot, values)
        return (await self._execute(statement, values)).rowcount  # type: ignore[no-any-return]

    async def drop(self) -> None:
        """Let go of a connection that nobody should use again."""
        self._driver.terminate()
        with suppress(Exception):
            await self._connection.close()


class Postgres:
    """A PostgreSQL database and at most ``pool_size`` connections to it."""

    dialect = "postgresql"

    def __init__(
        self, url: str, pool_size: int = 10, lock_timeout_ms: int = LOCK_TIMEOUT_MS, patience: float = PATIENCE
    ) -> None:
        settings = {
            "lock_timeout": str(lock_timeout_ms),
            "statement_timeout": "30000",
            # A process that was stopped in the middle lets go of what it holds.
            "idle_in_transaction_session_timeout": "30000",
            "jit": "off",
        }
        _, address = _ENGINE.dialect.create_connect_args(make_url(url))
        self._wanted = address | {"server_settings": settings, "timeout": patience}
        self._patience = patience
        self._places = asyncio.Semaphore(pool_size)
        self._idle: list[AsyncTx] = []

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        """Begin, and commit on leaving."""
        async with self.reading() as tx:
            assert isinstance(tx, AsyncTx)
            await tx.say("BEGIN")
            try:
                yield tx
            except BaseException:
                with suppress(Unavailable, *DRIVER_ERRORS):
                    await tx.say("ROLLBACK")
                raise
            # The server ends a broken transaction by a rollback, and says so without an error.
            if await tx.say("COMMIT") != "COMMIT":
                raise Unavailable("the transaction was broken and has been rolled back")

    def at_once(self) -> AbstractAsyncContextManager[Tx]:
        """Without BEGIN and COMMIT, each of which would be a round trip: a statement alone is all or nothing."""
        return self.reading()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        """One connection without a transaction."""
        tx = await self._take()
        try:
            yield tx
        except asyncio.CancelledError:
            # Its answer may still be on the way, to somebody else's question.
            await self._give_back(tx, is_fit=False)
            raise
        except BaseException:
            await self._give_back(tx, is_fit=tx.is_fit)
            raise
        await self._give_back(tx, is_fit=tx.is_fit)

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Tx]:
        """A transaction that only reads."""
        async with self.reading() as tx:
            assert isinstance(tx, AsyncTx)
            await tx.say("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try:
                yield tx
            finally:
                with suppress(Unavailable, *DRIVER_ERRORS):
                    await tx.say("ROLLBACK")

    async def _take(self) -> AsyncTx:
        try:
            async with asyncio.timeout(self._patience if self._places.locked() else None):
                await self._places.acquire()
        except TimeoutError as error:
            raise Unavailable("every connection is in use") from error
        try:
            while self._idle:
                kept = self._idle.pop()
                if kept.is_fit:
                    return kept
                await kept.drop()
            return await self._open()
        except BaseException:
            self._places.release()
            raise

    async def _open(self) -> AsyncTx:
        before = _WANTED.set(self._wanted)
        try:
            connection = await _ENGINE.connect()
            raw = await connection.get_raw_connection()
        except DBAPIError as error:
            raise translated(error) from error
        except DRIVER_ERRORS as error:
            raise translated_from_driver(error) from error
        except (OSError, TimeoutError) as error:
            raise Unavailable(str(error)) from error
        finally:
            _WANTED.reset(before)
        return AsyncTx(connection, raw.driver_connection)

    async def _give_back(self, tx: AsyncTx, *, is_fit: bool) -> None:
        if is_fit:
            self._idle.append(tx)
        else:
            await tx.drop()
        self._places.release()

    async def now(self) -> datetime:
        """The server's clock."""
        async with self.reading() as tx:
            return await tx.value(select(func.clock_timestamp()))  # type: ignore[no-any-return]

    async def close(self) -> None:
        """Close what is open."""
        while self._idle:
            await self._idle.pop().drop()
