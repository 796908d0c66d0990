"""The same table for each kind of database."""

import asyncio
from collections.abc import Awaitable, Callable

from booking.storage.database import Database
from booking.storage.migrating import migrate
from booking.storage.opening import open_database
from tests.benchmarks.bookings import sqlite_file
from tests.postgresql import create_database, launch

Show = Callable[[str, Database, Callable[[], list[int]]], Awaitable[None]]


async def on_each(name: str, show: Show) -> None:
    """Show it on an empty database of either kind, with its server processes; SQLite has none."""
    with launch(durable=True) as server:
        await create_database(server.url(), name)
        await asyncio.to_thread(migrate, server.url(name))
        db = open_database(server.url(name))
        await show("PostgreSQL", db, server.pids)
        await db.close()
    async with sqlite_file() as url:
        db = open_database(url)
        await show("SQLite", db, list)
        await db.close()
