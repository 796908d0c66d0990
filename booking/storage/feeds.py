"""What subscribers read: which calendar a link opens, its version, and its entries as they are kept."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, literal, or_, select, update

from booking.domain.bookings import BookingState
from booking.domain.sessions import LONGEST_MEETING
from booking.domain.subscriptions import Detail, FeedKind, Subscription
from booking.storage.columns import Flag
from booking.storage.database import Tx
from booking.storage.driving import hot
from booking.storage.role_times import AT_NOW, in_force
from booking.storage.shapes import columns, made
from booking.storage.tables import (
    agencies,
    bookings,
    feed_entries,
    feed_scopes,
    feed_versions,
    staff,
    staff_roles,
    subscription_secrets,
    subscriptions,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose meetings: an agency's, a room's, a workshop's, of who leads or books, or those of the network (no id)."""

    kind: FeedKind
    id: UUID | None


@dataclass(frozen=True, slots=True)
class Version:
    """How often a calendar has changed, and when it did last; None before the first time.

    What an adviser's calendar shows depends on bookings, too: ``print`` is made of the entries themselves.
    """

    number: int
    changed_at: datetime | None
    print: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a secret link leads to; ``secret_ended_at`` when it was given up, the other two about its owner."""

    subscription: Subscription
    secret_ended_at: datetime | None
    disabled_at: datetime | None
    ends_on: date | None
    still_works_there: bool
    time_zone: str | None


@dataclass(frozen=True, slots=True)
class Window:
    """Meetings that end after the first instant and start before the second; cancelled ones only from the third on.

    Without ``cancelled_from`` cancelled ones are not shown.
    """

    ends_after: datetime
    starts_before: datetime
    cancelled_from: datetime | None

    def holds(self, c: Any) -> list[ColumnElement[bool]]:
        """Whether meetings lie in it. What has not ended began lately: so an index knows where to begin."""
        began = c.starts_at > self.ends_after - LONGEST_MEETING
        return [began, c.ends_at > self.ends_after, c.starts_at < self.starts_before]


class Shown(NamedTuple):
    """One meeting as a calendar shows it: its text, the zone of its hours, which it is, and when it changed."""

    text: str
    time_zone: str
    meeting_id: UUID
    changed_at: datetime


async def link(tx: Tx, secret_hash: str, now: datetime) -> Link | None:
    """The subscription of a secret, also of one that was given up."""
    row = await tx.row(_LINK, {"secret_hash": secret_hash, "now": now})
    if row is None:
        return None
    return made(Link, row, subscription=made(Subscription, row, "own_"), still_works_there=bool(row.still_works_there))


async def mark_used(tx: Tx, subscription_id: UUID, client: str, now: datetime) -> None:
    """A program has fetched this calendar."""
    mine = subscriptions.c.id == subscription_id
    await tx.run(update(subscriptions).where(mine).values(last_used_at=now, last_client=client))


async def revoke(tx: Tx, subscription_id: UUID, now: datetime) -> None:
    """This calendar is followed no more, unless that was so already."""
    mine = (subscriptions.c.id == subscription_id, subscriptions.c.revoked_at.is_(None))
    await tx.run(update(subscriptions).where(*mine).values(revoked_at=now))


async def version(tx: Tx, scope: Scope) -> Version:
    """How often a calendar has changed, without its entries; an adviser's is told by :func:`entries` alone."""
    match scope.kind:
        case FeedKind.AGENCY:
            row = await tx.row(_OF_AGENCY, {"scope": scope.id})
        case FeedKind.NETWORK:
            row = await tx.row(_OF_NETWORK, {})
        case FeedKind.ADVISER:
            row = await tx.row(_OF_ADVISER, {"scope": scope.id})
        case _:
            row = await tx.row(_OF_SCOPE, {"scope": scope.id})
    return Version(int(row.number or 0), row.changed_at) if row else Version(0, None)


