"""What every page costs the server, the dearest first: python -m tests.benchmarks.pages [--sessions N] [--people N].

The invented world of the demonstration, then the same with so many more sessions and people in one of its agencies.
Milliseconds are those of one request after the other, in this process, with no line between; the limit beside them is
what is asked of the page of all pages, where an adviser looks for a seat (whole, 2 ms of processor).
"""

import argparse
import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, insert

from booking.cli.listening import spare_the_collector
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import JobSeeker
from booking.storage import job_seekers, tables
from booking.storage.database import Database, Values
from booking.storage.migrating import migrate
from booking.storage.opening import open_database
from booking.storage.sqlite import SyncTx
from booking.storage.staff import named_to_sign_in
from tests.benchmarks.towns import a_session, add_sessions
from tests.browser.doors import STRANGER, address, doors, visitor
from tests.browser.town import Town, build
from tests.given import NOW
from tests.given_demo import filled_at
from tests.web.given import Browser, Browsers, browsing

TURNS, WARM_UP, AT_ONCE = 20, 2, 500
# SPEED.md: the whole page on which seats are looked for.
LIMIT_MS = 2.0
ASKED: list[Executable] = []


@dataclass(frozen=True)
class Cost:
    """Of one page: milliseconds as waited for and of processor, statements, kilobytes."""

    door: str
    p50: float
    p99: float
    processor: float
    statements: int
    kilobytes: float


async def cost_of(browser: Browser, door: str, where: str) -> Cost:
    """Ask for it a few times."""
    for _ in range(WARM_UP):
        await browser.get(where)
    took, worked = [], process_time()
    ASKED.clear()
    for _ in range(TURNS):
        began = perf_counter()
        answer = await browser.get(where)
        took.append(1000 * (perf_counter() - began))
    took.sort()
    processor = 1000 * (process_time() - worked) / TURNS
    return Cost(door, took[TURNS // 2], took[-1], processor, len(ASKED) // TURNS, len(answer.content) / 1000)


async def show(db: Database, town: Town, what: str) -> None:
    """Every page, by whoever may open it."""
    print(f"{what}\n    p50    p99  processor  limit  statements     kB  page")
    async with browsing(SimpleNamespace(db=db)) as browsers:  # type: ignore[arg-type]
        spare_the_collector()
        known = {name: await _let_in(browsers, db, name) for name in sorted({visitor(door) for door in doors()})}
        found = [await cost_of(known[visitor(door)], door, address(door, town.ids)) for door in doors()]
    for one in sorted(found, key=lambda one: -one.processor):
        waited = f"{one.p50:7.1f}{one.p99:7.1f}{one.processor:11.1f}{LIMIT_MS:7.1f}"
        print(f"{waited}{one.statements:12}{one.kilobytes:7.0f}  {one.door}")


async def _let_in(browsers: Browsers, db: Database, name: str) -> Browser:
    if name == STRANGER:
        return browsers.stranger()
    async with db.reading() as tx:
        found = await named_to_sign_in(tx, name, NOW)
    assert found, name
    return await browsers.of(found)


async def enlarge(db: Database, ids: dict[str, str], sessions: int, people: int) -> None:
    """Many more of both in the agency that is looked at."""
    place: Any = SimpleNamespace(
        agency=SimpleNamespace(id=UUID(ids["agency_id"])), workshop=SimpleNamespace(id=UUID(ids["workshop_id"]))
    )
    await add_sessions(db, [a_session(place, n, NOW) for n in range(sessions)])
    rows = [job_seekers.written(_person(place.agency.id, n)) for n in range(people)]
    async with db.transaction() as tx:
        for begin in range(0, people, AT_ONCE):
            await tx.run(insert(tables.job_seekers), rows[begin : begin + AT_ONCE])


def _person(agency_id: UUID, n: int) -> JobSeeker:
    known = {"id": new_id(NOW), "agency_id": agency_id, "created_at": NOW, "changed_at": NOW}
    return JobSeeker(first_name="Aïssatou", last_name=f"Diallo {n}", email=f"p{n}@exemple.fr", **known)


@asynccontextmanager
async def opened(town: Town) -> AsyncIterator[Database]:
    """The database of this town, which says what it is asked."""
    answer = SyncTx.rows

    async def listen(tx: SyncTx, statement: Executable, values: Values = None) -> Any:
        ASKED.append(statement)
        return await answer(tx, statement, values)

    SyncTx.rows = listen  # type: ignore[method-assign]
    db = open_database(town.url)
    try:
        yield db
    finally:
        await db.close()
        SyncTx.rows = answer  # type: ignore[method-assign]


async def run(town: Town, sessions: int, people: int) -> None:
    """Both tables."""
    async with opened(town) as db:
        await show(db, town, "The demonstration")
    # Who serves it closes it.
    async with opened(town) as db:
        await enlarge(db, town.ids, sessions, people)
        await show(db, town, f"With {sessions} sessions and {people} people more")


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--sessions", type=int, default=2000)
    words.add_argument("--people", type=int, default=20_000)
    said = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'demo.sqlite3'}"
        migrate(url)
        town = build(asyncio.run(filled_at(url)), Path(folder))
        asyncio.run(run(town, said.sessions, said.people))
