"""The calendars that somebody follows, and the links they are followed by; of a link only the hash is kept."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, or_, select, update

from booking.domain.errors import NotFound
from booking.domain.subscriptions import Subscription
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import staff, subscription_secrets, subscriptions

_SUBSCRIPTION = columns(Subscription, subscriptions)
# What its owner changes; when it was used last is written by whoever fetches, at the same time.
_CHANGED = ("name", "detail", "hides_cancelled", "changed_at", "rotated_at", "revoked_at")
# More than anybody is shown; revoked ones are listed for a while.
_MOST = 500


async def lock_owner(tx: Tx, owner_id: UUID) -> None:
    """Whoever else adds a subscription of this person waits; nobody else does."""
    await tx.value(select(staff.c.id).where(staff.c.id == owner_id).with_for_update(key_share=True))


async def add(tx: Tx, subscription: Subscription, secret_hash: str) -> None:
    """Write a new subscription with its link."""
    await tx.run(insert(subscriptions).values(values(subscription, subscriptions)))
    await _link(tx, subscription.id, secret_hash, subscription.created_at)


async def change(tx: Tx, subscription: Subscription) -> None:
    """Write what its owner says of it."""
    new = {name: getattr(subscription, name) for name in _CHANGED}
    await tx.run(update(subscriptions).where(subscriptions.c.id == subscription.id).values(new))


async def change_link(tx: Tx, subscription_id: UUID, secret_hash: str, now: datetime) -> None:
    """From now on it is followed by another link; the one before has ended."""
    good = (
        subscription_secrets.c.subscription_id == subscription_id,
        subscription_secrets.c.ended_at.is_(None),
    )
    await tx.run(update(subscription_secrets).where(*good).values(ended_at=now))
    await _link(tx, subscription_id, secret_hash, now)


async def exists(tx: Tx, subscription_id: UUID) -> bool:
    """Whether there is one of this id, whoever owns it."""
    return await tx.value(select(subscriptions.c.id).where(subscriptions.c.id == subscription_id)) is not None


async def load(tx: Tx, subscription_id: UUID, owner_id: UUID, *, for_update: bool = False) -> Subscription:
    """One subscription of this person; raises :class:`NotFound`."""
    found = select(*_SUBSCRIPTION).where(subscriptions.c.id == subscription_id, subscriptions.c.owner_id == owner_id)
    row = await tx.row(found.with_for_update() if for_update else found)
    if row is None:
        raise NotFound(subscription_id=subscription_id)
    return made(Subscription, row)


async def of_owner(tx: Tx, owner_id: UUID, revoked_after: datetime) -> list[Subscription]:
    """Those of a person by name, with the ones that were revoked lately."""
    kept = or_(subscriptions.c.revoked_at.is_(None), subscriptions.c.revoked_at > revoked_after)
    mine = select(*_SUBSCRIPTION).where(subscriptions.c.owner_id == owner_id, kept)
    rows = await tx.rows(mine.order_by(subscriptions.c.name, subscriptions.c.id).limit(_MOST))
    return [made(Subscription, row) for row in rows]


async def _link(tx: Tx, subscription_id: UUID, secret_hash: str, now: datetime) -> None:
    row = {"secret_hash": secret_hash, "subscription_id": subscription_id, "created_at": now}
    await tx.run(insert(subscription_secrets).values(row))
