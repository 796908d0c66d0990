"""Whatever a calendar shows, it is made of the same few lines, the same in every process, and names nobody."""

import os
import re
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from booking.domain.attendance import Mark
from booking.domain.bookings import Party
from booking.domain.subscriptions import Detail, FeedKind
from booking.services import bookings, subscriptions
from booking.services.subscriptions import Wish
from tests.calendars.given import lines
from tests.calendars.test_bytes import ENTRY, HEADER
from tests.given import NOW, World, in_days, meeting
from tests.given_calendars import served_with_rows
from tests.given_cycles import mark
from tests.web.programs import Programs, running

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

CLOCK = {"BEGIN", "END", "TZID", "DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "RRULE"}
HERE = Path(__file__).parents[2]


def names(said: list[str]) -> list[str]:
    return [re.split("[:;]", line)[0] for line in said]


async def test_a_calendar_is_made_of_known_lines_in_one_order(world: World, programs: Programs) -> None:
    for path in await served_with_rows(world):
        content = (await programs.http.get(path)).content.decode()

        head, *entries = content.split("BEGIN:VEVENT\r\n")
        header, *zones = head.split("BEGIN:VTIMEZONE\r\n")
        assert names(lines(header)) == HEADER
        assert zones and all(set(names(lines(zone))) <= CLOCK for zone in zones)
        for entry in entries:
            found = ["BEGIN", *names(lines(entry))]
            assert found[: found.index("END") + 1] == [name for name in ENTRY if name in found]


async def test_two_processes_serve_the_same_bytes_with_the_same_tag(world: World, url: str) -> None:
    paths = [*await served_with_rows(world)]

    told = {process.communicate()[0] for process in [_another_process(url, paths, seed) for seed in "12"]}

    assert len(told) == 1
    assert next(iter(told)).count("200 ") == len(paths)


def _another_process(url: str, paths: list[str], seed: str) -> subprocess.Popen:
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(HERE)}
    command = [sys.executable, "-m", "tests.web.serving", url, *paths]
    return subprocess.Popen(command, env=environment, cwd=HERE, text=True, stdout=subprocess.PIPE)


@pytest.fixture
async def followed(world: World) -> list[str]:
    """The address of every kind of calendar in every detail."""
    scopes = {
        FeedKind.AGENCY: world.agency.id,
        FeedKind.ROOM: world.room.id,
        FeedKind.WORKSHOP: world.workshop.id,
        FeedKind.FACILITATOR: None,
        FeedKind.ADVISER: None,
    }
    found = []
    for (kind, scope), detail in product(scopes.items(), Detail):
        who = world.facilitator if kind is FeedKind.FACILITATOR else world.adviser
        wish = Wish(kind=kind, scope_id=scope, detail=detail, name="Agenda")
        found.append((await subscriptions.create(world.db, wish, by=who, now=NOW)).token)
    return [f"/ical/{token}/ateliers.ics" for token in found]


async def test_an_empty_calendar_of_any_kind_holds_one_entry_that_says_so(
    world: World, programs: Programs, followed: list[str]
) -> None:
    for path in followed:
        said = lines((await programs.http.get(path)).text)

        assert said.count("BEGIN:VEVENT") == 1, path
        assert {"SUMMARY:Aucun atelier programmé", "DTSTART;VALUE=DATE:20261019", "TRANSP:TRANSPARENT"} < set(said)


async def test_no_calendar_names_anybody_who_was_ever_in_it(world: World, followed: list[str]) -> None:
    session = await world.session(
        meeting(in_days(1), room_id=world.room.id, facilitator_id=world.facilitator.id), capacity=4
    )
    people = [
        await world.job_seeker(f"Nom{n}", email=f"p{n}@exemple.fr", phone=f"06 39 98 00 0{n}", identifier=f"77001{n}")
        for n in range(6)
    ]
    seated = [await world.booked(session, person) for person in people[:4]]
    waiting = await world.waiting(session, people[4])
    await bookings.cancel(world.db, seated[0].id, party=Party.PERSON, by=world.adviser, now=in_days(0, 1))
    await mark(world, session, 1, seated[1], Mark.ABSENT)

    staff = (world.adviser, world.facilitator, world.manager)
    async with running(world, at=in_days(1, 2)) as programs:
        for path in [*followed, f"/ical/agences/{world.agency.slug}/ateliers.ics"]:
            answer = await programs.http.get(path)
            said = (str(answer.headers) + answer.text.replace("\r\n ", "")).casefold()

            assert f"{session.meetings[0].id}@ateliers.example" in said
            told = [p for x in people for p in (x.last_name, x.first_name, x.email, x.phone, x.identifier, str(x.id))]
            told += [str(booking.id) for booking in (*seated, waiting)]
            told += [word for who in staff for word in (who.name, str(who.id))]
            told += [path.split("/")[2]] if path in followed else []  # nor the link itself
            assert not [one for one in told if one.casefold() in said], path
