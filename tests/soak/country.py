"""Nine hundred agencies with two weeks of sessions before them, people, and calendars that are followed."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import text

from booking.domain.agencies import Agency
from booking.domain.sites import Site
from booking.domain.staff import Staff
from booking.services import bookings, entries, passwords, recounting
from booking.storage import agencies, workshops
from booking.storage.database import Database
from tests.benchmarks.towns import add_sessions
from tests.given import a_workshop, an_agency
from tests.soak.agencies import EARLIER, Founded, found, write
from tests.soak.desks import PASSWORD, Desk

AGENCIES, GROUP, AT_ONCE = 900, 30, 6
# How many are booked from the beginning: into today's session, then into those of the next days.
SEATED = (3, 1, 1)
DEPARTMENTS = tuple(f"{n:02}" for n in range(1, 96) if n != 20)
ZONES = ("Europe/Paris", "Indian/Reunion", "America/Guadeloupe", "America/Miquelon")


def awake(now: datetime) -> str:
    """A zone of the country where texts may leave for the next hours; the soak may well run by night."""
    return next((zone for zone in ZONES if 7 <= now.astimezone(ZoneInfo(zone)).hour < 17), ZONES[0])


async def settle(db: Database, site: Site, count: int = AGENCIES) -> list[Desk]:
    """Found so many agencies in an empty database, with some people in their sessions."""
    now, workshop = datetime.now(UTC), a_workshop()
    password_hash = await passwords.hashed(PASSWORD)
    everywhere = [_agency(n, awake(now)) for n in range(count)]
    async with db.transaction() as tx:
        await workshops.add(tx, workshop)
        await agencies.add_all(tx, everywhere, now)
    founded = iter([found(agency, n, workshop.id, now) for n, agency in enumerate(everywhere)])
    desks: list[Desk] = []
    while some := list(islice(founded, GROUP)):
        await _open(db, site, some, password_hash, now)
        desks += [one.desk for one in some]
    await recounting.count_all(db, now)
    async with db.transaction() as tx:
        await tx.run(text("ANALYZE"))
    return desks


def _agency(n: int, zone: str) -> Agency:
    """The nth, on a grid as wide as the country: some four others are within thirty kilometres."""
    lies = {"latitude": 43.0 + n // 30 * 0.25, "longitude": -1.0 + n % 30 * 0.28}
    return an_agency(f"Agence {n}", department=DEPARTMENTS[n // 10 % len(DEPARTMENTS)], time_zone=zone, **lies)


async def _open(db: Database, site: Site, some: Sequence[Founded], password_hash: str, now: datetime) -> None:
    planned = [session for one in some for session in one.sessions]
    await add_sessions(db, planned)
    async with db.transaction() as tx:
        await write(tx, some, password_hash, now)
        await entries.keep(tx, [session.id for session in planned], site, now)
    seats = iter([(one.staff, session, person) for one in some for session, person in _seats(one)])

    async def book() -> None:
        by: Staff
        for by, session, person in seats:
            await bookings.book(db, session, person, by=by, now=now - EARLIER)

    await asyncio.gather(*(book() for _ in range(AT_ONCE)))


def _seats(one: Founded) -> Iterator[tuple[UUID, UUID]]:
    wanted = [session.id for session, many in zip(one.sessions, SEATED, strict=False) for _ in range(many)]
    return zip(wanted, (person.id for person in one.people), strict=False)
