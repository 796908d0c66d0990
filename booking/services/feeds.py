"""What subscribers read: an agency's calendar, with the tag that says whether it changed."""

from dataclasses import dataclass
from datetime import date, datetime

from booking.domain.agencies import Agency
from booking.domain.errors import NotFound
from booking.domain.sites import Site
from booking.storage import agencies, feeds
from booking.storage.database import Database
from calendars.feeds import LIMIT, Feed, body, window
from calendars.freshness import etag, last_modified
from calendars.zones import midnight, today

COLOUR_NAME, COLOUR_HEX = "teal", "#0b4f5c"


@dataclass(frozen=True, slots=True)
class FeedState:
    """Which feed, and how to tell without rendering it whether a client has it already."""

    agency: Agency
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
    day = today(now, agency.time_zone)
    changed_at = agency.feed_changed_at or midnight(day, agency.time_zone)
    return FeedState(
        agency, day, etag(agency.feed_version, day, slug), last_modified(changed_at, now, agency.time_zone)
    )


async def text(db: Database, feed: FeedState, *, site: Site) -> bytes:
    """The calendar of an agency, joined from entries made beforehand."""
    agency = feed.agency
    ends_after, starts_before = window(feed.today, agency.time_zone)
    async with db.reading() as tx:
        entries = await feeds.entries(
            tx, agency.id, ends_after, starts_before, midnight(feed.today, agency.time_zone), LIMIT
        )
    shown = Feed(
        name=f"Ateliers – {agency.name}",
        description=f"Les ateliers numériques de {agency.place}",
        url=f"{site.url}/agences/{agency.slug}",
        time_zone=agency.time_zone,
        colour_name=COLOUR_NAME,
        colour_hex=COLOUR_HEX,
        changed_at=feed.last_modified,
        zones=(agency.time_zone,),
    )
    return body(shown, entries, feed.today)
