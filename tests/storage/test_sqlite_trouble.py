"""What the file system and other processes may do to the one writer, and what the settings promise."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import text

from booking.storage.constraints import Unavailable
from booking.storage.sqlite import PATIENCE, Sqlite
from tests.storage.small_file import all_of, small_file, words, write

LONG = "x" * 20_000


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Sqlite]:
    """A file with one small table."""
    async with small_file(tmp_path) as database:
        yield database


@pytest.fixture
def other(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Another process, as SQLite sees it."""
    connection = sqlite3.connect(tmp_path / "small.sqlite3", isolation_level=None)
    yield connection
    connection.close()


async def full(db: Sqlite) -> None:
    """The disk has room for no further page."""
    pages = db._writer._connection.exec_driver_sql("PRAGMA page_count").scalar()
    db._writer._connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}").scalar()


async def roomy(db: Sqlite) -> None:
    db._writer._connection.exec_driver_sql("PRAGMA max_page_count = 1000000").scalar()


def names(answers: list[object]) -> list[str]:
    return [type(answer).__name__ for answer in answers]


async def test_another_process_that_writes_is_waited_for(db: Sqlite, other: sqlite3.Connection) -> None:
    other.execute("BEGIN IMMEDIATE")
    writing = asyncio.create_task(write(db, "a"))
    await asyncio.sleep(0.1)

    other.execute("COMMIT")
    await all_of(writing)

    assert await words(db) == {"a"}


async def test_patience_ends_for_everybody_who_waits_at_the_same_time(db: Sqlite, other: sqlite3.Connection) -> None:
    other.execute("BEGIN IMMEDIATE")
    begun = time.monotonic()

    answers = await all_of(*(write(db, str(n)) for n in range(5)))

    assert names(answers) == ["Unavailable"] * 5
    assert time.monotonic() - begun < 0.6
    other.execute("COMMIT")
    assert await all_of(write(db, "after")) == [None]


def test_patience_is_eight_seconds() -> None:
    assert PATIENCE == 8


async def test_a_full_disk_is_told_to_whoever_it_concerns(db: Sqlite) -> None:
    wanted = ("a", "b", LONG, "c", LONG + "d", "e")
    await full(db)

    answers = await all_of(*(write(db, word, pause=0) for word in wanted))

    assert "Unavailable" in names(answers)
    assert set(names(answers)) <= {"NoneType", "Unavailable"}
    assert await words(db) == {word for word, answer in zip(wanted, answers, strict=True) if answer is None}


async def test_after_a_full_disk_writing_goes_on(db: Sqlite) -> None:
    await full(db)
    await all_of(write(db, LONG))
    await roomy(db)

    assert await all_of(write(db, LONG), write(db, "b")) == [None, None]
    assert await words(db) == {LONG, "b"}


async def test_a_commit_that_fails_is_told_to_the_whole_group(db: Sqlite) -> None:
    said = db._writer.say

    def failing(command: str) -> None:
        if command in ("COMMIT", "ROLLBACK"):
            said("ROLLBACK") if command == "COMMIT" else None
            raise Unavailable("disk I/O error")
        said(command)

    db._writer.say = failing
    answers = await all_of(*(write(db, word) for word in "abc"))
    db._writer.say = said

    assert names(answers) == ["Unavailable"] * 3
    assert await words(db) == set()
    assert await all_of(write(db, "d")) == [None]


async def test_who_swallows_a_full_disk_does_not_keep_the_turn(db: Sqlite) -> None:
    async def careless() -> None:
        async with db.transaction() as tx:
            with suppress(Unavailable):
                await tx.run(text("INSERT INTO words VALUES (:word)"), {"word": LONG})

    await full(db)
    answers = await all_of(careless())
    await roomy(db)

    assert names(answers) != ["NoneType"]
    assert await all_of(write(db, "a")) == [None]


@pytest.mark.parametrize(("setting", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)])
async def test_what_is_acknowledged_survives_a_power_cut(db: Sqlite, setting: str, value: object) -> None:
    for connection in (db._writer, db._reader):
        assert await connection.value(text(f"PRAGMA {setting}")) == value


async def test_every_table_is_strict(sqlite_template: Path) -> None:
    connection = sqlite3.connect(sqlite_template)
    lax = connection.execute(
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict"
        " AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"
    ).fetchall()
    connection.close()

    assert lax == []


async def test_the_reading_connection_cannot_write(db: Sqlite) -> None:
    with pytest.raises(Exception, match="readonly"):
        async with db.reading() as tx:
            await tx.run(text("INSERT INTO words VALUES ('a')"))
