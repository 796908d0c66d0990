"""Of several PostgreSQL servers the one that takes writes, found by asking all of them at once.

A host that is silent keeps nobody waiting. Two may say they take writes while one of them is being replaced: the one
with the higher timeline is the newer, and whoever has once seen a timeline never goes back below it.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple

import asyncpg

# Seconds for the others, once one was found that takes writes.
GRACE = 0.2
# Seconds in which one of several servers has to answer.
LONGEST_TRY = 3.0
# Null from a server that only reads. The name of the file that is written to begins with the timeline, in eight signs,
# from the moment of a promotion on; the control file tells of it only after a checkpoint.
ASKED = """
    SELECT CASE WHEN NOT pg_is_in_recovery() AND current_setting('default_transaction_read_only') = 'off'
           THEN substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END"""
FAULTS = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)


class Line(NamedTuple):
    """A connection, and the timeline of the server at its end; empty where there is only one server."""

    connection: asyncpg.Connection
    timeline: str


class Servers:
    """The servers of one database. ``wanted`` is what the driver is told; host and port may be lists."""

    def __init__(self, wanted: Mapping[str, Any]) -> None:
        several = wanted.get("host")
        if isinstance(several, list | tuple):
            pairs = zip(several, wanted["port"], strict=True)
            self._each = [{**wanted, "host": host, "port": port, "timeout": LONGEST_TRY} for host, port in pairs]
        else:
            self._each = [dict(wanted)]
        self.timeline = ""

    async def call(self) -> Line:
        """A connection to the server that takes writes; with one server only, to that. Raises what the driver raises,
        and ConnectionError when none takes writes."""
        if len(self._each) == 1:
            return Line(await asyncpg.connect(**self._each[0]), "")
        asked = {asyncio.ensure_future(_ask(each)) for each in self._each}
        try:
            found = await self._newest(asked)
        finally:
            _let_go(asked)
        if found.timeline < self.timeline:
            found.connection.terminate()
            raise ConnectionError("the only server that takes writes has been replaced")
        self.timeline = found.timeline
        return found

    async def _newest(self, asked: set[asyncio.Task[Line]]) -> Line:
        """The best answer, taken out of those that were asked."""
        best, errors, pending = None, [], set(asked)
        while pending:
            has_found = best is not None and best.result().timeline >= self.timeline
            wait = GRACE if has_found else None
            done, pending = await asyncio.wait(pending, timeout=wait, return_when=asyncio.FIRST_COMPLETED)
            if not done:
                break
            errors += [error for error in map(asyncio.Task.exception, done) if error]
            well = [task for task in {*done, best} if task and not task.exception()]
            best = max(well, key=lambda task: task.result().timeline, default=None)
        if best is None:
            raise next((error for error in errors if isinstance(error, asyncpg.PostgresError)), errors[-1])
        asked.discard(best)
        return best.result()


async def _ask(wanted: Mapping[str, Any]) -> Line:
    """Raises ConnectionError for a server that only reads."""
    connection = await asyncpg.connect(**wanted)
    try:
        async with asyncio.timeout(LONGEST_TRY), connection.transaction():
            timeline = await connection.fetchval(ASKED)
        if timeline is None:
            raise ConnectionError("this server takes no writes")
    except BaseException:
        connection.terminate()
        raise
    return Line(connection, timeline)


def _let_go(asked: set[asyncio.Task[Line]]) -> None:
    """Close what was opened to those who were not chosen, now or as soon as they answer."""
    for task in asked:
        task.add_done_callback(_close)
        task.cancel()


def _close(task: asyncio.Task[Line]) -> None:
    if not task.cancelled() and task.exception() is None:
        with suppress(*FAULTS):
            task.result().connection.terminate()
