"""PostgreSQL through its pool: what is refused, waited for, given up and cancelled leaves nothing behind."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import nullcontext, suppress

import pytest
from sqlalchemy import TextClause, text
from sqlalchemy.exc import DBAPIError

from booking.storage import conversations
from booking.storage.constraints import Contended, LockTimeout, Unavailable
from booking.storage.database import TRIES, again_when_contended
from booking.storage.driving import hot
from booking.storage.postgres import Postgres
from tests.storage.relay import relayed

pytestmark = pytest.mark.parametrize("url", ["postgresql"], indirect=True)


@pytest.fixture
async def small(url: str) -> AsyncIterator[Postgres]:
    """Three connections, and one small table."""
    database = Postgres(url, pool_size=3, lock_timeout_ms=200)
    async with database.transaction() as tx:
        await tx.run(text("CREATE TABLE words (word text PRIMARY KEY)"))
    yield database
    await database.close()


async def write(db: Postgres, word: str) -> None:
    async with db.transaction() as tx:
        await tx.run(text("INSERT INTO words VALUES (:word)"), {"word": word})
        await tx.run(text("SELECT pg_sleep(0.002)"))


async def value(db: Postgres, question: str) -> object:
    async with db.reading() as tx:
        return await tx.value(text(question))


async def test_who_waits_too_long_for_a_row_hears_where_it_was(small: Postgres) -> None:
    async with small.transaction() as tx:
        await tx.run(text("INSERT INTO words VALUES ('a')"))
        with pytest.raises(LockTimeout) as late:
            await write(small, "a")

    assert late.value.where == "words_pkey"


async def test_a_statement_that_takes_too_long_is_unavailable(small: Postgres) -> None:
    with pytest.raises(Unavailable):
        async with small.transaction() as tx:
            await tx.run(text("SET LOCAL statement_timeout = 50"))
            await tx.run(text("SELECT pg_sleep(1)"))


async def test_a_server_that_takes_no_writes_is_unavailable(small: Postgres) -> None:
    with pytest.raises(Unavailable):
        async with small.transaction() as tx:
            await tx.run(text("SET TRANSACTION READ ONLY"))
            await tx.run(text("INSERT INTO words VALUES ('a')"))


async def test_a_broken_transaction_is_not_taken_for_a_commit(small: Postgres) -> None:
    with pytest.raises(Unavailable):
        async with small.transaction() as tx:
            with suppress(DBAPIError):
                await tx.run(text("SELECT 1 / 0"))


async def test_no_free_connection_in_time_is_unavailable(small: Postgres) -> None:
    small._patience = 0.05

    async with small.reading(), small.reading(), small.reading():
        with pytest.raises(Unavailable):
            await value(small, "SELECT 1")


async def test_a_connection_the_server_ended_is_unavailable_and_replaced(small: Postgres, url: str) -> None:
    pid = await value(small, "SELECT pg_backend_pid()")
    other = Postgres(url, pool_size=1)
    await value(other, f"SELECT pg_terminate_backend({pid})")
    await other.close()

    # Who has heard the server's last words by then opens another connection at once; nobody else can.
    has_heard = not small._idle[-1].is_fit
    with nullcontext() if has_heard else pytest.raises(Unavailable):
        await write(small, "a")

    await write(small, "b")
    assert await value(small, "SELECT count(*) FROM words") == 1 + has_heard
    assert await value(small, "SELECT pg_backend_pid()") != pid


@pytest.mark.parametrize("question", [text("SELECT 2"), hot(text("SELECT 3"))], ids=["toolkit", "driver"])
async def test_a_server_that_says_its_last_words_between_two_questions(url: str, question: TextClause) -> None:
    async with relayed(url) as relay:
        database = Postgres(relay.url, pool_size=1)
        with pytest.raises(Unavailable):
            async with database.reading() as tx:
                await tx.rows(text("SELECT 1"))
                relay.last_words()
                await asyncio.sleep(0.05)
                await tx.rows(question)

        assert await value(database, "SELECT 7") == 7
        await database.close()


@pytest.mark.parametrize("seed", range(3))
async def test_who_is_cancelled_leaves_no_transaction_open(small: Postgres, url: str, seed: int) -> None:
    dice = random.Random(seed)
    tasks = [asyncio.create_task(write(small, str(n))) for n in range(120)]

    for task in tasks:
        await asyncio.sleep(dice.uniform(0, 0.004))
        for _ in range(dice.choice([0, 1, 1, 2])):
            task.cancel()
            await asyncio.sleep(0)
    answers = await asyncio.gather(*tasks, return_exceptions=True)

    assert {type(answer) for answer in answers} == {type(None), asyncio.CancelledError}
    kept = sum(answer is None for answer in answers)
    idle = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'"
    assert await value(small, idle) == 0
    assert await value(small, "SELECT count(*) FROM words") >= kept


async def test_a_use_case_that_had_to_give_way_is_tried_again(url: str) -> None:
    tries = []

    @again_when_contended
    async def use_case() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise Contended
        return "done"

    assert await use_case() == "done"


async def test_a_use_case_that_always_has_to_give_way_is_unavailable_in_the_end(url: str) -> None:
    tries = []

    @again_when_contended
    async def use_case() -> None:
        tries.append(1)
        raise Contended

    with pytest.raises(Unavailable):
        await use_case()
    assert len(tries) == TRIES


async def test_a_connection_kept_too_long_is_opened_anew(small: Postgres, monkeypatch: pytest.MonkeyPatch) -> None:
    async def pid() -> int:
        async with small.reading() as tx:
            return await tx.value(text("SELECT pg_backend_pid()"))

    first = await pid()
    assert await pid() == first
    monkeypatch.setattr(conversations, "monotonic", lambda: time.monotonic() + conversations.LONGEST_KEPT)

    assert await pid() != first
