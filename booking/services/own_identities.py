"""By which providers of identities somebody is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.delivery.issuers import Issuers
from booking.domain.errors import NotFound
from booking.domain.issuers import Issuer
from booking.domain.sign_ins import NO_PASSWORD, Asker
from booking.domain.sites import Site
from booking.domain.staff import Staff
from booking.services import identifying, sign_ins
from booking.services.identifying import Leaving
from booking.services.recognising import give_up
from booking.storage import audit, identities, staff
from booking.storage.database import Database


@dataclass(frozen=True, slots=True)
class Own:
    """A provider, and whether somebody is known by it."""

    issuer: Issuer
    is_linked: bool


async def listed(db: Database, issuers: Issuers, *, by: Staff) -> Sequence[Own]:
    """All that there are."""
    async with db.reading() as tx:
        known = {one.issuer for one in await identities.of_staff(tx, by.id)}
    return [Own(one, one.url in known) for one in issuers]


async def says_password(db: Database, *, by: Staff) -> bool:
    """Whether somebody has a password to say once more before another identity opens his account."""
    async with db.reading() as tx:
        found = await staff.credentials(tx, by.sign_in_name)
    return bool(found and found[1] != NO_PASSWORD)


async def leave(
    db: Database,
    issuers: Issuers,
    name: str,
    path: str,
    asker: Asker,
    password: str,
    *,
    by: Staff,
    site: Site,
    now: datetime,
) -> Leaving:
    """To the provider, to be known by it; whoever found a screen open must not leave a way in of his own behind.

    Raises :class:`SignInFailed`, and what :func:`booking.services.identifying.depart` does.
    """
    if await says_password(db, by=by):
        await sign_ins.must_be_oneself(db, by, password, now=now)
    return await identifying.depart(db, issuers, name, path, asker, by=by, site=site, now=now)


async def drop(db: Database, issuers: Issuers, name: str, *, by: Staff, now: datetime) -> None:
    """Be known by it no more; the roles that came from it end. Raises :class:`NotFound`."""
    issuer = issuers.named(name)
    async with db.transaction() as tx:
        if not await identities.drop(tx, by.id, issuer.url):
            raise NotFound
        await give_up(tx, by.id, issuer, now)
        await audit.record(tx, by, "identity-dropped", "staff", by.id, now, issuer=name)
