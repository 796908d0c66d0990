"""A worker killed at any moment loses nothing, and repeats at most what was under way, under the same key."""

import asyncio
import multiprocessing
import os
import random
import signal
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from booking.delivery.deliveries import Deliveries
from booking.delivery.letters import Outgoing, Receipt
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageState
from booking.jobs import running
from booking.services.sending import GROUP, LEASE, send_due
from booking.services.sweeping import reap
from booking.storage import outbox
from booking.storage.opening import open_database
from tests.given import SITE, World, meeting

# Forked from a process that has read all modules: a worker is there at once.
WORKERS = multiprocessing.get_context("forkserver")
WORKERS.set_forkserver_preload([__name__])
KILLS = 5
# What one worker gets rid of in its life at most; what it had claimed besides waits for the end of its lease. So many
# messages that even the last worker finds something to send.
A_LIFE = 60
MESSAGES = (KILLS + 1) * (A_LIFE + GROUP)
DAY = timedelta(days=1)


class Recorder:
    """A provider that outlives its customers: each letter is a line of a file; after ``most`` it answers no more."""

    channel = Channel.EMAIL

    def __init__(self, path: str, most: int = MESSAGES) -> None:
        self._left = most
        self._file = os.open(path, os.O_APPEND | os.O_CREAT | os.O_WRONLY)

    async def send(self, letter: Outgoing) -> Receipt:
        self._left -= 1
        if self._left < 0:
            await asyncio.Event().wait()
        await asyncio.sleep(random.uniform(0, 0.01))
        os.write(self._file, f"{letter.key}\n".encode())
        await asyncio.sleep(random.uniform(0, 0.01))
        return Receipt()

    async def close(self) -> None:
        os.close(self._file)


def live(url: str, path: str) -> None:
    """A worker's whole life, which somebody else ends."""
    asyncio.run(work(url, path))


async def work(url: str, path: str) -> None:
    async with running(open_database(url), Deliveries(Recorder(path, A_LIFE)), SITE):
        await asyncio.Event().wait()


async def many_messages(world: World, now) -> set[str]:
    """As many confirmations of one booking: what they say does not matter here."""
    session = await world.session(meeting(now + 14 * DAY))
    booking = await world.booked(session, await world.job_seeker(email="awa@example.org"), now=now)
    async with world.db.transaction() as tx:
        pattern, *_ = await outbox.of_booking(tx, booking.id)
        more = [replace(pattern, id=new_id(now), dedupe_key=f"{n}") for n in range(1, MESSAGES)]
        await outbox.plan(tx, more)
    return {str(message.id) for message in (pattern, *more)}


def taken(path: Path) -> list[str]:
    return path.read_text().split() if path.exists() else []


async def live_and_die(url: str, path: Path) -> None:
    """A worker is killed at some moment after its first letter."""
    before = len(taken(path))
    worker = WORKERS.Process(target=live, args=(url, str(path)), daemon=True)
    worker.start()
    try:
        async with asyncio.timeout(30):
            while len(taken(path)) == before:  # noqa: ASYNC110 - only the file tells
                await asyncio.sleep(0.01)
        await asyncio.sleep(random.uniform(0, 0.3))
    finally:
        worker.kill()
        await asyncio.to_thread(worker.join)
    assert worker.exitcode == -signal.SIGKILL


async def test_kills_lose_nothing_and_repeat_only_what_was_under_way(world, url, tmp_path):
    now = await world.db.now()
    planned = await many_messages(world, now)
    path = tmp_path / "taken"

    for _ in range(KILLS):
        await live_and_die(url, path)
    at_kills = len(taken(path))
    later = await world.db.now() + LEASE + timedelta(minutes=10)
    await reap(world.db, later)
    recorder = Recorder(str(path))
    while await send_due(world.db, Deliveries(recorder), later, site=SITE):
        pass
    await recorder.close()

    times = Counter(taken(path))
    assert 0 < at_kills < MESSAGES
    assert set(times) == planned
    assert times.total() - MESSAGES <= KILLS * GROUP
    async with world.db.reading() as tx:
        assert (await outbox.counts(tx, None))[MessageState.ACCEPTED] == MESSAGES
