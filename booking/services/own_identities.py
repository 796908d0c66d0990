"""By which providers of identities somebody is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.delivery.issuers import Issuers
from booking.domain.errors import NotFound
from booking.domain.issuers import Issuer
from booking.domain.staff import Staff
from booking.services.recognising import give_up
from booking.storage import audit, identities
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


async def drop(db: Database, issuers: Issuers, name: str, *, by: Staff, now: datetime) -> None:
    """Be known by it no more; the roles that came from it end. Raises :class:`NotFound`."""
    issuer = issuers.named(name)
    async with db.transaction() as tx:
        if not await identities.drop(tx, by.id, issuer.url):
            raise NotFound
        await give_up(tx, by.id, issuer, now)
        await audit.record(tx, by, "identity-dropped", "staff", by.id, now, issuer=name)
