"""Rounds of workers that are killed, one lease after the other, and somebody who finishes what they left.

All workers of a round share a time; when the last one is dead a lease passes, so that the next round finds what they
held. Between rounds is counted what they were sending: so many letters may be said twice, and no more.
"""

import asyncio
import multiprocessing
import random
import signal
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from multiprocessing.process import BaseProcess

from sqlalchemy import func, select

from booking.domain.messages import MessageState
from booking.jobs import running
from booking.services.draining import drain
from booking.services.sending import LEASE
from booking.services.sweeping import reap
from booking.storage.database import Database
from booking.storage.opening import open_database
from booking.storage.tables import messages
from tests.given import SITE
from tests.races.mortal import Life, Post, Step, WatchedDatabase

# Forked from a process that has read all modules: a worker is there at once.
WORKERS = multiprocessing.get_context("forkserver")
WORKERS.set_forkserver_preload([__name__])
PATIENCE = 20
ANY_MOMENT = 0.4
SOON = timedelta(hours=1)
LEFT = (MessageState.PLANNED, MessageState.CLAIMED, MessageState.SENDING)


@dataclass(frozen=True)
class Victim:
    """How a worker ends: at the n-th time that it comes to a step, or at any moment."""

    step: Step | None
    nth: int = 1
    sign: signal.Signals = signal.SIGKILL


@dataclass
class Storm:
    """What came of it: how each victim ended, and how many letters were under way when they did."""

    ended: Counter[str] = field(default_factory=Counter)
    in_flight: int = 0
    now: datetime | None = None

    @property
    def kills(self) -> int:
        return self.ended.total()


def a_victim(n: int) -> Victim:
    """The n-th: each step in turn, and sometimes any moment."""
    steps: list[Step | None] = [*Step, None]
    step = steps[n % len(steps)]
    # A call is one letter, the rest is a group of them.
    most = 60 if step in (Step.CALLING, Step.TAKEN) else 3
    return Victim(step, random.randint(1, most))


async def storm(db: Database, url: str, post: Post, victims: Sequence[Victim], workers: int, now: datetime) -> Storm:
    """Rounds of so many workers at a time, until the last victim is dead."""
    over = Storm(now=now)
    for begin in range(0, len(victims), workers):
        some = victims[begin : begin + workers]
        await asyncio.gather(*(_lived(over, url, post, one, now) for one in some))
        over.in_flight += await count(db, MessageState.SENDING)
        now += LEASE + timedelta(seconds=PATIENCE)
        await take_back(db, post, now)
        # What is tried again waits half a minute.
        over.now = now + timedelta(minutes=1)
    return over


async def _lived(over: Storm, url: str, post: Post, victim: Victim, now: datetime) -> None:
    worker = begun(url, post, victim, now)
    if victim.step is None:
        await asyncio.sleep(random.uniform(0.1, ANY_MOMENT))
        worker.kill()
    await asyncio.to_thread(worker.join, PATIENCE)
    came_to_it = worker.exitcode == -signal.SIGKILL
    # Who found nothing more to do never came to his step.
    worker.kill()
    await asyncio.to_thread(worker.join)
    over.ended[(victim.step or "any moment") if came_to_it else "nothing left to do"] += 1


def begun(url: str, post: Post, victim: Victim, now: datetime) -> BaseProcess:
    """A worker at work, at this time."""
    worker = WORKERS.Process(target=_live, args=(url, post, victim, now), daemon=True)
    worker.start()
    return worker


def _live(url: str, post: Post, victim: Victim, now: datetime) -> None:
    asyncio.run(_work(url, post, Life(victim.step, victim.nth, victim.sign), now))


async def _work(url: str, post: Post, life: Life, now: datetime) -> None:
    db, deliveries = WatchedDatabase(open_database(url), life, now), post.open(life)
    while await due(db, now):
        await drain(db, deliveries, await db.now(), site=SITE, is_over=lambda: False)
        await asyncio.sleep(0.05)


async def take_back(db: Database, post: Post, now: datetime) -> None:
    """What the next worker would do in a moment, with what the dead held."""
    deliveries = post.open(Life())
    await reap(db, now, deliveries)
    await deliveries.close()


async def finish(url: str, post: Post, now: datetime, schedulers: int = 1) -> None:
    """So many workers whom nobody disturbs, until nothing is left that is due at this time."""
    dbs = [WatchedDatabase(open_database(url), Life(), now) for _ in range(schedulers)]
    posts = [post.open(Life()) for _ in dbs]

    async def work(n: int) -> None:
        async with running(dbs[n], posts[n], SITE):
            async with asyncio.timeout(300):
                while await due(dbs[n], now):  # noqa: ASYNC110 - only the rows tell
                    await asyncio.sleep(0.02)

    await asyncio.gather(*map(work, range(schedulers)))
    for one in (*posts, *dbs):
        await one.close()


async def due(db: Database, now: datetime) -> int:
    """How many messages are still to leave, or under way; what is in doubt is due again when that is noticed."""
    async with db.reading() as tx:
        left = (messages.c.state.in_(LEFT), messages.c.due_at <= now + SOON)
        return int(await tx.value(select(func.count()).where(*left)))


async def count(db: Database, state: MessageState) -> int:
    """How many messages stand so."""
    async with db.reading() as tx:
        return int(await tx.value(select(func.count()).where(messages.c.state == state)))
