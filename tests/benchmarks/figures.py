"""How fast the page of figures is: python -m tests.benchmarks.figures [--agencies 10] [--weeks 104].

Sessions are made as they stand once they are counted, in numbers of a real network: the page reads their sums and never
a booking, so that none is needed. What it costs to count a session is told by the last line.
"""

import argparse
import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import text

from booking.domain.figures import MEASURES
from booking.domain.periods import Span, spanning
from booking.domain.staff import Role, Staff
from booking.services import scheduling, statistics
from booking.services.statistics import Wanted
from booking.storage import agencies as storage
from booking.storage import figures
from booking.storage.database import Database
from booking.storage.migrating import migrate
from booking.storage.opening import open_database
from tests.benchmarks.servers import processor_seconds
from tests.given import NOW, World, a_workshop, in_days, meeting
from tests.given_figures import counted
from tests.postgresql import create_database, launch

TODAY = date(2026, 11, 23)
A_WEEK, TURNS = 9, 7
AGENCIES = """
INSERT INTO agencies (id, slug, name, search, address, postcode, commune, insee, department, phone, time_zone,
                      holiday_territory, phase, publishes, created_at)
SELECT gen_random_uuid(), 'agence-' || n, 'Agence ' || n, '', '', '', '', '', '38', '', 'Europe/Paris', 'metropole',
       CASE WHEN n % 9 = 0 THEN 'pilot' ELSE 'open' END, true, now() FROM generate_series(1, :agencies) n
"""
SESSIONS = f"""
INSERT INTO session_figures (session_id, agency_id, workshop_id, slice_on, starts_at, is_begun, is_training,
                             {", ".join(MEASURES)})
SELECT gen_random_uuid(), a.id, w.id, CAST(:first AS date) + 7 * (n / {A_WEEK}), now(), true, false,
       {", ".join("1 + n % 7" for _ in MEASURES)}
FROM agencies a JOIN (SELECT id, row_number() OVER (ORDER BY id) AS number FROM workshops) w ON true
     JOIN generate_series(CAST(:week AS int) * {A_WEEK}, CAST(:week AS int) * {A_WEEK} + {A_WEEK - 1}) n
          ON n % 4 + 1 = w.number
"""
STEPS = """
INSERT INTO step_figures SELECT a.id, CAST(:first AS date) + 7 * n, 9, 8, 7, 6, 5, 4
FROM agencies a, generate_series(0, :weeks) n
"""


async def main(agencies: int, weeks: int) -> None:
    """Make the network, look at it, and count a little."""
    with launch() as server:
        await create_database(server.url(), "figures")
        await asyncio.to_thread(migrate, server.url("figures"))
        db = open_database(server.url("figures"))
        world = await World.begin(db)
        await fill(db, world, agencies, weeks)
        agnes = await world.staff(Role.ADMINISTRATOR, None, "Agnès")
        await look(db, agnes, world.agency.id, server.pids())
        await count_some(world)
        await db.close()


async def fill(db: Database, world: World, agencies: int, weeks: int) -> None:
    """So many agencies with nine sessions a week in four workshops, summed up."""
    first = TODAY - timedelta(days=TODAY.weekday() + 7 * (weeks - 1))
    for n in range(3):
        await scheduling.add_workshop(db, a_workshop(f"Atelier {n}"), by=world.manager, now=NOW)
    async with db.transaction() as tx:
        await tx.run(text(AGENCIES), {"agencies": agencies - 1})
        await tx.run(text(STEPS), {"first": first, "weeks": weeks - 1})
    for week in range(weeks):
        async with db.transaction() as tx:
            await tx.run(text(SESSIONS), {"first": first, "week": week})
    began = time.perf_counter()
    async with db.reading() as tx:
        places = [one.id for one in await storage.every(tx)]
    for agency_id in places:
        async with db.transaction() as tx:
            await figures.sum_up_agency(tx, agency_id)
    took = time.perf_counter() - began
    print(f"{agencies * weeks * A_WEEK} sessions of {agencies} agencies; summed up anew in {took:.0f} s")
    async with db.at_once() as tx:
        await tx.run(text("ANALYZE"))


async def look(db: Database, by: Staff, agency_id: Any, pids: list[int]) -> None:
    """The same figures that the page shows, without setting it."""
    now = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)
    year, weeks = spanning(Span.YEAR, TODAY), spanning(Span.WEEKS_12, TODAY)
    for what, wanted in {
        "network, 12 months": Wanted(period=year),
        "network, 12 weeks": Wanted(period=weeks),
        "one agency, 12 months": Wanted(period=year, agency_id=agency_id),
    }.items():
        await timed(what, pids, lambda wanted=wanted: statistics.show(db, wanted, by=by, now=now))  # type: ignore[misc]


async def count_some(world: World) -> None:
    """Ten sessions with ten bookings each, counted because something happened in each."""
    for n in range(10):
        session = await world.session(meeting(in_days(2 + n)), capacity=10)
        for _ in range(10):
            await world.booked(session)
    began = time.perf_counter()
    number = await counted(world, in_days(20))
    print(f"{number} sessions with 100 bookings followed in {1000 * (time.perf_counter() - began):.0f} ms")


async def timed(what: str, pids: list[int], ask: Callable[[], Awaitable[Any]]) -> None:
    """The median of some turns, and what of it was work of this program and of the database."""
    found, before, worked = [], processor_seconds(pids), time.process_time()
    for _ in range(TURNS):
        began = time.perf_counter()
        await ask()
        found.append(time.perf_counter() - began)
    costs = (time.process_time() - worked, processor_seconds(pids) - before)
    here, there = (1000 * cost / TURNS for cost in costs)
    print(f"{what:24}{1000 * sorted(found)[TURNS // 2]:6.0f} ms; processor {here:4.0f} ms here, {there:4.0f} ms there")


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--agencies", type=int, default=10)
    words.add_argument("--weeks", type=int, default=104)
    said = words.parse_args()
    asyncio.run(main(said.agencies, said.weeks))
