"""The ways that an office goes all day, each gone twice: the second time as a server has it that has run for long."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import uuid4

import httpx
from sqlalchemy import delete

from booking.services.kept_contents import KeptContents
from booking.services.reconciling import reconcile
from booking.services.sending import send_due
from booking.storage.tables import messages
from tests.benchmarks.senders import deliveries
from tests.given import NOW, SITE, World, in_days, meeting
from tests.hearing import Heard, hearing
from tests.web.given import Browser, browsing
from tests.web.programs import Program, Programs

TURNS, AT_ONCE = 2, 3
# Which turn it is, and what is heard: what only prepares is struck out again.
Way = Callable[[int, list[Heard]], Awaitable[object]]


@dataclass(frozen=True)
class Office:
    """Who goes them: a program and browsers of people of one agency."""

    world: World
    programs: Programs
    program: Program
    adviser: Browser
    manager: Browser
    facilitator: Browser

    @classmethod
    @asynccontextmanager
    async def open(cls, world: World) -> AsyncIterator["Office"]:
        """Everybody signs in."""
        async with browsing(world) as browsers:
            programs = Programs(world, browsers.app, browsers.stranger().http)
            cast = [await browsers.of(who) for who in (world.adviser, world.manager, world.facilitator)]
            yield cls(world, programs, await programs.of(world.adviser), *cast)

    def forget_calendars(self) -> None:
        """As after a start."""
        self.programs.app.state["calendars"] = KeptContents()


async def heard_on_hot_paths(office: Office) -> dict[str, list[Heard]]:
    """What each path asks of the database, by its name."""
    found = {}
    for name, way in [*(await looking(office)).items(), *(await doing(office)).items()]:
        for turn in range(TURNS):
            with hearing() as heard:
                answer = await way(turn, heard)
            assert not isinstance(answer, httpx.Response) or answer.status_code < 400, (name, answer.text)
        found[name] = heard
    return found


async def looking(office: Office) -> dict[str, Way]:
    """Pages, searches and calendars."""
    world = office.world
    session = await world.session(meeting(in_days(14), facilitator_id=world.facilitator.id))
    person = (await world.booked(session)).job_seeker_id
    feed = f"/ical/agences/{world.agency.slug}/ateliers.ics"
    known = {"If-None-Match": (await office.program("GET", feed)).headers["etag"]}

    async def cold(*_: object) -> httpx.Response:
        office.forget_calendars()
        return await office.program("GET", feed)

    return {
        "seats searched by a program": lambda *_: office.program(
            "GET", f"/sessions?agency={world.agency.id}&with_room=true&limit=20"
        ),
        "placing page": lambda *_: office.adviser.get(f"/placer?personne={person}"),
        "home page": lambda *_: office.adviser.get("/"),
        "page of a person": lambda *_: office.adviser.get(f"/personnes/{person}"),
        "roll": lambda *_: office.facilitator.get(f"/presence/{session.meetings[0].id}"),
        "month of an agenda": lambda *_: office.manager.get("/sessions?vue=mois&mois=2026-11"),
        "figures of an agency": lambda *_: office.manager.get("/statistiques"),
        "calendar unchanged": lambda *_: office.program("GET", feed, headers=known),
        "calendar kept": lambda *_: office.program("GET", feed),
        "calendar cold": cold,
    }


async def doing(office: Office) -> dict[str, Way]:
    """Seats taken and given up, and what is said about them."""
    world, ask = office.world, office.program
    roomy, full = await world.session(), await world.session(meeting(in_days(15)), capacity=TURNS)
    people = [await world.job_seeker(email=f"p{n}@example.org") for n in range(TURNS)]
    seated = [await world.booked(full) for _ in range(TURNS)]
    for _ in range(TURNS):
        await world.waiting(full)

    def book(turn: int, _: object) -> Awaitable[httpx.Response]:
        body, key = {"job_seeker_id": str(people[turn].id)}, {"Idempotency-Key": uuid4().hex}
        return ask("POST", f"/sessions/{roomy.id}/bookings", body, key)

    def cancel(turn: int, _: object) -> Awaitable[httpx.Response]:
        return ask("POST", f"/bookings/{seated[turn].id}/cancellation", {"party": "person"})

    async def plan(_: int, heard: list[Heard]) -> None:
        async with world.db.transaction() as tx:
            await tx.run(delete(messages).where(messages.c.session_id == roomy.id))
        heard.clear()
        assert (await reconcile(world.db, NOW)).missing

    async def send(_: int, heard: list[Heard]) -> None:
        while await send_due(world.db, deliveries(), NOW, site=SITE):
            """What was planned before."""
        for _ in range(AT_ONCE):
            await world.booked(roomy, await world.job_seeker(email="somebody@example.org"))
        heard.clear()
        assert await send_due(world.db, deliveries(), NOW, site=SITE) == AT_ONCE

    return {"seat taken": book, "seat given up and given on": cancel, "reminders planned": plan, "words sent": send}
