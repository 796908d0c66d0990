"""How it goes with each provider of identities: written down where every process sees it, and shown to who can help."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from booking.delivery.issuers import Issuers, NotAnswered
from booking.domain.errors import IssuerFailed, NotAllowed
from booking.domain.issuers import Failure, Issuer
from booking.domain.staff import Right, Role, Staff
from booking.storage import audit, identities
from booking.storage.database import Database
from booking.storage.identities import IssuerState


@dataclass(frozen=True, slots=True)
class Standing:
    """A provider, and how it went."""

    issuer: Issuer
    state: IssuerState

    @property
    def works(self) -> bool | None:
        """None where nobody tried."""
        worked, failed = self.state.worked_at, self.state.failed_at
        if worked is None and failed is None:
            return None
        return failed is None or (worked is not None and worked >= failed)


async def listed(db: Database, issuers: Issuers, *, by: Staff) -> Sequence[Standing]:
    """All of them, for who administers the network. Raises :class:`NotAllowed`."""
    _must_administer(by)
    async with db.reading() as tx:
        known = await identities.states(tx)
    return [Standing(one, known.get(one.name, IssuerState(issuer=one.name))) for one in issuers]


async def check(db: Database, issuers: Issuers, name: str, *, by: Staff, now: datetime) -> None:
    """Ask the provider anew who it is and for its keys. Raises :class:`NotAllowed`, :class:`NotFound`."""
    _must_administer(by)
    issuer = issuers.named(name)
    try:
        await issuers.doors(issuer, now, anew=True)
        has_keys = bool(await issuers.keys(issuer, now))
    except NotAnswered as failure:
        await failed(db, issuer, failure.args[0], now)
    else:
        await (worked(db, issuer, now) if has_keys else failed(db, issuer, Failure.UNREADABLE, now))


async def worked(db: Database, issuer: Issuer, now: datetime) -> None:
    """Note that it answered, and was believed."""
    async with db.transaction() as tx:
        await identities.note_state(tx, issuer.name, worked_at=now)


async def failed(db: Database, issuer: Issuer, why: Failure, now: datetime) -> IssuerFailed:
    """Note why it did not work, and return what to raise; what anybody can bring about is no fault of the provider."""
    async with db.transaction() as tx:
        if why not in (Failure.DECLINED, Failure.NO_CODE, Failure.OTHER_ISSUER, Failure.BAD_ORDER):
            await identities.note_state(tx, issuer.name, failed_at=now, failure=why.value)
        await audit.record(tx, None, "issuer-refused", "issuer", id_of(issuer), now, issuer=issuer.name, why=why.value)
    return IssuerFailed(why=why.value, label=issuer.label)


def id_of(issuer: Issuer) -> UUID:
    """By what the audit knows it."""
    return uuid5(NAMESPACE_URL, issuer.url)


def _must_administer(by: Staff) -> None:
    if (None, Role.ADMINISTRATOR) not in by.roles:
        raise NotAllowed(right=Right.ADMINISTER)
