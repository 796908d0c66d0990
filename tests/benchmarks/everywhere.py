"""How fast search everywhere answers somebody who types: python -m tests.benchmarks.everywhere [--people 100000].

Milliseconds of processor for one search of every kind, of this program and of the database together, in a country:
900 agencies, 20,000 partners, 8,000 sessions to come. For an adviser of one agency and one of the whole network.
"""

import argparse
import asyncio
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random

from sqlalchemy import insert, text

from booking.demo.names import LAST_NAMES
from booking.domain.agencies import Agency
from booking.domain.identifiers import new_id
from booking.domain.partners import Partner
from booking.domain.sessions import SessionState
from booking.domain.staff import Staff
from booking.services import everywhere
from booking.storage import agencies, partners, tables
from booking.storage.database import Database
from tests.benchmarks.kinds import on_each
from tests.benchmarks.people import fill
from tests.benchmarks.servers import processor_seconds
from tests.given import an_agency

AGENCIES, PARTNERS, SESSIONS = 900, 20_000, 8_000
AT_ONCE, TIMES, MOST = 1000, 50, 5
KINDS = "espace maison atelier centre point relais mediatheque connect solidaire numerique quartier emploi".split()
TOWNS = "Lyon Grenoble Paris Nantes Lille Rennes Brest Pau Metz Tours".split()
SEARCHES = {
    "a last name": "belkacem",
    "three letters": "mai",
    "one letter": "m",
    "workshop and town": "ordinateur lyon",
    "a partner": "mediatheque nantes",
    "nothing": "zzyzx",
}


def some_agencies() -> list[Agency]:
    """One for each quarter of a country."""
    return [an_agency(f"{TOWNS[n % len(TOWNS)]} {LAST_NAMES[n % len(LAST_NAMES)]} {n}") for n in range(AGENCIES)]


def some_partners(now: datetime) -> Iterator[Partner]:
    """Places with names of three words."""
    dice = Random(1)
    for n in range(PARTNERS):
        name = f"{' '.join(dice.sample(KINDS, 3)).title()} {n}"
        yield Partner(id=new_id(now), name=name, commune=dice.choice(TOWNS), postcode=f"{1000 + n}", created_at=now)


def some_sessions(where: list[Agency], workshop: object, now: datetime) -> list[dict[str, object]]:
    """Open sessions of the next months."""
    known = {"workshop_id": workshop, "state": SessionState.OPEN, "capacity": 8, "created_at": now, "changed_at": now}
    starts = [now + timedelta(hours=6 * n / 20) for n in range(SESSIONS)]
    return [
        {"id": new_id(now), "agency_id": where[n % len(where)].id, "starts_at": at, "closes_at": at}
        | {"ends_at": at + timedelta(hours=2)}
        | known
        for n, at in enumerate(starts)
    ]


async def country(db: Database, people: int) -> tuple[Staff, Staff]:
    """Everybody and everything there is; who asks, and from where."""
    now, near_and_far = datetime.now(UTC), await fill(db, people)
    where, all_partners = some_agencies(), list(some_partners(now))
    async with db.transaction() as tx:
        workshop = await tx.value(tables.workshops.select().with_only_columns(tables.workshops.c.id))
        await agencies.add_all(tx, where, now)
        await tx.run(insert(tables.sessions), some_sessions(where, workshop, now))
    for start in range(0, PARTNERS, AT_ONCE):
        async with db.transaction() as tx:
            await partners.add_all(tx, all_partners[start : start + AT_ONCE])
    async with db.transaction() as tx:
        await tx.run(text("ANALYZE"))
    return near_and_far


async def show(people: int, kind: str, db: Database, pids: Callable[[], list[int]]) -> None:
    """Every search by both."""
    both, now = await country(db, people), datetime.now(UTC)
    for what, said in SEARCHES.items():
        costs = []
        for by in both:
            await everywhere.find(db, said, by=by, now=now, most=MOST)
            own, database = time.process_time(), processor_seconds(pids())
            for _ in range(TIMES):
                await everywhere.find(db, said, by=by, now=now, most=MOST)
            used = time.process_time() - own + processor_seconds(pids()) - database
            costs.append(used / TIMES * 1000)
        print(f"{kind}: {what:20}{costs[0]:9.2f}{costs[1]:9.2f}", flush=True)


async def run(people: int) -> None:
    """The whole table."""
    print(f"{'':32}{'agency':>9}{'network':>9}")
    await on_each("everywhere", partial(show, people))


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=100_000, help="how many people there are")
    asyncio.run(run(asked.parse_args().people))
