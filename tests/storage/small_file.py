"""An SQLite file with one small table, and what one can do with it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import text

from booking.storage.sqlite import Sqlite

IN_TIME = 2


@asynccontextmanager
async def small_file(folder: Path, patience: float = 0.3) -> AsyncIterator[Sqlite]:
    """Open for as long as the block lasts."""
    db = Sqlite(folder / "small.sqlite3", patience=patience)
    async with db.transaction() as tx:
        await tx.run(text("CREATE TABLE words (word TEXT NOT NULL UNIQUE) STRICT"))
    yield db
    await db.close()


async def write(db: Sqlite, word: str, pause: float | None = None) -> None:
    async with db.transaction() as tx:
        await tx.run(text("INSERT INTO words VALUES (:word)"), {"word": word})
        if pause is not None:
            await asyncio.sleep(pause)


async def words(db: Sqlite) -> set[str]:
    async with db.reading() as tx:
        return {row[0] for row in await tx.rows(text("SELECT word FROM words"))}


async def all_of(*deeds: Awaitable[object]) -> list[object]:
    async with asyncio.timeout(IN_TIME):
        return await asyncio.gather(*deeds, return_exceptions=True)
