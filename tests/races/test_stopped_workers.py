"""A worker that was stopped for longer than its lease wakes up among others: what he held is theirs, and stays so."""

import asyncio
import os
import signal
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from booking.domain.messages import MessageState
from booking.services.reconciling import reconcile
from booking.storage.tables import message_attempts, messages
from tests.given import DAY, NOW, World, in_days
from tests.given_crowds import a_crowd, by_text, seated
from tests.races.counting import counted
from tests.races.mortal import Post, Step
from tests.races.storms import Victim, begun, count, finish

REMINDERS = 4
MORNING = in_days(7, hour=0.1)
AFTER_THE_LEASE = MORNING + timedelta(minutes=2)


async def stopped(pid: int) -> None:
    """Wait until this process has stopped."""
    async with asyncio.timeout(20):
        while Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "T":  # noqa: ASYNC110, ASYNC240
            await asyncio.sleep(0.02)


async def all_rows(world: World) -> list[object]:
    """Every message and every try, whole."""
    async with world.db.reading() as tx:
        said = await tx.rows(select(messages).order_by(messages.c.id))
        tried = await tx.rows(select(message_attempts).order_by(message_attempts.c.message_id, message_attempts.c.n))
    return [*map(tuple, said), *map(tuple, tried)]


@pytest.mark.parametrize("step", [Step.TAKEN, Step.ANSWERED])
async def test_a_worker_that_wakes_up_too_late_changes_nothing(world: World, url: str, tmp_path: Path, step) -> None:
    await seated(world.db, a_crowd(world, REMINDERS, [in_days(14)], NOW - DAY, by_text))
    await reconcile(world.db, NOW)
    post = Post(notebook=str(tmp_path / "texts"))

    sleeper = begun(url, post, Victim(step, sign=signal.SIGSTOP), MORNING)
    assert sleeper.pid
    await stopped(sleeper.pid)
    was_sending = await count(world.db, MessageState.SENDING)
    await finish(url, post, AFTER_THE_LEASE)
    before = await all_rows(world)
    os.kill(sleeper.pid, signal.SIGCONT)
    await asyncio.to_thread(sleeper.join, 20)

    assert (was_sending, sleeper.exitcode) == (REMINDERS, 0)
    assert await all_rows(world) == before
    assert await count(world.db, MessageState.ACCEPTED) == REMINDERS
    assert counted(tmp_path / "texts").told == REMINDERS
