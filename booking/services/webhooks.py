"""Administrators decide which programs hear what happens here; whoever administers one agency, of that agency only."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from booking.domain.errors import NotAllowed, NotFound
from booking.domain.signatures import OVERLAP
from booking.domain.staff import ROLES_WITH, Right, Staff
from booking.domain.webhooks import Delivery, Endpoint, Why
from booking.storage import agencies, audit, webhook_deliveries, webhooks
from booking.storage.database import Database, Tx


@dataclass(frozen=True, slots=True)
class Told:
    """An endpoint, and what it was told, the latest first."""

    endpoint: Endpoint
    deliveries: list[Delivery]


def may_hear_all(by: Staff) -> bool:
    """Whether somebody may let a program hear of the whole network."""
    return any(agency is None and role in ROLES_WITH[Right.ADMINISTER] for agency, role in by.roles)


async def every(db: Database, *, by: Staff) -> list[Endpoint]:
    """The endpoints that one may change, by name. Raises :class:`NotAllowed`."""
    by.must_somewhere(Right.ADMINISTER)
    async with db.reading() as tx:
        mine = [agency for agency in by.agency_ids if by.may(Right.ADMINISTER, agency)]
        return await webhooks.every(tx, None if may_hear_all(by) else mine)


async def show(db: Database, endpoint_id: UUID, *, by: Staff) -> Endpoint:
    """One endpoint. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        return await own(tx, endpoint_id, by)


async def told(
    db: Database, endpoint_id: UUID, *, by: Staff, most: int, before: tuple[datetime, UUID] | None = None
) -> Told:
    """What an endpoint was told, the latest first, from a place in that list on. Raises like :func:`show`."""
    async with db.reading() as tx:
        endpoint = await own(tx, endpoint_id, by)
        return Told(endpoint, await webhook_deliveries.latest(tx, endpoint_id, before, most))


async def add(db: Database, endpoint: Endpoint, *, by: Staff, now: datetime, may_be_local: bool = False) -> Endpoint:
    """Tell a program what happens from now on.

    Raises :class:`InvalidField`, :class:`NotFound` for an agency, :class:`NotAllowed`.
    """
    _must(by, endpoint.agency_id, NotAllowed(right=Right.ADMINISTER))
    async with db.transaction() as tx:
        if endpoint.agency_id:
            await agencies.load(tx, endpoint.agency_id)
        await webhooks.add(tx, endpoint.checked(may_be_local=may_be_local), now)
        await record(tx, by, "added", endpoint, now)
    return endpoint


async def change(db: Database, endpoint: Endpoint, *, by: Staff, now: datetime, may_be_local: bool = False) -> Endpoint:
    """Another name, address or choice of events; agency, secret and state stay.

    Raises :class:`InvalidField`, :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.transaction() as tx:
        before = await own(tx, endpoint.id, by, for_update=True)
        after = replace(before, name=endpoint.name, url=endpoint.url, events=endpoint.events)
        await webhooks.change(tx, after.checked(may_be_local=may_be_local))
        await record(tx, by, "changed", after, now)
    return after


async def rotate(db: Database, endpoint_id: UUID, *, by: Staff, now: datetime) -> Endpoint:
    """A new secret; for a day the one before signs, too. Raises like :func:`show`."""
    async with db.transaction() as tx:
        before = await own(tx, endpoint_id, by, for_update=True)
        after = replace(before, version=before.version + 1, rotated_at=now)
        await webhooks.change(tx, after)
        await record(tx, by, "rotated", after, now, version=after.version, until=(now + OVERLAP).isoformat())
    return after


async def disable(db: Database, endpoint_id: UUID, *, by: Staff, now: datetime) -> Endpoint:
    """Tell it nothing more; what is planned waits. Raises like :func:`show`."""
    async with db.transaction() as tx:
        before = await own(tx, endpoint_id, by, for_update=True)
        if await webhooks.disable(tx, endpoint_id, Why.BY_HAND, now):
            await record(tx, by, "disabled", before, now, because=Why.BY_HAND)
        return await webhooks.load(tx, endpoint_id)


async def enable(db: Database, endpoint_id: UUID, *, by: Staff, now: datetime) -> Endpoint:
    """Tell it again what happens from now on, and what was planned before it was disabled. Raises like :func:`show`."""
    async with db.transaction() as tx:
        before = await own(tx, endpoint_id, by, for_update=True)
        after = replace(before, disabled_at=None, disabled_because=None, failing_since=None)
        if before.disabled_at:
            await webhooks.change(tx, after)
            await webhooks.begin_anew(tx, endpoint_id, now)
            await record(tx, by, "enabled", after, now)
    return after


async def remove(db: Database, endpoint_id: UUID, *, by: Staff, now: datetime) -> None:
    """Forget it, with all it was told. Raises like :func:`show`."""
    async with db.transaction() as tx:
        endpoint = await own(tx, endpoint_id, by, for_update=True)
        await webhooks.remove(tx, endpoint_id)
        await record(tx, by, "removed", endpoint, now)


async def own(tx: Tx, endpoint_id: UUID, by: Staff, *, for_update: bool = False) -> Endpoint:
    """An endpoint that somebody may change. Raises :class:`NotFound`, :class:`NotAllowed`."""
    endpoint = await webhooks.load(tx, endpoint_id, for_update=for_update)
    _must(by, endpoint.agency_id, NotFound(endpoint_id=endpoint_id))
    return endpoint


def _must(by: Staff, agency_id: UUID | None, otherwise: NotFound | NotAllowed) -> None:
    """Do nothing, or raise; what hears of the whole network is out of sight for who administers one agency."""
    if agency_id:
        by.must(Right.ADMINISTER, agency_id)
    elif not may_hear_all(by):
        raise otherwise


async def record(tx: Tx, by: Staff, action: str, endpoint: Endpoint, now: datetime, **details: object) -> None:
    """Write down what was done with an endpoint."""
    await audit.record(tx, by, action, "webhook", endpoint.id, now, endpoint.agency_id, **details)
