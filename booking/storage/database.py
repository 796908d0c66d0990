"""The door to the database: ``transaction()`` writes all or nothing, ``reading()`` looks; the same on both."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from functools import wraps
from random import uniform
from typing import Any, ParamSpec, Protocol, TypeVar, runtime_checkable

from sqlalchemy import Executable, Row

from booking.storage.constraints import Contended, Unavailable

Values = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None
P = ParamSpec("P")
T = TypeVar("T")

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

    def at_once(self) -> AbstractAsyncContextManager[Tx]:
        """For one statement that is a whole transaction; what comes after it would be another one."""

    def reading(self) -> AbstractAsyncContextManager[Tx]:
        """Look without writing; every statement sees what was committed before it."""

    def snapshot(self) -> AbstractAsyncContextManager[Tx]:
        """Look without writing for as long as it takes; every statement sees the same moment."""

    async def now(self) -> datetime:
        """The database's clock, which all hosts share."""

    async def close(self) -> None:
        """Let go of every connection."""


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
