"""Somebody with a password, and the ways in."""

from datetime import datetime

from booking.domain.sign_ins import Asker, Terms
from booking.domain.staff import Role, Staff
from booking.services import accounts, signing_in
from booking.services.signing_in import HalfWay, Opened
from tests.given import NOW, SITE, World

PASSWORD = "douze caractères au moins"
WRONG = "un autre mot de passe"
DESK = Asker("192.0.2.7", "Firefox, Windows")
USUAL = Terms()


async def nadia(world: World, role: Role = Role.ADVISER) -> Staff:
    """Nadia Benali, who signs in as nadia.b."""
    roles = [(world.agency.id, role)]
    return await accounts.add_staff(
        world.db, name="Nadia Benali", sign_in_name="nadia.b", password=PASSWORD, roles=roles, now=NOW
    )


async def say(
    world: World,
    password: str = PASSWORD,
    *,
    name: str = "nadia.b",
    asker: Asker = DESK,
    terms: Terms = USUAL,
    now: datetime = NOW,
) -> Opened | HalfWay:
    """Say name and password."""
    return await signing_in.begin(world.db, name, password, asker, site=SITE, terms=terms, now=now)


async def opened(world: World, asker: Asker = DESK, now: datetime = NOW) -> Opened:
    """Be signed in."""
    found = await say(world, asker=asker, now=now)
    assert isinstance(found, Opened)
    return found
