"""Databases on PostgreSQL that serve one test after another: a new one costs five times what emptying one does."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self
from uuid import uuid4

import asyncpg

from tests.postgresql import Server, connect, create_database, drop_database

# What is deleted stays in the files until somebody sweeps; a new database is quicker than that.
LARGEST = 1024**2
# Every change of a table, rule or function writes a row here or takes one away; ANALYZE counts.
LOOK = """
SELECT array[count(*), max(born::text::bigint), sum(counted::bigint)] AS shape, (
    SELECT sum(pg_relation_size(oid)) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
) AS size
FROM (
    SELECT xmin, reltuples FROM pg_class WHERE oid >= 16384
    UNION ALL SELECT xmin, 0 FROM pg_constraint WHERE oid >= 16384
    UNION ALL SELECT xmin, 0 FROM pg_trigger
    UNION ALL SELECT xmin, 0 FROM pg_attrdef
    UNION ALL SELECT xmin, 0 FROM pg_proc WHERE oid >= 16384
) AS made (born, counted)
"""
# Whoever is still connected is sent away first, for he may hold what is to be emptied.
EMPTY = """
DO $$ DECLARE one record; BEGIN
    PERFORM pg_terminate_backend(pid, 5000) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    SET LOCAL session_replication_role = replica;  -- neither triggers nor references have a say
    FOR one IN SELECT oid::regclass AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
        AND relkind = 'r' AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0
    LOOP EXECUTE format('DELETE FROM %s', one.name); END LOOP;
    PERFORM setval(oid, 1, false) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S';
    PERFORM pg_stat_reset();
END $$
"""


class Kept:
    """One database, our own connection to it, and what it looked like when it was new."""

    def __init__(self, name: str, there: asyncpg.Connection, shape: list[int]) -> None:
        self.name, self._there, self._shape = name, there, shape

    async def is_as_new(self) -> bool:
        """Whether it could be emptied: what somebody made of its tables cannot be undone."""
        found = await self._there.fetchrow(LOOK)
        if found["shape"] != self._shape or found["size"] > LARGEST:
            return False
        await self._there.execute(EMPTY)
        return True

    async def leave(self) -> None:
        """We are connected to it no more."""
        await self._there.close()


class KeptDatabases:
    """Copies of one template, each lent to one test at a time; to be used in a `with` block."""

    def __init__(self, server: Server, template: str) -> None:
        self._server, self._template = server, template
        self._runner = asyncio.Runner()  # the loops of tests end with them
        self._idle: list[Kept] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._runner as runner:
            while self._idle:
                runner.run(self._drop(self._idle.pop()))

    @contextmanager
    def lent(self) -> Iterator[str]:
        """The address of a database that is empty and up to date."""
        kept = self._idle.pop() if self._idle else self._runner.run(self._made())
        try:
            yield self._server.url(kept.name)
        finally:
            self._runner.run(self._take_back(kept))

    async def _made(self) -> Kept:
        name = f"t_{uuid4().hex}"
        await create_database(self._server.url(), name, self._template)
        there = await connect(self._server.url(name))
        return Kept(name, there, await there.fetchval(LOOK))

    async def _take_back(self, kept: Kept) -> None:
        if await kept.is_as_new():
            self._idle.append(kept)
        else:
            await self._drop(kept)

    async def _drop(self, kept: Kept) -> None:
        await kept.leave()
        await drop_database(self._server.url(), kept.name)
