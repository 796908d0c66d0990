"""PostgreSQL through asyncpg: row locks and constraints carry the promises, READ COMMITTED is enough.

Connections are kept open and handed out whole. The toolkit runs on them without transactions of its own:
``transaction()`` says BEGIN and COMMIT itself, and the hottest statements go to the driver (``driving.py``).
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from datetime import datetime
from typing import Any

import asyncpg
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from booking.storage import addresses, errands
from booking.storage.constraints import Away, Unavailable, translated, translated_from_driver
from booking.storage.conversations import DRIVER_ERRORS, AsyncTx
from booking.storage.database import Tx
from booking.storage.driving import KEPT_STATEMENTS
from booking.storage.servers import Line, Servers

LOCK_TIMEOUT_MS = 5000
PATIENCE = errands.PATIENCE
SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class Call:
    """What the toolkit is to open a connection for; it says here what came of it."""

    def __init__(self, servers: Servers) -> None:
        self._servers = servers
        self.timeline = ""

    async def open(self) -> asyncpg.Connection:
        """For the toolkit."""
        line: Line = await self._servers.call()
        self.timeline = line.timeline
        return line.connection


_CALL: ContextVar[Call] = ContextVar("the servers to call")


async def _open(**_: Any) -> asyncpg.Connection:
    return await _CALL.get().open()


def _engine(**options: Any) -> AsyncEngine:
    """One for every server: what was compiled for one connection need not be compiled for the next."""
    return create_async_engine(
        "postgresql+asyncpg://",
        connect_args={"async_creator_fn": _open, **options},
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        query_cache_size=KEPT_STATEMENTS,
        hide_parameters=True,  # an error may be written down, what it was about may not
    )


_ENGINE = _engine()
# A pooler may carry each transaction to another server's process: no statement is prepared for the next one.
_POOLED_ENGINE = _engine(prepared_statement_cache_size=0, prepared_statement_name_func=str)


def servers_of(url: str, **options: Any) -> Servers:
    """The servers at an address; the options are those of the driver, and those in the address win."""
    plain = addresses.read(url).difference_update_query([addresses.POOLED]).set(drivername="postgresql+asyncpg")
    _, wanted = _ENGINE.dialect.create_connect_args(plain)
    return Servers({**options, **wanted})


class Postgres:
    """A PostgreSQL database and at most ``pool_size`` connections to it, on whichever of its servers takes writes.

    With ``?pooled=yes`` in the address a pooler stands between, which keeps nothing from one transaction to the next.
    """

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
        self._is_pooled = addresses.read(url).query.get(addresses.POOLED) == "yes"
        own = {"statement_cache_size": 0} if self._is_pooled else {"server_settings": settings}
        self._servers = servers_of(url, timeout=patience, **own)
        local = "".join(f"; SET LOCAL {name} = {value}" for name, value in settings.items())
        self._locally = local if self._is_pooled else ""
        self._patience = patience
        self._places = asyncio.Semaphore(pool_size)
        self._idle: list[AsyncTx] = []
        self._used: set[AsyncTx] = set()
        self._waiting = 0

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        """Begin, and commit on leaving."""
        async with self._begun(f"BEGIN{self._locally}") as tx:
            yield tx
            tx.note_write()

    @asynccontextmanager
    async def _begun(self, begin: str) -> AsyncIterator[AsyncTx]:
        async with self._held() as tx:
            await tx.say(begin)
            try:
                yield tx
            except BaseException:
                with suppress(Unavailable, *DRIVER_ERRORS):
                    await tx.say("ROLLBACK")
                raise
            # The server ends a broken transaction by a rollback, and says so without an error.
            if await tx.say("COMMIT") != "COMMIT":
                raise Unavailable("the transaction was broken and has been rolled back")

    @asynccontextmanager
    async def at_once(self) -> AsyncIterator[Tx]:
        """Without BEGIN and COMMIT, each of which would be a round trip: a statement alone is all or nothing."""
        async with self.reading() as tx:
            assert isinstance(tx, AsyncTx)
            tx.note_write()
            yield tx

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        """One connection without a transaction; behind a pooler, which would share it out, with one."""
        async with self._begun(f"BEGIN{self._locally}") if self._is_pooled else self._held() as tx:
            yield tx

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Tx]:
        """A transaction that only reads."""
        async with self._held() as tx:
            await tx.say(SNAPSHOT + self._locally)
            try:
                yield tx
            finally:
                with suppress(Unavailable, *DRIVER_ERRORS):
                    await tx.say("ROLLBACK")

    @asynccontextmanager
    async def _held(self) -> AsyncIterator[AsyncTx]:
        tx = await self._take()
        tx.begin()
        try:
            yield tx
        except asyncio.CancelledError:
            # Its answer may still be on the way, to somebody else's question.
            await self._give_back(tx, is_fit=False)
            raise
        except Away:
            await self._give_back(tx, is_fit=False)
            # The others lead to the same server; who finds it silent would wait as long.
            await self._leave()
            raise
        except BaseException:
            await self._give_back(tx, is_fit=tx.is_fit)
            raise
        await self._give_back(tx, is_fit=tx.is_fit)

    async def _take(self) -> AsyncTx:
        errand = errands.current()
        patience = min(self._patience, errand.patience) if errand else self._patience
        self._waiting += 1
        try:
            async with asyncio.timeout(patience if self._places.locked() else None):
                await self._places.acquire()
        except TimeoutError as error:
            raise Unavailable("every connection is in use") from error
        finally:
            self._waiting -= 1
        try:
            while self._idle:
                kept = self._idle.pop()
                if kept.is_fit and kept.timeline >= self._servers.timeline:
                    break
                await kept.drop()
            else:
                kept = await self._open(min(patience, errand.patience) if errand else patience)
        except BaseException as error:
            self._places.release()
            if errand and isinstance(error, Away):
                errand.is_lost = True
            raise
        self._used.add(kept)
        return kept

    async def _open(self, patience: float) -> AsyncTx:
        call = Call(self._servers)
        before = _CALL.set(call)
        engine = _POOLED_ENGINE if self._is_pooled else _ENGINE
        try:
            async with asyncio.timeout(max(patience, 0)):
                connection = await engine.connect()
                raw = await connection.get_raw_connection()
        except DBAPIError as error:
            raise translated(error) from error
        except DRIVER_ERRORS as error:
            raise translated_from_driver(error) from error
        except (OSError, TimeoutError) as error:
            raise Away(str(error)) from error
        finally:
            _CALL.reset(before)
        for tx in self._used:
            if tx.timeline < call.timeline:  # its server has been replaced, and may not know it yet
                tx.cut()
        return AsyncTx(connection, raw.driver_connection, call.timeline)

    async def _give_back(self, tx: AsyncTx, *, is_fit: bool) -> None:
        tx.end()
        self._used.discard(tx)
        if is_fit:
            self._idle.append(tx)
        else:
            await tx.drop()
        self._places.release()

    async def _leave(self) -> None:
        while self._idle:
            await self._idle.pop().drop()

    @property
    def load(self) -> tuple[int, int]:
        """Connections in use, and who waits for one."""
        return len(self._used), self._waiting

    async def now(self) -> datetime:
        """The server's clock."""
        async with self.reading() as tx:
            return await tx.value(select(func.clock_timestamp()))  # type: ignore[no-any-return]

    async def close(self) -> None:
        """Close what is open."""
        await self._leave()
