"""Processes killed in the middle of a storm: nothing acknowledged is lost, and asking again gets the same answer."""

import asyncio
import multiprocessing
import os
import random
import time
from itertools import chain
from pathlib import Path
from uuid import UUID

from booking.storage.opening import open_database
from tests.given import World
from tests.races import oracle
from tests.races.acts import TASKS, Try, attempt, try_all
from tests.races.crew import LENGTH, Crew, dealt
from tests.races.crowd import apart, people

VICTIMS = 3
TRIES = int(300 * LENGTH)
ENOUGH = 10


def book_until_killed(url: str, tries: list[Try], told: Path) -> None:
    """Write down each booking the moment it is acknowledged, in a file that outlives this process."""
    asyncio.run(_book_until_killed(url, list(tries), told))


async def _book_until_killed(url: str, pile: list[Try], path: Path) -> None:
    db = open_database(url)
    file = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY)

    async def client() -> None:
        while pile:
            said = await attempt(db, pile.pop())
            if said.booking:
                os.write(file, f"{said.booking.id}\n".encode())

    await asyncio.gather(*(client() for _ in range(TASKS)))


def acknowledged(path: Path) -> set[UUID]:
    return {UUID(line) for line in path.read_text().split()} if path.exists() else set()


def killed_in_the_storm(url: str, tries: list[Try], folder: Path) -> set[UUID]:
    """What the victims acknowledged before they were killed, each at a moment of its own."""
    start, papers = multiprocessing.get_context("spawn").Process, [folder / f"told-{n}" for n in range(VICTIMS)]
    shares = dealt(tries, VICTIMS)
    victims = [start(target=book_until_killed, args=(url, *work)) for work in zip(shares, papers, strict=True)]
    for victim in victims:
        victim.start()
    for victim, paper in zip(victims, papers, strict=True):
        while victim.is_alive() and len(acknowledged(paper)) < ENOUGH:
            time.sleep(0.005)
        time.sleep(random.uniform(0, 0.05))
        victim.kill()
        victim.join()
        victim.close()
    return set().union(*map(acknowledged, papers))


async def test_who_asks_again_after_a_crash_gets_the_answer_of_before(
    world: World, url: str, crew: Crew, tmp_path: Path
) -> None:
    sessions, crowd = await apart(world, 30), await people(world, 200)
    asked = [(session, person) for session in sessions for person in random.sample(crowd, TRIES // 30)]
    random.shuffle(asked)
    tries = [Try("book", who, world.adviser, f"k{n}") for n, who in enumerate(asked)]

    before = await asyncio.to_thread(killed_in_the_storm, url, tries, tmp_path)
    written = set(await oracle.places(world.db))
    told = list(chain(*crew.together(try_all, url, dealt(tries))))

    assert VICTIMS * ENOUGH <= len(before) < TRIES
    assert before <= written
    assert written <= {said.booking.id for said in told if said.booking and said.is_replay}
    assert {said.booking.id for said in told if said.booking} == set(await oracle.places(world.db))
    assert await oracle.faults(world.db) == {}
