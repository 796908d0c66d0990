"""The one writer: transactions that wait together share a commit, and nobody's trouble is another's."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from booking.storage.sqlite import LARGEST_GROUP, Sqlite
from tests.storage.small_file import all_of, small_file, words, write


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Sqlite]:
    """A file with one small table."""
    async with small_file(tmp_path) as database:
        yield database


@pytest.fixture
def said(db: Sqlite) -> list[str]:
    """What the writer tells SQLite."""
    heard: list[str] = []
    db._writer._driver.set_trace_callback(heard.append)
    return heard


async def test_transactions_that_wait_together_share_commits(db: Sqlite, said: list[str]) -> None:
    await all_of(*(write(db, str(n)) for n in range(200)))

    assert len(await words(db)) == 200
    assert said.count("COMMIT") <= 200 // LARGEST_GROUP + 2


async def test_a_lone_transaction_commits_at_once(db: Sqlite, said: list[str]) -> None:
    await write(db, "alone")

    assert said.count("COMMIT") == 1
    assert await words(db) == {"alone"}


async def test_who_fails_leaves_the_others_of_his_group_whole(db: Sqlite, said: list[str]) -> None:
    answers = await all_of(*(write(db, word) for word in ("a", "b", "b", "c")))

    assert [type(answer).__name__ for answer in answers] == ["NoneType", "NoneType", "IntegrityError", "NoneType"]
    assert await words(db) == {"a", "b", "c"}
    assert said.count("COMMIT") <= 2


async def test_nobody_reads_what_is_not_committed(db: Sqlite) -> None:
    writing = asyncio.create_task(write(db, "later", pause=0.02))
    await asyncio.sleep(0.01)

    assert await words(db) == set()

    await writing
    assert await words(db) == {"later"}


async def test_who_is_cancelled_inside_leaves_nothing_and_stops_nobody(db: Sqlite) -> None:
    first, second = (asyncio.create_task(write(db, word, pause)) for word, pause in (("a", 1), ("b", 0)))
    await asyncio.sleep(0.01)

    first.cancel()
    await all_of(first, second)

    assert await words(db) == {"b"}


async def test_who_is_cancelled_while_waiting_stops_nobody(db: Sqlite) -> None:
    tasks = [asyncio.create_task(write(db, word, 0.01)) for word in "abc"]
    await asyncio.sleep(0.005)

    tasks[1].cancel()
    await all_of(*tasks)

    assert await words(db) == {"a", "c"}


async def test_a_group_left_open_for_one_who_goes_away_is_committed(db: Sqlite) -> None:
    first, second = asyncio.create_task(write(db, "a", 0.01)), asyncio.create_task(write(db, "b"))
    await asyncio.sleep(0.005)
    # The turn is passed on to the second in the same step of the loop in which he is cancelled.
    release = db._turn.release

    def release_and_cancel() -> None:
        release()
        second.cancel()

    db._turn.release = release_and_cancel
    await all_of(first)
    db._turn.release = release

    assert await words(db) == {"a"}
    await all_of(write(db, "c"))


async def test_a_newcomer_does_not_wait_for_one_who_has_gone_away(db: Sqlite) -> None:
    """He came while the group of the one who went away was on its way to the disk."""
    first, second = asyncio.create_task(write(db, "a", 0.01)), asyncio.create_task(write(db, "b"))
    await asyncio.sleep(0.005)
    release, newcomers = db._turn.release, []

    def release_and_cancel() -> None:
        db._turn.release = release
        release()
        second.cancel()
        asyncio.get_running_loop().call_soon(lambda: newcomers.append(asyncio.create_task(write(db, "c"))))

    db._turn.release = release_and_cancel
    await all_of(first)
    await all_of(*newcomers)

    assert await words(db) == {"a", "c"}


async def test_a_commit_goes_on_when_who_asked_for_it_is_cancelled(db: Sqlite) -> None:
    commit, begun = db._commit, asyncio.Event()

    async def slow_commit() -> None:
        begun.set()
        await asyncio.sleep(0.02)
        await commit()

    db._commit = slow_commit
    task = asyncio.create_task(write(db, "a"))
    await begun.wait()
    task.cancel()
    await all_of(task)

    await all_of(write(db, "b"))

    assert await words(db) == {"a", "b"}


@pytest.mark.parametrize("seed", range(5))
async def test_however_people_are_cancelled_the_writer_goes_on(db: Sqlite, seed: int) -> None:
    dice = random.Random(seed)
    tasks = [asyncio.create_task(write(db, f"{n}", dice.choice([None, 0, 0.001]))) for n in range(300)]

    for task in dice.sample(tasks, 150):
        task.cancel()
        await asyncio.sleep(dice.choice([0, 0, 0.0005]))
    answers = await all_of(*tasks)

    kept = {str(n) for n, answer in enumerate(answers) if answer is None}
    assert kept <= await words(db)
    await all_of(write(db, "last"))
    assert "last" in await words(db)
