"""A conversation with PostgreSQL: every answer is heard here, and every silence has an end."""

import asyncio
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from random import uniform
from time import monotonic
from typing import Any, TypeVar

import asyncpg
from sqlalchemy import Executable, Row
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.storage import errands
from booking.storage.constraints import Away, translated, translated_from_driver
from booking.storage.database import Values
from booking.storage.driving import Prepared, prepared

T = TypeVar("T")
DRIVER_ERRORS = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
# The server plans a statement for a connection and keeps to it: now and then it should look at the data anew.
LONGEST_KEPT = 3600.0
# Seconds for one statement of a job. A server that lives ends it by itself sooner; one that is frozen says nothing.
LONGEST_ANSWER = 45.0


class AsyncTx:
    """A connection, as the storage speaks through it; ``timeline`` is that of the server at its other end."""

    dialect = "postgresql"

    def __init__(self, connection: AsyncConnection, driver: Any, timeline: str = "") -> None:
        self._connection, self._driver, self.timeline = connection, driver, timeline
        # Not all of them at the same moment.
        self._ends_at = monotonic() + uniform(LONGEST_KEPT / 2, LONGEST_KEPT)  # noqa: S311 - a pause
        self._asked_at: float | None = None
        self._errand: errands.Errand | None = None
        self._watch: asyncio.TimerHandle | None = None

    @property
    def is_fit(self) -> bool:
        """Whether somebody else may use the connection after this."""
        is_broken = self._driver.is_closed() or self._driver.is_in_transaction() or self._connection.invalidated
        return not is_broken and monotonic() < self._ends_at

    def begin(self) -> None:
        """Somebody takes it, and waits no longer than he has time."""
        self._errand = errands.current()
        if self._errand:
            self._errand.hear()
        left = max(self._errand.left, 2 * errands.SLOW) if self._errand else errands.PATIENCE
        self._watch = asyncio.get_running_loop().call_later(left, self._look)

    def end(self) -> None:
        """He is done with it."""
        if self._watch:
            self._watch.cancel()
        self._errand = None

    def note_write(self) -> None:
        """From now on what was said may be in the database, whatever is heard of it."""
        if self._errand:
            self._errand.has_written = True

    def _look(self) -> None:
        """Give up an answer that is late; look again later at one that is not."""
        left = errands.PATIENCE
        if self._asked_at is not None:
            left = self._errand.left if self._errand else self._asked_at + LONGEST_ANSWER - monotonic()
        if left > 0:
            self._watch = asyncio.get_running_loop().call_later(left, self._look)
        else:
            self.cut()

    def cut(self) -> None:
        """End it at once; who waits for an answer hears that the server is away."""
        self._driver.terminate()

    async def _heard(self, answer: Awaitable[T]) -> T:
        """What the server said. A connection whose server is away, or that lost its thread, is nobody's any more."""
        self._asked_at = asked_at = monotonic()
        try:
            found = await answer
        except (*DRIVER_ERRORS, DBAPIError) as error:
            told = translated(error) if isinstance(error, DBAPIError) else translated_from_driver(error)
            if isinstance(told, Away):
                self.cut()
                if self._errand:
                    self._errand.is_lost = True
            raise told from error
        except AttributeError as error:
            # Between two questions of its own the driver does not look whether its connection was ended meanwhile.
            if not self._driver.is_closed():
                raise
            if self._errand:
                self._errand.is_lost = True
            raise Away("the connection was ended") from error
        finally:
            self._asked_at = None
        if self._errand:
            self._errand.hear(monotonic() - asked_at)
        return found

    async def say(self, command: str) -> str:
        """A command without an answer; returns what the server calls the deed."""
        return str(await self._heard(self._driver.execute(command)))

    async def _drive(self, hot: Prepared, values: Any) -> list[Any]:
        return [hot.row(record) for record in await self._heard(self._driver.fetch(hot.sql, *hot.arguments(values)))]

    async def _do(self, hot: Prepared, values: Any) -> int:
        """How many rows were met; -1 for a list of values, of which the driver does not tell."""
        if isinstance(values, Sequence):
            await self._heard(self._driver.executemany(hot.sql, [hot.arguments(each) for each in values]))
            return -1
        said = await self._heard(self._driver.execute(hot.sql, *hot.arguments(values)))
        return int(said.rpartition(" ")[2])

    async def _execute(self, statement: Executable, values: Values) -> Any:
        return await self._heard(self._connection.execute(statement, values))

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
        self.cut()
        with suppress(Exception):
            await self._connection.close()
