"""Ten thousand people who follow calendars of 10, 200 and 2,000 meetings, each by a secret link."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import cycle

from sqlalchemy import insert

from booking.domain.clients import client_of
from booking.domain.identifiers import new_id
from booking.domain.staff import Role
from booking.domain.subscriptions import FeedKind, Subscription
from booking.services import entries
from booking.services.accounts import digest
from booking.storage.database import Database
from booking.storage.shapes import values
from booking.storage.tables import subscription_secrets, subscriptions
from tests.benchmarks.clients import request
from tests.benchmarks.towns import a_session, add_sessions
from tests.given import SITE, World

SIZES = (10, 200, 2000)
AT_ONCE = 1000


@dataclass(frozen=True)
class Followed:
    """A calendar of one size: its public address, and the links of those who follow it.

    ``alike`` were opened before, ``new`` never.
    """

    size: int
    public: str
    alike: list[str]
    new: list[str]

    def asked(self, links: list[str], **headers: str) -> Iterator[bytes]:
        """One after the other, for ever."""
        return cycle([request("GET", f"/ical/{link}/ateliers.ics", **headers) for link in links])


async def follow(db: Database, count: int) -> list[Followed]:
    """Agencies with so many meetings, and so many subscribers of each kind, in an empty database."""
    now = datetime.now(UTC)
    world = await World.begin(db)
    odile = await world.staff(Role.ADVISER, None, "Odile")
    return [await _followed(db, world, size, odile.id, count, now) for size in SIZES]


async def _followed(db: Database, world: World, size: int, owner, count: int, now: datetime) -> Followed:
    agency = await world.another_agency(f"Agence {size}")
    there = replace(world, agency=agency)
    sessions = [a_session(there, n, now) for n in range(size)]
    await add_sessions(db, sessions)
    async with db.transaction() as tx:
        await entries.keep(tx, [session.id for session in sessions], SITE, now)
    mine = {"owner_id": owner, "kind": FeedKind.AGENCY, "scope_id": agency.id, "agency_id": agency.id}
    used = {"last_used_at": now, "last_client": client_of(None)}
    links = {}
    for kind, known in (("alike", used), ("new", {})):
        made = [
            Subscription(
                id=new_id(now),
                name="Agenda",
                created_at=now,
                **mine,
                **known,
            )
            for _ in range(count)
        ]
        links[kind] = [f"{kind}-{size}-{n}" for n in range(count)]
        await _write(db, made, links[kind], now)
    return Followed(size, f"/ical/agences/{agency.slug}/ateliers.ics", **links)


async def _write(db: Database, made: list[Subscription], links: list[str], now: datetime) -> None:
    secrets = [
        {"secret_hash": digest(link), "subscription_id": one.id, "created_at": now}
        for one, link in zip(made, links, strict=True)
    ]
    async with db.transaction() as tx:
        for begin in range(0, len(made), AT_ONCE):
            some = slice(begin, begin + AT_ONCE)
            await tx.run(insert(subscriptions), [values(one, subscriptions) for one in made[some]])
            await tx.run(insert(subscription_secrets), secrets[some])
