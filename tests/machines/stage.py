"""Where the machine plays: two agencies, two workshops, four sessions, five people, and a database for each run."""

import asyncio
import itertools
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from booking.domain.agencies import WaitlistPolicy
from booking.domain.staff import Role, Staff
from booking.services.job_seekers import PersonSaid, register
from booking.storage import agencies, workshops
from booking.storage.database import Database
from booking.storage.opening import open_database
from booking.storage.sqlite import Sqlite
from tests.given import HOUR, NOW, World, a_workshop, an_agency, in_days, meeting
from tests.machines.model import Book
from tests.postgresql import Server, create_database, drop_database

MINUTES = {"gives": 10, "offers": 5}


@dataclass(frozen=True)
class Stage:
    """A database laid out once, and how to have a copy of it; ``book`` is the same in the model."""

    runner: asyncio.Runner
    copy: Callable[[], str]
    drop: Callable[[str], None]
    book: Book
    by: Staff

    def opened(self) -> tuple[str, Database]:
        """A database of one's own."""
        url = self.copy()
        db = open_database(url)
        if isinstance(db, Sqlite):
            # What is lost in a power cut does not matter here.
            db._writer.say("PRAGMA synchronous = OFF")
        return url, db

    def closed(self, url: str, db: Database) -> None:
        """It is no more."""
        self.runner.run(db.close())
        self.drop(url)


def on_sqlite(runner: asyncio.Runner, template: Path, folder: Path) -> Stage:
    """Copies of a file."""
    laid = folder / "laid.sqlite3"
    shutil.copy(template, laid)
    book, by = runner.run(_laid(f"sqlite:///{laid}"))
    numbers = itertools.count()

    def copy() -> str:
        path = folder / f"{next(numbers)}.sqlite3"
        shutil.copy(laid, path)
        return f"sqlite:///{path}"

    def drop(url: str) -> None:
        for path in folder.glob(f"{Path(url.removeprefix('sqlite:///')).name}*"):
            path.unlink()

    return Stage(runner, copy, drop, book, by)


def on_postgresql(runner: asyncio.Runner, server: Server, template: str, name: str) -> Stage:
    """Copies of a database."""
    runner.run(create_database(server.url(), name, template))
    book, by = runner.run(_laid(server.url(name)))
    numbers = itertools.count()

    def copy() -> str:
        copied = f"{name}_{next(numbers)}"
        runner.run(create_database(server.url(), copied, name))
        return server.url(copied)

    def drop(url: str) -> None:
        runner.run(drop_database(server.url(), url.rpartition("/")[2].partition("?")[0]))

    return Stage(runner, copy, drop, book, by)


async def _laid(url: str) -> tuple[Book, Staff]:
    db = open_database(url)
    try:
        return await _lay(db)
    finally:
        await db.close()


async def _lay(db: Database) -> tuple[Book, Staff]:
    """Each workshop in each agency; where workshops differ, hours overlap."""
    world = await World.begin(db)
    offers = an_agency("Lyon Part-Dieu", hold_minutes=MINUTES["offers"], waitlist_policy=WaitlistPolicy.OFFER)
    there = [world.agency.id, offers.id]
    by = Staff(
        id=world.manager.id, name="Marion", sign_in_name="all", roles=frozenset((a, Role.MANAGER) for a in there)
    )
    other = a_workshop("Écrire un courriel")
    async with db.transaction() as tx:
        await agencies.add(tx, offers, NOW)
        await workshops.add(tx, other)
    plans = [
        (there[0], world.workshop.id, 1, [(in_days(1, hour=2), 2)]),
        (there[1], world.workshop.id, 1, [(in_days(2), 2)]),
        (there[0], other.id, 1, [(in_days(1, hour=3), 2)]),
        (there[1], other.id, 1, [(in_days(2, hour=1), 2), (in_days(4), 2)]),
    ]
    sessions = {}
    for n, (agency, workshop, capacity, hours) in enumerate(plans):
        meetings = [meeting(*when) for when in hours]
        # Seats are given in the order of ids, which grow with time.
        known = {"agency_id": agency, "workshop_id": workshop, "by": by, "now": NOW - (9 - n) * HOUR}
        session = await world.session(*meetings, capacity=capacity, **known)
        sessions[session.id] = {
            "agency": agency,
            "workshop": workshop,
            "capacity": capacity,
            "state": "open",
            "meetings": [(m.starts_at, m.ends_at) for m in session.meetings],
        }
    people = {}
    for n, agency in enumerate([there[0], there[0], there[0], there[1], there[1]]):
        said = PersonSaid(first_name="Awa", last_name=f"Ba {n}")
        people[(await register(db, agency, said, by=by, now=NOW)).id] = agency
    houses = {
        there[0]: {"offers": False, "minutes": MINUTES["gives"]},
        there[1]: {"offers": True, "minutes": MINUTES["offers"]},
    }
    empty: Book = {"now": NOW, "places": [], "waits": [], "kept": {}}
    return empty | {"sessions": sessions, "people": people, "agencies": houses}, by
