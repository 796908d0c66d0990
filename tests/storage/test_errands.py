"""How long somebody waits for a database, and whether his errand may be begun again."""

import time
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from booking.storage import errands
from booking.storage.constraints import Away
from booking.storage.errands import PATIENCE, SLOW, Errand, errand
from booking.storage.postgres import Postgres


def test_a_quick_answer_renews_the_time_that_is_left():
    mine = Errand(ends_at=0)

    mine.hear(SLOW / 2)

    assert mine.left > PATIENCE - 1


@pytest.mark.parametrize("trouble", ["lost", "slow"])
def test_after_the_first_trouble_time_runs_out(trouble: str):
    mine = Errand(ends_at=0, is_lost=trouble == "lost")

    mine.hear(2 * SLOW)
    mine.hear()

    assert mine.left < 0


@pytest.mark.parametrize(("has_written", "has_key", "may"), [(0, 0, True), (1, 0, False), (1, 1, True)])
def test_what_was_written_without_a_key_is_not_done_again(has_written: int, has_key: int, may: bool):
    assert Errand(has_written=bool(has_written), has_key=bool(has_key), is_lost=True).may_repeat() is may


@pytest.fixture
async def plain(url: str) -> AsyncIterator[Postgres]:
    database = Postgres(url, pool_size=2)
    yield database
    await database.close()


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_a_server_that_says_nothing_is_given_up_in_time(plain: Postgres, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(errands, "PATIENCE", 0.3)
    monkeypatch.setattr(errands, "SLOW", 0.1)
    began = time.perf_counter()

    with errand() as mine, pytest.raises(Away):
        async with plain.reading() as tx:
            await tx.value(text("SELECT pg_sleep(20)"))

    assert (mine.is_lost, time.perf_counter() - began < 5) == (True, True)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_what_was_read_may_be_read_again_and_what_was_committed_not(plain: Postgres):
    with errand() as mine:
        async with plain.reading() as tx:
            await tx.value(text("SELECT 1"))
        was_written = mine.has_written
        async with plain.transaction() as tx:
            await tx.value(text("SELECT 1"))

    assert (was_written, mine.has_written) == (False, True)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_a_connection_ended_between_two_questions_of_the_driver_is_away(plain: Postgres):
    with errand() as mine, pytest.raises(Away):
        async with plain.reading() as tx:
            tx.cut()
            await tx._heard(tx._driver._introspect_types({16}, 1))

    assert mine.is_lost


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_a_mistake_of_our_own_is_no_connection_that_ended(plain: Postgres):
    async def mistaken() -> None:
        None.missing  # noqa: B018

    async with plain.reading() as tx:
        with pytest.raises(AttributeError, match="missing"):
            await tx._heard(mistaken())
