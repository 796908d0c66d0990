"""The invented world: whole, free of contradiction, and the same again for the same seed."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Table, func, select

from booking.demo.filling import Access, keep_access, kept_access
from booking.demo.names import invent
from booking.demo.programme import programme
from booking.domain.subscriptions import FeedKind
from booking.services import doctor
from booking.storage.database import Database
from booking.storage.opening import open_database
from booking.storage.tables import (
    agencies,
    attendance,
    bookings,
    busy_times,
    closures,
    contingents,
    external_times,
    invitations,
    job_seekers,
    meetings,
    messages,
    outages,
    rooms,
    school_holidays,
    sessions,
    subscriptions,
    workshop_prerequisites,
    workshops,
)
from calendars.territories import school_zone_of
from tests.given import NOW
from tests.given_demo import Filled, filled_at
from tests.postgresql import Server, create_database, drop_database


@pytest.fixture(scope="session")
def on_server(postgresql: Server, postgresql_template: str) -> Filled:
    """The same on a server; it goes with the server, or makes room for the next."""
    asyncio.run(drop_database(postgresql.url(), "demo"))
    asyncio.run(create_database(postgresql.url(), "demo", postgresql_template))
    return asyncio.run(filled_at(postgresql.url("demo")))


@pytest.fixture(params=["in_file", "on_server"])
def filled(request: pytest.FixtureRequest) -> Filled:
    """A world of each kind."""
    return request.getfixturevalue(request.param)


@pytest.fixture
async def seen(filled: Filled) -> AsyncIterator[Database]:
    """The filled world, to look at."""
    db = open_database(filled.url)
    yield db
    await db.close()


CLOCKED = ("created_at", "changed_at")


async def rows_of(db: Database, table: Table, *without: str) -> list[dict[str, Any]]:
    async with db.reading() as tx:
        found = await tx.rows(select(*(c for c in table.c if c.name not in without)).order_by(table.c[0], table.c[1]))
    return [dict(row._mapping) for row in found]


async def test_the_world_has_all_there_is_to_see_and_breaks_no_promise(filled: Filled, seen: Database) -> None:
    async with seen.reading() as tx:
        states = {row[0] for row in await tx.rows(select(bookings.c.state).distinct())}
        marked = await tx.value(select(func.count()).select_from(attendance))
        cycles = await tx.value(select(func.max(meetings.c.position)))
    assert {"booked", "waitlisted", "cancelled"} <= {str(state) for state in states}
    assert marked > 20
    assert cycles == 6
    assert {access.role for access in filled.found} == {
        "adviser",
        "facilitator",
        "assistant",
        "manager",
        "administrator",
    }
    assert await doctor.examine(seen, now=NOW) == []


async def test_somebody_follows_each_kind_of_calendar_and_somebody_is_busy_elsewhere(seen: Database) -> None:
    async with seen.reading() as tx:
        kinds = {row.kind for row in await tx.rows(select(subscriptions.c.kind))}
        busy = await tx.value(select(func.count()).select_from(external_times))
        invited = await tx.value(select(func.count()).select_from(invitations))
    assert kinds == {FeedKind.ADVISER, FeedKind.AGENCY, FeedKind.ROOM, FeedKind.FACILITATOR}
    assert busy == 3
    assert invited > 0


async def test_the_same_seed_gives_the_same_world(in_file: Filled, tmp_path: Path, sqlite_template: Path) -> None:
    path = shutil.copy(sqlite_template, tmp_path / "again.sqlite3")
    again = await asyncio.to_thread(asyncio.run, filled_at(f"sqlite:///{path}"))

    one, other = open_database(in_file.url), open_database(again.url)
    for table in (
        job_seekers,
        sessions,
        meetings,
        bookings,
        attendance,
        messages,
        workshops,
        closures,
        outages,
        agencies,
        contingents,
    ):
        # A list is brought in by the clock of the machine, some milliseconds after the time of the demonstration.
        assert await rows_of(one, table, *CLOCKED) == await rows_of(other, table, *CLOCKED)
    await one.close()
    await other.close()


async def test_rooms_close_screens_break_and_schools_have_holidays(seen: Database) -> None:
    assert {row["room_id"] is None for row in await rows_of(seen, closures)} == {True, False}
    assert len(await rows_of(seen, outages)) == 2 and await rows_of(seen, busy_times)
    assert all(row["opening_hours"] for row in await rows_of(seen, rooms))
    holidays = await rows_of(seen, school_holidays)
    assert {row["zone"] for row in holidays} == {school_zone_of("38"), school_zone_of("69")}
    assert any(row["first_on"] <= NOW.date() + timedelta(days=60) and row["last_on"] >= NOW.date() for row in holidays)
    assert await rows_of(seen, workshop_prerequisites)
    assert len({row["colour"] for row in await rows_of(seen, workshops)}) > 5


def test_people_have_every_kind_of_contact_also_none() -> None:
    dice = Random(1)
    people = [invent(dice, n, "Lyon", "69002") for n in range(400)]

    ways = {(bool(p.email), bool(p.phone), bool(p.address)) for p in people}

    assert {(False, False, False), (True, True, False), (True, False, False), (False, True, False)} <= ways
    assert any(p.address for p in people)


def test_nothing_takes_place_on_a_holiday() -> None:
    # The week of All Saints' Day.
    plans = programme(datetime(2027, 11, 3, tzinfo=NOW.tzinfo), Random(1))

    assert not [plan for plan in plans for start, _ in plan.meetings if (start.month, start.day) == (11, 1)]


def test_the_ways_in_are_kept_for_their_owner_only(tmp_path) -> None:
    access = Access("adviser", "Nadia", "nadia", "p", "t")

    keep_access(tmp_path / "demo.json", [access])

    assert kept_access(tmp_path / "demo.json") == [access]
    assert (tmp_path / "demo.json").stat().st_mode & 0o077 == 0


async def test_agencies_differ_in_their_ways_and_sessions_in_their_terms(seen: Database) -> None:
    policies = {row["waitlist_policy"] for row in await rows_of(seen, agencies)}
    assert policies == {"give", "offer"} and any(row["directions"] for row in await rows_of(seen, agencies))
    cycles = [row for row in await rows_of(seen, workshops) if row["frees_when_absent"]]
    assert [row["join_until"] for row in cycles] == [2]
    assert {row["cutoff_hours"] for row in await rows_of(seen, sessions)} == {0, 24}
    assert {("ar", "tr"), ()} <= {row["languages"] for row in await rows_of(seen, sessions)}
    assert [row["seats"] for row in await rows_of(seen, contingents)] == [2]
