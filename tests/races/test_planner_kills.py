"""Processes that book, move and cancel are killed in the middle: what is planned still is what should be."""

import asyncio
import multiprocessing
import random
import time
from multiprocessing.sharedctypes import Synchronized
from uuid import UUID

from sqlalchemy import text

from booking.services.reconciling import look, reconcile
from booking.storage.database import Database
from booking.storage.opening import open_database
from tests.given import NOW, World
from tests.races.acts import TASKS, Try, attempt
from tests.races.crew import LENGTH
from tests.races.crowd import apart, people

PLANNERS = 4
DEEDS = int(60 * LENGTH)
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])
TWICE = """
    SELECT booking_id FROM messages WHERE kind = 'reminder' AND state IN ('planned', 'to_do')
    GROUP BY booking_id, rule HAVING count(*) > 1"""


def plan_until_killed(url: str, world_of: tuple[list[UUID], list[UUID]], by: object, done: "Synchronized[int]") -> None:
    """Book, move, cancel and postpone at random, and heal now and then."""
    asyncio.run(_plan_until_killed(url, *world_of, by, done))


async def _plan_until_killed(url: str, sessions: list[UUID], crowd: list[UUID], by, done) -> None:
    db = open_database(url)

    async def client() -> None:
        while True:
            one, other, person = *random.sample(sessions, 2), random.choice(crowd)
            what = random.choices(["book", "give_up", "change_over", "postpone"], [6, 2, 2, 1])[0]
            who = {
                "book": (one, person),
                "give_up": (one, person),
                "change_over": (one, person, other),
                "postpone": (one, 8, random.choice([1, 2])),
            }
            planner, adviser = by
            await attempt(db, Try(what, who[what], planner if what == "postpone" else adviser))
            if not random.randrange(20):
                await reconcile(db, NOW)
            with done.get_lock():
                done.value += 1

    await asyncio.gather(*(client() for _ in range(TASKS)))


def killed_one_by_one(url: str, where: tuple[list[UUID], list[UUID]], by: object) -> None:
    """Four at a time; each is killed at a moment of its own."""
    counters = [PROCESSES.Value("i", 0) for _ in range(PLANNERS)]
    planners = [PROCESSES.Process(target=plan_until_killed, args=(url, where, by, done)) for done in counters]
    for planner in planners:
        planner.start()
    for planner, done in zip(planners, counters, strict=True):
        while planner.is_alive() and done.value < DEEDS:
            time.sleep(0.005)
        time.sleep(random.uniform(0, 0.05))
        planner.kill()
        planner.join()


async def twice(db: Database) -> int:
    """How many reminders of one seat wait that say the same."""
    async with db.reading() as tx:
        return len(await tx.rows(text(TWICE)))


async def test_planners_killed_leave_nothing_missing_double_or_stale(world: World, url: str) -> None:
    where = (await apart(world, 12, capacity=6), await people(world, 40))

    await asyncio.to_thread(killed_one_by_one, url, where, (world.manager, world.adviser))

    found = await look(world.db, NOW, first=5)
    assert (found.missing, found.stale, await twice(world.db)) == (0, 0, 0)
    assert await reminders_planned(world.db)


async def reminders_planned(db: Database) -> int:
    """How many wait."""
    async with db.reading() as tx:
        question = "SELECT count(*) FROM messages WHERE kind = 'reminder' AND state = 'planned'"
        return int(await tx.value(text(question)))
