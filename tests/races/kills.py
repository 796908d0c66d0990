"""Workers killed 200 times while they say 10,000 reminders: ./dev kills [--kills 200] [--messages 10000].

For each kind of provider, on both databases, with 1, 2 and 4 workers at a time. Lost are people who were told nothing;
doubled are those who were told twice by a provider that cannot know it; a repeat is a letter that came again under the
same key or Message-ID, for the provider or the reader to drop. Ends with an error when a promise is broken.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from booking.domain.identifiers import new_id
from booking.domain.messages import MessageKind, MessageState
from booking.services.reconciling import reconcile
from booking.storage import outbox
from booking.storage.migrating import migrate
from booking.storage.opening import open_database
from tests.delivery.servers import Inbox, smtp_server
from tests.given import DAY, NOW, World, in_days, meeting
from tests.given_crowds import a_crowd, by_mail, by_text, seated
from tests.postgresql import Server, create_database, launch
from tests.races.counting import Counted, counted
from tests.races.mortal import Knows, Post
from tests.races.storms import Storm, a_victim, count, finish, storm

MORNING = in_days(7, hour=0.1)
# A mail that was in doubt three times is handed on: then it waits for a person, who finds it in the list of the day.
SETTLED = (MessageState.ACCEPTED, MessageState.TO_DO)
MAIL, KEY, ASKED, BLIND = "mail", *(f"text, {knows}" for knows in Knows)
HEADINGS = f"{'':44}{'kills':>6}{'said':>7}{'lost':>6}{'doubled':>9}{'repeats':>9}{'in flight':>11}{'seconds':>9}"


@dataclass(frozen=True)
class Outcome:
    """One line of the table."""

    what: str
    over: Storm
    said: int
    lost: int
    doubled: int
    repeats: int
    seconds: float

    @property
    def is_well(self) -> bool:
        """Nobody was forgotten, and no more said twice than was under way."""
        return not self.lost and self.doubled + self.repeats <= self.over.in_flight

    def show(self) -> None:
        """As a line."""
        figures = f"{self.over.kills:6}{self.said:7}{self.lost:6}{self.doubled:9}{self.repeats:9}"
        print(f"{self.what:44}{figures}{self.over.in_flight:11}{self.seconds:9.0f}", flush=True)


async def reminders(world: World, kind: str, many: int) -> None:
    """So many people with a seat, to be reminded this morning."""
    crowd = a_crowd(world, many, [in_days(14)], NOW - DAY, by_mail if kind == MAIL else by_text)
    await seated(world.db, crowd)
    await reconcile(world.db, NOW)


async def confirmations(world: World, many: int) -> None:
    """So many words that are said again rather than left in doubt; what they say does not matter here."""
    session = await world.session(meeting(in_days(14)))
    booking = await world.booked(session, await world.job_seeker(phone="+33639980000"))
    async with world.db.transaction() as tx:
        pattern = next(m for m in await outbox.of_booking(tx, booking.id) if m.kind is MessageKind.CONFIRMATION)
        await outbox.plan(tx, [replace(pattern, id=new_id(NOW), dedupe_key=f"{n}") for n in range(1, many)])


@contextmanager
def provider(kind: str, folder: Path) -> Iterator[tuple[Post, Inbox | Path]]:
    """The ways out, and what writes down all that comes."""
    book = folder / "texts"
    if kind == MAIL:
        inbox = Inbox()
        with smtp_server(inbox) as smtp:
            yield Post(smtp=smtp), inbox
    else:
        yield Post(notebook=str(book), knows=Knows(kind.removeprefix("text, "))), book


async def outcome(url: str, kind: str, workers: int, kills: int, many: int, name: str) -> Outcome:
    """One storm, from an empty database."""
    db, begun = open_database(url), time.perf_counter()
    world = await World.begin(db)
    await (confirmations(world, many) if kind == BLIND else reminders(world, kind, many))
    with TemporaryDirectory() as folder, provider(kind, Path(folder)) as (post, book):
        victims = [a_victim(n) for n in range(kills)]
        over = await storm(db, url, post, victims, workers, MORNING)
        await finish(url, post, over.now or MORNING)
        found = counted(book)
    settled = sum([await count(db, state) for state in SETTLED])
    await db.close()
    said = found.told + found.strange if kind == BLIND else found.told
    lost = max(many - said, many - settled)
    what = f"{name}: {kind}, {workers} at a time"
    return Outcome(what, over, said, lost, *_twice(found, kind), time.perf_counter() - begun)


def _twice(found: Counted, kind: str) -> tuple[int, int]:
    """Those who were told twice, and what was known for a repeat."""
    return (found.repeats, 0) if kind == BLIND else (found.strange, found.repeats)


def databases(server: Server, kinds: list[str], folder: Path) -> Iterator[tuple[str, str]]:
    """A new database for each storm: its name and its address."""
    for n in range(1_000):
        for kind in kinds:
            url = server.url(f"storm_{n}") if kind == "PostgreSQL" else f"sqlite:///{folder / f'storm_{n}.sqlite3'}"
            yield kind, url


async def run(kills: int, many: int, workers: list[int], only: str | None) -> bool:
    """The whole table; whether every promise was kept."""
    kinds = [kind for kind in ("PostgreSQL", "SQLite") if only in (None, kind.lower())]
    print(HEADINGS)
    is_well = True
    with launch() as server, TemporaryDirectory() as folder:
        fresh = databases(server, kinds, Path(folder))
        for at_a_time in workers:
            for provided in (MAIL, KEY, ASKED, BLIND):
                for _ in kinds:
                    name, url = next(fresh)
                    if name == "PostgreSQL":
                        await create_database(server.url(), url.rpartition("/")[2].partition("?")[0])
                    await asyncio.to_thread(migrate, url)
                    found = await outcome(url, provided, at_a_time, kills, many, name)
                    found.show()
                    is_well = is_well and found.is_well
    return is_well


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=200, help="how many workers are killed")
    asked.add_argument("--messages", type=int, default=10_000, help="how many reminders; 10,000 at most")
    asked.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4], help="how many at a time")
    asked.add_argument("--only", choices=["postgresql", "sqlite"], help="one database instead of both")
    given = asked.parse_args()
    sys.exit(not asyncio.run(run(given.kills, given.messages, given.workers, given.only)))
