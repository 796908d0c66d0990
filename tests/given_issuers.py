"""Coming by a provider of identities."""

from typing import Any

from booking.delivery.issuers import Issuers
from booking.domain.sign_ins import Terms
from booking.services import identifying
from booking.services.identifying import Arrival, Leaving
from booking.storage import tables
from tests.fake_issuer import CODE, FakeIssuer
from tests.given import NOW, SITE, World
from tests.given_accounts import DESK

USUAL = Terms()


async def with_code(world: World) -> None:
    """The agency has the code that the provider's groups speak of."""
    async with world.db.transaction() as tx:
        await tx.run(tables.agencies.update().where(tables.agencies.c.id == world.agency.id).values(code=CODE))


async def depart(world: World, issuers: Issuers, **more: Any) -> Leaving:
    """On the way there."""
    around = {"asker": DESK, "site": SITE, "now": NOW} | more
    return await identifying.depart(world.db, issuers, "reseau", "/placer", **around)


async def come_back(world: World, issuers: Issuers, answer: dict[str, str], leaving: Leaving, **more: Any) -> Arrival:
    """And back."""
    around = {"asker": DESK, "site": SITE, "terms": USUAL, "now": NOW} | more
    return await identifying.come_back(world.db, issuers, "reseau", answer, leaving.browser, **around)


async def arrive(world: World, fake: FakeIssuer, issuers: Issuers | None = None, **more: Any) -> Arrival:
    """There and back."""
    issuers = issuers or fake.issuers()
    leaving = await depart(world, issuers)
    return await come_back(world, issuers, fake.sign_in(leaving.url), leaving, **more)


async def rows(world: World, table: Any) -> list[Any]:
    """All that a table holds."""
    async with world.db.reading() as tx:
        return list(await tx.rows(table.select()))
