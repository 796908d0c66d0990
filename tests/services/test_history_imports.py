"""What was, of a list: held sessions with who came; nobody hears of it, and no seat to come is touched."""

import pytest

from booking.domain.errors import NotAllowed
from booking.domain.imports import ImportState, ListKind
from booking.domain.sessions import SessionState
from booking.services import attendance, bringing_in, job_seekers
from booking.services.doctor import examine
from booking.storage import tables
from tests.given import NOW, SITE, World, in_days, meeting
from tests.given_lists import a_list, brought_in, how_many

HISTORY = ListKind.HISTORY
HEAD = "Atelier;Date;Début;Fin;Session;Identifiant;Nom;Prénom;Présence;Motif"
TITLE = "Premiers pas avec l'ordinateur"
SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def was(*rows: str) -> bytes:
    return a_list(*(f"{TITLE};{row}" for row in rows), head=HEAD)


@pytest.fixture
async def amelie(world: World):
    return await world.job_seeker("Lefèvre", first_name="Amélie", identifier="P1")


@pytest.fixture
async def samir(world: World):
    return await world.job_seeker("Benali", first_name="Samir", identifier="P2")


CYCLE = was(
    "05/10/2026;9:30;11:30;A;P1;;;présent;",
    "07/10/2026;9:30;11:30;A;P1;;;absent excusé;maladie",
    "05/10/2026;9:30;11:30;A;;Benali;Samir;ABSENT;",
)


async def test_a_cycle_of_the_past_is_held_with_who_came_and_nobody_hears_of_it(world: World, amelie, samir):
    done = await brought_in(world, CYCLE, HISTORY)

    (listed, *none) = await job_seekers.history(world.db, amelie.id, by=world.adviser)
    assert (done.state, done.counts, none) == (ImportState.DONE, {"new": 2, "changed": 1}, [])
    assert (listed.session.state, len(listed.session.meetings), listed.session.taken) == (SessionState.HELD, 2, 2)
    assert await how_many(world.db, tables.attendance) == 3
    assert await how_many(world.db, tables.messages) == 0
    assert await examine(world.db, now=NOW) == []
    roster = await attendance.roster(world.db, listed.session.meetings[0].id, by=world.facilitator)
    assert len(roster.lines) == 2


async def test_twice_is_as_good_as_once(world: World, amelie, samir):
    await brought_in(world, CYCLE, HISTORY)

    again = await brought_in(world, CYCLE, HISTORY)

    assert again.counts == {"unchanged": 3}
    assert [await how_many(world.db, table) for table in (tables.sessions, tables.bookings)] == [1, 2]


async def test_trying_it_writes_nothing(world: World, amelie, samir):
    tried = await brought_in(world, CYCLE, HISTORY, is_dry_run=True)

    assert (tried.state, tried.counts) == (ImportState.CHECKED, {"new": 2, "changed": 1})
    assert await how_many(world.db, tables.sessions) == 0


@SQLITE
async def test_no_row_reaches_into_a_session_to_come_or_that_goes_on(world: World, amelie):
    cycle = await world.session(meeting(in_days(1)), meeting(in_days(8)), capacity=1)

    future = await brought_in(world, was("20/10/2026;10:00;12:00;;P1;;;présent;"), HISTORY)
    assert future.counts == {"refused": 1}

    later = in_days(2)
    order = await bringing_in.send(
        world.db,
        world.agency.id,
        HISTORY,
        "x",
        was("20/10/2026;10:00;12:00;;P1;;;présent;"),
        by=world.manager,
        now=later,
    )
    known = {"is_dry_run": False, "site": SITE, "by": world.manager, "now": later}
    running = await bringing_in.begin(world.db, order.id, None, **known)
    looked = await bringing_in.look(world.db, running.id, by=world.manager, now=later)
    assert [one.code for row in looked.refused for one in row.remarks] == ["session-goes-on"]
    assert await world.count(cycle) == (0, 0)


@SQLITE
async def test_each_bad_row_says_in_which_column_and_why(world: World, amelie):
    done = await brought_in(
        world,
        was(
            "05/10/2026;9:30;11:30;;P9;;;présent;",
            "05/10/2026;9:30;11:30;;P1;;;peut-être;",
            "31/02/2026;9:30;11:30;;P1;;;présent;",
            "05/10/2026;11:30;9:30;;P1;;;présent;",
        )
        + b"\r\nPoterie;05/10/2026;9:30;11:30;;P1;;;x;\r\n"
        + TITLE.encode()
        + b";01/12/2026;9:30;11:30;;P1;;;x;",
        HISTORY,
    )

    looked = await bringing_in.look(world.db, done.id, by=world.manager, now=NOW)
    said = [(row.line, one.column, one.code) for row in looked.refused for one in row.remarks]
    assert said == [
        (2, "Identifiant", "nobody-known"),
        (3, "Présence", "no-such-mark"),
        (4, "Date", "no-such-day"),
        (5, "Fin", "ends-before-it-starts"),
        (6, "Atelier", "unknown-workshop"),
        (7, "Date", "not-past"),
    ]


@SQLITE
async def test_nobody_was_in_two_places_at_once(world: World, amelie):
    await brought_in(world, was("05/10/2026;9:30;11:30;;P1;;;présent;"), HISTORY)

    done = await brought_in(world, was("05/10/2026;10:00;12:00;;P1;;;présent;"), HISTORY)

    looked = await bringing_in.look(world.db, done.id, by=world.manager, now=NOW)
    assert [one.code for row in looked.refused for one in row.remarks] == ["was-elsewhere"]


@SQLITE
async def test_who_does_not_plan_brings_no_past_in(world: World):
    with pytest.raises(NotAllowed):
        await bringing_in.send(world.db, world.agency.id, HISTORY, "x", CYCLE, by=world.adviser, now=NOW)
