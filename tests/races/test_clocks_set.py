"""The clock that all workers share is set while they send: nobody is told twice, and nobody is left out."""

import asyncio
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from booking.domain.messages import MessageState
from booking.jobs import running
from booking.services.reconciling import reconcile
from booking.storage.database import Database
from tests.given import DAY, HOUR, NOW, SITE, World, in_days
from tests.given_crowds import a_crowd, by_text, seated
from tests.races.counting import counted
from tests.races.mortal import Knows, Life, Post, WatchedDatabase
from tests.races.storms import count

REMINDERS = 250
MORNING = in_days(7, hour=0.1)
FINAL = (MessageState.ACCEPTED, MessageState.EXPIRED)


class Shared(WatchedDatabase):
    """The database, whose clock somebody sets."""

    by = timedelta()

    async def now(self) -> datetime:
        return await super().now() + Shared.by


async def until_told(notebook: Path, many: int) -> None:
    async with asyncio.timeout(30):
        while counted(notebook).told < many:  # noqa: ASYNC110 - only the file tells
            await asyncio.sleep(0.002)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("jumps", [(HOUR, -HOUR), (2 * DAY, timedelta()), (-2 * DAY, timedelta())], ids=str)
async def test_nobody_is_told_twice_or_left_out(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jumps: tuple[timedelta, ...]
) -> None:
    monkeypatch.setattr(Shared, "by", timedelta())
    world, notebook = await World.begin(db), tmp_path / "texts"
    await seated(db, a_crowd(world, REMINDERS, [in_days(14)], NOW - DAY, by_text))
    await reconcile(db, NOW)
    post = Post(notebook=str(notebook), knows=Knows.NOTHING)

    async with AsyncExitStack() as stack:
        for _ in range(2):
            deliveries = post.open(Life())
            stack.push_async_callback(deliveries.close)
            await stack.enter_async_context(running(Shared(db, Life(), MORNING), deliveries, SITE))
        for before, by in pairwise((timedelta(), *jumps, timedelta())):
            if before >= timedelta():
                await until_told(notebook, counted(notebook).told + 40)
            Shared.by = by
            await asyncio.sleep(0.3)
        await until_told(notebook, REMINDERS)

    found = counted(notebook)
    assert (found.told, found.repeats, found.strange) == (REMINDERS, 0, 0)
    assert await count(db, MessageState.ACCEPTED) == REMINDERS
