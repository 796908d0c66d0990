"""The door to the database: ``transaction()`` writes all or nothing, ``reading()`` looks; the same on both."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from functools import wraps
from random import uniform
from typing import Any, ParamSpec, Protocol, TypeVar, runtime_checkable

from sqlalchemy import Executable, Row, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from booking.storage.constraints import Contended, Unavailable, translated

Values = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None
P = ParamSpec("P")
T = TypeVar("T")

LOCK_TIMEOUT_MS = 5000
TRIES = 8
LONGEST_PAUSE = 0.2


class Tx(Protocol):
    """One conversation with the database."""

    dialect: str

    async def rows(self, statement: Executable, values: Values = None) -> Sequence[Row[Any]]:
        """Every row."""

    async def row(self, statement: Executable, values: Values = None) -> Row[Any] | None:
        """The first row, or None."""

    async def value(self, statement: Executable, values: Values = None) -> Any:
        """The first column of the first row, or None."""

    async def run(self, statement: Executable, values: Values = None) -> int:
        """Write, and say how many rows it met."""


@runtime_checkable  # the web framework asks what it hands over
class Database(Protocol):
    """A database that keeps the promises; see ``open_database``."""

    dialect: str

    def transaction(self) -> AbstractAsyncContextManager[Tx]:
        """Everything inside is committed on leaving, or nothing is."""

    def reading(self) -> AbstractAsyncContextManager[Tx]:
        """Look without writing; every statement sees what was committed before it."""

    async def now(self) -> datetime:
        """The database's clock, which all hosts share."""

    async def close(self) -> None:
        """Let go of every connection."""


class AsyncTx:
    """A conversation with PostgreSQL."""

    dialect = "postgresql"

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def _execute(self, statement: Executable, values: Values) -> Any:
        try:
            return await self._connection.execute(statement, values)
        except DBAPIError as error:
            raise translated(error) from error

    async def rows(self, statement: Executable, values: Values = None) -> Sequence[Row[Any]]:
        return (await self._execute(statement, values)).all()  # type: ignore[no-any-return]

    async def row(self, statement: Executable, values: Values = None) -> Row[Any] | None:
        return (await self._execute(statement, values)).first()  # type: ignore[no-any-return]

    async def value(self, statement: Executable, values: Values = None) -> Any:
        return (await self._execute(statement, values)).scalar()

    async def run(self, statement: Executable, values: Values = None) -> int:
        return (await self._execute(statement, values)).rowcount  # type: ignore[no-any-return]


class Postgres:
    """PostgreSQL through asyncpg: row locks and constraints carry the promises, READ COMMITTED is enough."""

    dialect = "postgresql"

    def __init__(self, url: str, pool_size: int = 10, lock_timeout_ms: int = LOCK_TIMEOUT_MS) -> None:
        timeout = {"lock_timeout": str(lock_timeout_ms), "statement_timeout": "30000", "jit": "off"}
        self._engine = create_async_engine(
            url,
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=8,
            # Both ways in end their own transaction, so the pool has nothing to reset.
            pool_reset_on_return=None,
            connect_args={"server_settings": timeout, "timeout": 8},
        )
        self._reading = self._engine.execution_options(isolation_level="AUTOCOMMIT")

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        """Begin, and commit on leaving."""
        async with _reaching(), self._engine.begin() as connection:
            yield AsyncTx(connection)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        """One connection without a transaction."""
        async with _reaching(), self._reading.connect() as connection:
            yield AsyncTx(connection)

    async def now(self) -> datetime:
        """The server's clock."""
        async with self.reading() as tx:
            return await tx.value(select(func.clock_timestamp()))  # type: ignore[no-any-return]

    async def close(self) -> None:
        """Close the pool."""
        await self._engine.dispose()


@asynccontextmanager
async def _reaching() -> AsyncIterator[None]:
    """What goes wrong while connecting, beginning or committing, in our own words."""
    try:
        yield
    except DBAPIError as error:
        raise translated(error) from error
    except (OSError, TimeoutError, PoolTimeout) as error:
        raise Unavailable(str(error)) from error


def again_when_contended(use_case: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """Run the use case again when its transaction had to give way (a deadlock, a rival's uncommitted place)."""

    @wraps(use_case)
    async def persistent(*args: P.args, **kwargs: P.kwargs) -> T:
        for tried in range(TRIES - 1):
            try:
                return await use_case(*args, **kwargs)
            except Contended:
                # Rivals who went back together must not meet again at the same moment.
                await asyncio.sleep(uniform(0, min(LONGEST_PAUSE, 0.005 * 2**tried)))  # noqa: S311 - a pause
        try:
            return await use_case(*args, **kwargs)
        except Contended as error:
            raise Unavailable(str(error)) from error

    return persistent
