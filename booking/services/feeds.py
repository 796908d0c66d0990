"""What subscribers read: a calendar with the tag that says whether it changed, and the bytes it is made of."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.errors import NotFound
from booking.domain.sites import Site
from booking.domain.subscriptions import Detail, FeedKind, Subscription
from booking.storage import agencies, feeds
from booking.storage.database import Database, Tx
from booking.storage.feeds import Scope, Shown, Version, Window
from calendars.feeds import LIMIT, Feed, joined, notice, window
from calendars.freshness import etag, last_modified
from calendars.zones import midnight, today

COLOUR_NAME, COLOUR_HEX = "teal", "#0b4f5c"
HOME_ZONE = "Europe/Paris"
# The calendar of everything has no other name.
NETWORK = UUID(int=0)
OVER = "Lien d’agenda révoqué"
# A day that is over here goes on elsewhere: calendars of several agencies keep cancelled meetings so much longer.
ELSEWHERE = timedelta(days=1)
OF_ONE_PLACE = (FeedKind.AGENCY, FeedKind.ROOM)
DESCRIPTIONS = {
    FeedKind.AGENCY: "Les ateliers d’une agence",
    FeedKind.ROOM: "Les ateliers d’une salle",
    FeedKind.WORKSHOP: "Les séances d’un atelier",
    FeedKind.FACILITATOR: "Les ateliers que vous animez",
    FeedKind.ADVISER: "Les ateliers de vos demandeurs d’emploi",
    FeedKind.NETWORK: "Les ateliers du réseau",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Which calendar: whose meetings, how much of each, and what it says of itself."""

    scope: Scope
    detail: Detail = Detail.PLACE
    hides_cancelled: bool = False
    name: str
    description: str
    path: str
    time_zone: str
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class FeedState:
    """How to tell without rendering it whether a client has the calendar already.

    ``content_tag`` names its entries alone, which other calendars with other names may share.
    """

    calendar: Calendar
    today: date
    version: Version
    content_tag: str
    etag: str
    last_modified: datetime


@dataclass(frozen=True, slots=True)
class Content:
    """The entries of a calendar and the zones of their hours; ``is_current`` when they are those of its version."""

    entries: bytes
    zones: frozenset[str]
    is_current: bool


async def published(db: Database) -> list[Agency]:
    """The agencies whose calendar is public, by name."""
    async with db.reading() as tx:
        return await agencies.published(tx)


async def state(db: Database, slug: str, *, now: datetime) -> FeedState:
    """The version of a public agency's feed. Raises :class:`NotFound`."""
    async with db.reading() as tx:
        agency = await agencies.by_slug(tx, slug)
    if agency is None or not agency.publishes:
        raise NotFound(slug=slug)
    calendar = Calendar(
        scope=Scope(FeedKind.AGENCY, agency.id),
        name=f"Ateliers – {agency.name}",
        description=f"Les ateliers numériques de {agency.place}",
        path=f"/agences/{agency.slug}",
        time_zone=agency.time_zone,
    )
    return _judged(calendar, Version(agency.feed_version, agency.feed_changed_at), now)


def over(subscription: Subscription, zone: str | None, ended_at: datetime, *, now: datetime) -> FeedState:
    """What a link shows that was given up: that it is over, and nothing else."""
    calendar = replace(_followed(subscription, zone), name="Ateliers", description=OVER, is_over=True)
    return _judged(calendar, Version(0, ended_at), now)


async def followed(db: Database, subscription: Subscription, zone: str | None = None, *, now: datetime) -> FeedState:
    """The version of a calendar that somebody follows; ``zone`` is the clock of its owner."""
    calendar = _followed(subscription, zone)
    async with db.reading() as tx:
        version = await _version(tx, calendar, today(now, calendar.time_zone))
    changed = filter(None, (version.changed_at, subscription.changed_at, subscription.created_at))
    return _judged(calendar, replace(version, changed_at=max(changed)), now)


def _followed(subscription: Subscription, zone: str | None) -> Calendar:
    return Calendar(
        scope=Scope(subscription.kind, subscription.scope_id),
        detail=subscription.detail,
        hides_cancelled=subscription.hides_cancelled,
        name=subscription.name,
        description=DESCRIPTIONS[subscription.kind],
        path="/agendas",
        time_zone=zone or HOME_ZONE,
    )


