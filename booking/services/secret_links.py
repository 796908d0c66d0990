"""A secret link is followed: to the calendar it opens, or to the news that it is over."""

from dataclasses import replace
from datetime import datetime, timedelta

from booking.domain.errors import NotFound, SubscriptionOver
from booking.domain.subscriptions import TOLD
from booking.services import feeds
from booking.services.accounts import digest
from booking.services.feeds import FeedState
from booking.storage import audit
from booking.storage import feeds as kept
from booking.storage.database import Database
from booking.storage.feeds import Link
from calendars.zones import midnight

# Who looks every hour is noted twice a day; another program at most every hour.
NOTED_AFTER = timedelta(hours=12)
NOTED_AFTER_ANOTHER = timedelta(hours=1)


async def follow(db: Database, secret: str, *, client: str, now: datetime) -> FeedState:
    """The version of the calendar behind a link, and a note that this program has fetched it.

    For 30 days a link that was given up shows that it is over. Raises :class:`NotFound` for an unknown one,
    :class:`SubscriptionOver` after that.
    """
    async with db.reading() as tx:
        link = await kept.link(tx, digest(secret), now) if secret.isascii() else None
    if link is None:
        raise NotFound()
    if not link.still_works_there:
        link = await _given_up(db, link, now)
    ended_at = _ended_at(link, now)
    if ended_at is None:
        await _note(db, link, client, now)
        return await feeds.followed(db, link.subscription, link.time_zone, now=now)
    if now >= ended_at + TOLD:
        raise SubscriptionOver(ended_at=ended_at)
    return feeds.over(link.subscription, link.time_zone, ended_at, now=now)


def _ended_at(link: Link, now: datetime) -> datetime | None:
    left = [link.disabled_at]
    if link.ends_on:
        left.append(midnight(link.ends_on + timedelta(days=1), link.time_zone or feeds.HOME_ZONE))
    owner_left_at = min(filter(None, left), default=None)
    ends = filter(None, (link.secret_ended_at, link.subscription.ended_at(owner_left_at, now)))
    return min(ends, default=None)


async def _given_up(db: Database, link: Link, now: datetime) -> Link:
    """The first look after its owner ceased to work there revokes a link: nobody wrote down when that was."""
    if link.subscription.revoked_at:
        return link
    async with db.transaction() as tx:
        await kept.revoke(tx, link.subscription.id, now)
        await audit.record(tx, None, "revoked", "subscription", link.subscription.id, now)
    return replace(link, subscription=replace(link.subscription, revoked_at=now))


async def _note(db: Database, link: Link, client: str, now: datetime) -> None:
    last, seen_at = link.subscription.last_client, link.subscription.last_used_at
    pause = NOTED_AFTER if last == client else NOTED_AFTER_ANOTHER
    if seen_at is None or now - seen_at >= pause:
        async with db.transaction() as tx:
            await kept.mark_used(tx, link.subscription.id, client, now)
