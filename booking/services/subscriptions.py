"""Everybody who works here may follow meetings in a calendar of his own, by links that nobody else knows."""

import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from booking.domain.errors import LinkShown, NotFound, SubscriptionRevoked, TooManySubscriptions
from booking.domain.identifiers import new_id
from booking.domain.staff import Staff
from booking.domain.subscriptions import TOLD, Detail, FeedKind, Subscription
from booking.services import subscription_scopes
from booking.services.accounts import digest
from booking.storage import audit
from booking.storage import subscriptions as storage
from booking.storage.database import Database, Tx

MOST = 50
TOKEN_BYTES = 32


class Over(StrEnum):
    """Why a subscription answers no longer."""

    REVOKED = "revoked"
    UNUSED = "unused"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to follow, and how; without a name it is called after what it shows."""

    kind: FeedKind
    scope_id: UUID | None = None
    name: str = ""
    detail: Detail = Detail.PLACE
    hides_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A subscription, what it shows in the words of today, and why it is over; None while it lives."""

    subscription: Subscription
    about: str
    over: Over | None


@dataclass(frozen=True, slots=True)
class Issued:
    """A subscription with the secret of its link, which nobody is told again."""

    subscription: Subscription
    token: str = field(repr=False)


async def own(db: Database, *, by: Staff, now: datetime) -> list[Kept]:
    """One's own, by name; those revoked within a month stand among them."""
    async with db.reading() as tx:
        return await _kept(tx, await storage.of_owner(tx, by.id, now - TOLD), by, now)


async def show(db: Database, subscription_id: UUID, *, by: Staff, now: datetime) -> Kept:
    """One of one's own. Raises :class:`NotFound`."""
    async with db.reading() as tx:
        return (await _kept(tx, [await storage.load(tx, subscription_id, by.id)], by, now))[0]


async def create(db: Database, wish: Wish, *, by: Staff, now: datetime, id: UUID | None = None) -> Issued:
    """Follow something from now on; ``id`` makes the same wish, sent again, the same subscription.

    Raises :class:`NotFound` for what is out of sight, :class:`NotAllowed`, :class:`InvalidField`,
    :class:`TooManySubscriptions`, and :class:`LinkShown` for an id that is taken.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    async with db.transaction() as tx:
        scope = await subscription_scopes.scope(tx, wish.kind, wish.scope_id, by)
        await storage.lock_owner(tx, by.id)
        if id and await storage.exists(tx, id):
            raise LinkShown
        await _must_have_room(tx, by, now)
        new = Subscription(
            id=id or new_id(now),
            owner_id=by.id,
            kind=wish.kind,
            scope_id=scope.id,
            agency_id=scope.agency_id,
            name=wish.name or scope.name[:80],
            detail=wish.detail,
            hides_cancelled=wish.hides_cancelled,
            created_at=now,
        )
        await storage.add(tx, new.checked(), digest(token))
        await _record(tx, by, "added", new, now, kind=new.kind, detail=new.detail)
    return Issued(new, token)


async def change(
    db: Database, subscription_id: UUID, *, name: str, detail: Detail, hides_cancelled: bool, by: Staff, now: datetime
) -> Subscription:
    """Another name, or more or less to be seen; its link stays. Raises :class:`InvalidField`, :class:`NotFound`."""
    async with db.transaction() as tx:
        before = await storage.load(tx, subscription_id, by.id, for_update=True)
        after = replace(before, name=name, detail=detail, hides_cancelled=hides_cancelled).checked()
        if after != before:
            after = replace(after, changed_at=now)
            await storage.change(tx, after)
            await _record(tx, by, "changed", after, now, detail=detail, hides_cancelled=hides_cancelled)
    return after


async def rotate(
    db: Database, subscription_id: UUID, *, by: Staff, now: datetime, since: datetime | None = None
) -> Issued:
    """A new link, and the one before ends; one that lay unused lives again.

    With ``since``, only the link made then is given up. Raises :class:`NotFound`, :class:`SubscriptionRevoked`,
    :class:`TooManySubscriptions`, :class:`LinkShown` for a link given up already.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    async with db.transaction() as tx:
        await storage.lock_owner(tx, by.id)
        before = await storage.load(tx, subscription_id, by.id, for_update=True)
        if since and since != link_made_at(before):
            raise LinkShown
        over = _over(before, by, now)
        if over is Over.REVOKED:
            raise SubscriptionRevoked
        if over is Over.LEFT:
            raise NotFound(subscription_id=subscription_id)
        if over:
            await _must_have_room(tx, by, now)
        after = replace(before, rotated_at=now)
        await storage.change(tx, after)
        await storage.change_link(tx, before.id, digest(token), now)
        await _record(tx, by, "rotated", after, now)
    return Issued(after, token)


async def revoke(db: Database, subscription_id: UUID, *, by: Staff, now: datetime) -> Subscription:
    """Nobody follows it any more: for a month its link says so, then it is gone. Raises :class:`NotFound`."""
    async with db.transaction() as tx:
        before = await storage.load(tx, subscription_id, by.id, for_update=True)
        after = replace(before, revoked_at=before.revoked_at or now)
        if after != before:
            await storage.change(tx, after)
            await _record(tx, by, "revoked", after, now)
    return after


async def restore(db: Database, subscription_id: UUID, *, by: Staff, now: datetime) -> Subscription:
    """Follow it again by the same link, within a month after it was revoked.

    Raises :class:`NotFound`, :class:`TooManySubscriptions`, and :class:`SubscriptionRevoked` when it is too late.
    """
    async with db.transaction() as tx:
        await storage.lock_owner(tx, by.id)
        before = await storage.load(tx, subscription_id, by.id, for_update=True)
        if before.revoked_at is None:
            return before
        if before.revoked_at <= now - TOLD:
            raise SubscriptionRevoked
        await _must_have_room(tx, by, now)
        after = replace(before, revoked_at=None, changed_at=now)
        await storage.change(tx, after)
        await _record(tx, by, "restored", after, now)
    return after


def link_made_at(subscription: Subscription) -> datetime:
    """When the link that is good at present was made."""
    return subscription.rotated_at or subscription.created_at


def _over(subscription: Subscription, by: Staff, now: datetime) -> Over | None:
    if subscription.revoked_at:
        return Over.REVOKED
    if subscription.agency_id and not by.belongs_to(subscription.agency_id):
        return Over.LEFT
    return Over.UNUSED if subscription.ended_at(None, now) else None


async def _kept(tx: Tx, found: list[Subscription], by: Staff, now: datetime) -> list[Kept]:
    names = await subscription_scopes.names(tx, found)
    return [Kept(one, names[one.id], _over(one, by, now)) for one in found]


async def _must_have_room(tx: Tx, by: Staff, now: datetime) -> None:
    """Do nothing, or raise :class:`TooManySubscriptions`."""
    mine = await storage.of_owner(tx, by.id, now)
    if sum(_over(one, by, now) is None for one in mine) >= MOST:
        raise TooManySubscriptions(most=MOST)


async def _record(tx: Tx, by: Staff, action: str, about: Subscription, now: datetime, **details: object) -> None:
    await audit.record(tx, by, action, "subscription", about.id, now, about.agency_id, **details)