async def content(db: Database, feed: FeedState) -> Content:
    """The entries of a calendar, joined as they are kept; of a link that is over, none.

    It is not ``current`` when the calendar changed since its version was read: then it is of no version at all.
    """
    calendar = feed.calendar
    if calendar.is_over:
        return Content(b"", frozenset(), is_current=True)
    async with db.reading() as tx:
        shown = await _entries(tx, calendar, feed.today)
        again = await _version(tx, calendar, feed.today)
    is_current = (again.number, again.print) == (feed.version.number, feed.version.print)
    entries = "".join(one.text for one in shown).encode()
    return Content(entries, frozenset(one.time_zone for one in shown), is_current)


def written(feed: FeedState, content: Content, *, site: Site) -> bytes:
    """The calendar with what it says of itself; of a link that is over, with one entry that says so."""
    calendar = feed.calendar
    around = header(
        site,
        calendar.scope.id or NETWORK,
        name=calendar.name,
        description=calendar.description,
        path=calendar.path,
        zone=calendar.time_zone,
        changed_at=feed.last_modified,
        zones=content.zones,
    )
    entries = notice(around, OVER, feed.today).encode() if calendar.is_over else content.entries
    return joined(around, entries, feed.today)


async def text(db: Database, feed: FeedState, *, site: Site) -> bytes:
    """The calendar, joined from entries made beforehand."""
    return written(feed, await content(db, feed), site=site)


def header(
    site: Site,
    id: UUID,
    *,
    name: str,
    description: str,
    path: str,
    zone: str,
    changed_at: datetime,
    zones: Iterable[str] = (),
) -> Feed:
    """What a calendar of this installation says of itself."""
    return Feed(
        id=id,
        domain=site.domain,
        name=name,
        description=description,
        url=site.url + path,
        time_zone=zone,
        colour_name=COLOUR_NAME,
        colour_hex=COLOUR_HEX,
        changed_at=changed_at,
        zones=(zone, *zones),
    )


def _judged(calendar: Calendar, version: Version, now: datetime) -> FeedState:
    zone = calendar.time_zone
    day = today(now, zone)
    changed_at = last_modified(version.changed_at or midnight(day, zone), now, zone)
    shown = (calendar.scope, calendar.detail, calendar.hides_cancelled, zone, version.print, calendar.is_over)
    content_tag = etag(version.number, day, *shown)
    return FeedState(calendar, day, version, content_tag, etag(0, day, content_tag, calendar, changed_at), changed_at)


async def _version(tx: Tx, calendar: Calendar, day: date) -> Version:
    version = await feeds.version(tx, calendar.scope)
    if calendar.scope.kind is not FeedKind.ADVISER:
        return version
    shown = await _entries(tx, calendar, day)
    told = repr([(str(one.meeting_id), one.changed_at.isoformat()) for one in shown])
    changed = filter(None, (version.changed_at, *(one.changed_at for one in shown)))
    return Version(version.number, max(changed, default=None), hashlib.sha256(told.encode()).hexdigest())


async def _entries(tx: Tx, calendar: Calendar, day: date) -> list[Shown]:
    """What is shown on this day; where there are too many, those that are over go first, then the latest."""
    window = _window(calendar, day)
    shown = await feeds.entries(tx, calendar.scope, calendar.detail, window, LIMIT + 1)
    if len(shown) > LIMIT:
        to_come = replace(window, ends_after=midnight(day, calendar.time_zone))
        shown = await feeds.entries(tx, calendar.scope, calendar.detail, to_come, LIMIT)
    return shown


def _window(calendar: Calendar, day: date) -> Window:
    ends_after, starts_before = window(day, calendar.time_zone)
    if calendar.hides_cancelled:
        return Window(ends_after, starts_before, None)
    longer = timedelta() if calendar.scope.kind in OF_ONE_PLACE else ELSEWHERE
    return Window(ends_after, starts_before, midnight(day, calendar.time_zone) - longer)
