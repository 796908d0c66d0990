"""Addresses to which nothing is sent, found by their keyed hash."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from booking.domain.job_seekers import Channel
from booking.domain.suppressions import Suppression
from booking.storage.database import Tx
from booking.storage.idempotency import INSERT
from booking.storage.shapes import columns, made, values
from booking.storage.tables import contact_suppressions as suppressions

_SUPPRESSION = columns(Suppression, suppressions)
_IS_OPEN = suppressions.c.lifted_at.is_(None)


async def add(tx: Tx, suppression: Suppression) -> bool:
    """Use this address no more; False when it was not used before."""
    new = INSERT[tx.dialect](suppressions).values(values(suppression, suppressions))
    open_one = {"index_elements": ["address_hash", "channel"], "index_where": _IS_OPEN}
    return bool(await tx.run(new.on_conflict_do_nothing(**open_one)))


async def open_of(tx: Tx, hashes: Collection[str]) -> list[Suppression]:
    """Those of these addresses that are not used now, the oldest first."""
    if not hashes:
        return []
    found = select(*_SUPPRESSION).where(suppressions.c.address_hash.in_(hashes), _IS_OPEN)
    rows = await tx.rows(found.order_by(suppressions.c.since, suppressions.c.id))
    return [made(Suppression, row) for row in rows]


async def open_hashes(tx: Tx, channel: Channel) -> set[str]:
    """Every address of this channel that is not used now."""
    found = select(suppressions.c.address_hash).where(suppressions.c.channel == channel, _IS_OPEN)
    return {row.address_hash for row in await tx.rows(found)}


async def lift(tx: Tx, suppression_id: UUID, by: UUID | None, because: str, now: datetime) -> bool:
    """Use the address again; False when that was so already."""
    mine = update(suppressions).where(suppressions.c.id == suppression_id, _IS_OPEN)
    return bool(await tx.run(mine.values(lifted_at=now, lifted_by=by, lifted_because=because or None)))