async def entries(tx: Tx, scope: Scope, detail: Detail, window: Window, most: int) -> list[Shown]:
    """The meetings of a calendar in a window, in this detail, by start and uid."""
    c = feed_entries.c
    is_shown = IS_HELD
    if window.cancelled_from:
        is_shown = or_(is_shown, c.starts_at >= window.cancelled_from)
    found = (
        select(c[detail].label("text"), agencies.c.time_zone, c.meeting_id, c.changed_at)
        .join(agencies, agencies.c.id == c.agency_id)
        .where(*_within(scope), *window.holds(c), is_shown)
    )
    rows = await tx.rows(found.order_by(c.starts_at, c.meeting_id).limit(most))
    return [Shown(*row) for row in rows]


def _within(scope: Scope) -> list[ColumnElement[bool]]:
    c = feed_entries.c
    match scope.kind:
        case FeedKind.NETWORK:
            return []
        case FeedKind.AGENCY:
            return [c.agency_id == scope.id]
        case FeedKind.ADVISER:
            mine = select(bookings.c.session_id).where(bookings.c.booked_by == scope.id)
            seated = mine.where(bookings.c.state.in_([state for state in BookingState if state.has_seat]))
            return [or_(c.session_id.in_(seated), and_(~IS_HELD, c.session_id.in_(mine)))]
        case _:
            standing = select(feed_scopes.c.meeting_id).where(feed_scopes.c.scope_id == scope.id)
            return [c.meeting_id.in_(standing)]


IS_HELD = feed_entries.c.is_cancelled == literal(False, Flag)
_WORKS_AT = agencies.alias()
_OWNERS_CLOCK = (
    select(func.min(_WORKS_AT.c.time_zone))
    .join(staff_roles, staff_roles.c.agency_id == _WORKS_AT.c.id)
    .where(staff_roles.c.staff_id == subscriptions.c.owner_id)
    .correlate(subscriptions)
    .scalar_subquery()
)
_LINK: Select[Any] = hot(
    select(
        *columns(Subscription, subscriptions, "own_"),
        subscription_secrets.c.ended_at.label("secret_ended_at"),
        staff.c.disabled_at,
        staff.c.ends_on,
        func.coalesce(agencies.c.time_zone, _OWNERS_CLOCK).label("time_zone"),
        select(func.count())
        .where(
            staff_roles.c.staff_id == subscriptions.c.owner_id,
            in_force(AT_NOW),
            or_(
                subscriptions.c.agency_id.is_(None),
                staff_roles.c.agency_id.is_(None),
                staff_roles.c.agency_id == subscriptions.c.agency_id,
            ),
        )
        .correlate(subscriptions)
        .scalar_subquery()
        .label("still_works_there"),
    )
    .join_from(subscription_secrets, subscriptions, subscriptions.c.id == subscription_secrets.c.subscription_id)
    .join(staff, staff.c.id == subscriptions.c.owner_id)
    .join(agencies, agencies.c.id == subscriptions.c.agency_id, isouter=True)
    .where(subscription_secrets.c.secret_hash == bindparam("secret_hash"))
)
_OF_AGENCY = hot(
    select(agencies.c.feed_version.label("number"), agencies.c.feed_changed_at.label("changed_at")).where(
        agencies.c.id == bindparam("scope")
    )
)
_OF_NETWORK = hot(
    select(func.sum(agencies.c.feed_version).label("number"), func.max(agencies.c.feed_changed_at).label("changed_at"))
)
_OF_SCOPE = hot(
    select(
        func.sum(feed_versions.c.version).label("number"), func.max(feed_versions.c.changed_at).label("changed_at")
    ).where(feed_versions.c.scope_id == bindparam("scope"))
)
_OF_ADVISER = hot(
    select(func.count().label("number"), func.max(bookings.c.changed_at).label("changed_at")).where(
        bookings.c.booked_by == bindparam("scope")
    )
)
