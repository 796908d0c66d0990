"""How fast somebody is found among many: python -m tests.benchmarks.people [--people 100000].

Milliseconds of processor for one search, of this program and of the database together, and how many people are shown.
"""

import argparse
import asyncio
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import cycle
from random import Random

from sqlalchemy import insert, text

from booking.demo.names import FIRST_NAMES, LAST_NAMES
from booking.domain.finding import search_text, signs_of
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import JobSeeker
from booking.domain.staff import Role, Staff
from booking.services import job_seekers
from booking.storage import tables
from booking.storage.database import Database
from booking.storage.job_seekers import written
from tests.benchmarks.kinds import on_each
from tests.benchmarks.servers import processor_seconds
from tests.given import World

AGENCIES = 20
AT_ONCE = 1000
TIMES = 200
SEARCHES = {
    "last name": "belkacem",
    "beginning of a last name": "bel",
    "two letters": "ma",
    "one letter": "m",
    "first and last name": "karim belkacem",
    "last name, initial": "nguyen a",
    "first name": "aissatou",
    "identifier": "3100037B",
    "phone": "06 12 00 12 34",
    "last four figures": "12 34",
    "code of a booking": "K7 M4 P2",
    "nobody": "zzyzx",
}


def crowd(world: World, agencies: list, count: int) -> Iterator[JobSeeker]:
    """So many people with the names of a town, spread over its agencies."""
    dice, now = Random(1), datetime.now(UTC)
    # Names as varied as in life: every invented one with some hundred endings.
    endings = ["", "", "", *(f"{a}{b}" for a in "aeiou" for b in "lmnrstvz")]
    for n, agency in zip(range(count), cycle(agencies), strict=False):
        yield JobSeeker(
            id=new_id(now),
            agency_id=agency.id,
            first_name=dice.choice(FIRST_NAMES),
            last_name=dice.choice(LAST_NAMES) + dice.choice(endings),
            identifier=f"{3100000 + n}B",
            phone=f"+336{12000000 + n}" if n % 3 else None,
            email=f"p{n}@demo.example" if n % 2 else None,
            created_at=now,
            changed_at=now,
        )


async def fill(db: Database, count: int) -> tuple[Staff, Staff]:
    """An adviser of one agency and one of the whole network, and everybody they look after."""
    world = await World.begin(db)
    others = [await world.another_agency(f"Agence {n}") for n in range(AGENCIES - 1)]
    some: list[JobSeeker] = []
    async with db.transaction() as tx:
        for person in crowd(world, [world.agency, *others], count):
            some.append(person)
            if len(some) == AT_ONCE:
                await _write(tx, some)
                some = []
        if some:
            await _write(tx, some)
    return world.adviser, await world.staff(Role.ADVISER, None, "Odile")


async def _write(tx, people: list[JobSeeker]) -> None:
    await tx.run(insert(tables.job_seekers), [written(person) for person in people])
    signs = [
        {"job_seeker_id": p.id, "agency_id": p.agency_id, "search": search_text(p), "word": sign}
        for p in people
        for sign in signs_of(p)
    ]
    await tx.run(insert(tables.job_seeker_words), signs)


async def show(people: int, kind: str, db: Database, pids: Callable[[], list[int]]) -> None:
    """Every search by both advisers."""
    near, everywhere = await fill(db, people)
    if db.dialect == "postgresql":
        async with db.transaction() as tx:
            await tx.run(text("ANALYZE"))
    for what, said in SEARCHES.items():
        costs = [await _measured(db, said, by, pids) for by in (near, everywhere)]
        told = "".join(f"{cost:9.2f}{found:7}" for cost, found in costs)
        print(f"{kind}: {what:30}{told}", flush=True)


async def _measured(db: Database, said: str, by: Staff, pids: Callable[[], list[int]]) -> tuple[float, int]:
    for _ in range(10):
        found = await job_seekers.search(db, said, by=by)
    own, database = time.process_time(), processor_seconds(pids())
    for _ in range(TIMES):
        await job_seekers.search(db, said, by=by)
    used = time.process_time() - own + processor_seconds(pids()) - database
    return used / TIMES * 1000, len(found)


async def run(people: int) -> None:
    """The whole table."""
    print(f"{'':42}{'agency':>9}{'rows':>7}{'network':>9}{'rows':>7}")
    await on_each("people", partial(show, people))


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=100_000, help="how many people there are")
    asyncio.run(run(asked.parse_args().people))
