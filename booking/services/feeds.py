"""What subscribers read: a calendar with the tag that says whether it changed, and the bytes it is made of."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from booking.domain.agencies import Agency
from booking.domain.errors import NotFound
from booking.domain.sites import Site
from booking.domain.subscriptions import Detail, FeedKind, Subscription
from booking.storage import agencies, feeds
from booking.storage.database import Database, Tx
from booking.storage.feeds import Scope, Shown, Version, Window
from calendars.feeds import LIMIT, Feed, body, notice, window
from calendars.freshness import etag, last_modified
from calendars.zones import midnight, today

COLOUR_NAME, COLOUR_HEX = "teal", "#0b4f5c"
HOME_ZONE = "Europe/Paris"
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
    """How to tell without rendering it whether a client has the calendar already."""

    calendar: Calendar
    today: date
    etag: str
    last_modified: datetime


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
        version = await _version(tx, calendar, now)
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


async def text(db: Database, feed: FeedState, *, site: Site) -> bytes:
    """The calendar, joined from entries made beforehand; of a link that is over, one entry that says so."""
    calendar = feed.calendar
    if calendar.is_over:
        header = _header(feed, site)
        return body(header, [notice(header, OVER, feed.today)], feed.today)
    async with db.reading() as tx:
        shown = await _entries(tx, calendar, feed.today)
    zones = {row.time_zone for row in shown}
    return body(_header(feed, site, *zones), (row.text for row in shown), feed.today)


def _header(feed: FeedState, site: Site, *zones: str) -> Feed:
    calendar = feed.calendar
    return Feed(
        name=calendar.name,
        description=calendar.description,
        url=site.url + calendar.path,
        time_zone=calendar.time_zone,
        colour_name=COLOUR_NAME,
        colour_hex=COLOUR_HEX,
        changed_at=feed.last_modified,
        zones=(calendar.time_zone, *zones),
    )


def _judged(calendar: Calendar, version: Version, now: datetime) -> FeedState:
    zone = calendar.time_zone
    day = today(now, zone)
    tag = etag(version.number, day, version.print, calendar)
    return FeedState(calendar, day, tag, last_modified(version.changed_at or midnight(day, zone), now, zone))


async def _version(tx: Tx, calendar: Calendar, now: datetime) -> Version:
    version = await feeds.version(tx, calendar.scope)
    if calendar.scope.kind is not FeedKind.ADVISER:
        return version
    shown = await _entries(tx, calendar, today(now, calendar.time_zone))
    told = repr([(str(row.meeting_id), row.changed_at.isoformat()) for row in shown])
    changed = filter(None, (version.changed_at, *(row.changed_at for row in shown)))
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
