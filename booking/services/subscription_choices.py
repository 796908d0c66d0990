"""What the form of a subscription offers, and what a subscriber will see."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.sites import Site
from booking.domain.staff import Staff
from booking.domain.subscriptions import FeedKind, Subscription
from booking.services import agencies, feeds
from booking.storage import agencies as storage
from booking.storage import workshops
from booking.storage.database import Database
from calendars.previews import Shown, upcoming


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be followed (id and name); rooms are those of one agency, which is chosen first."""

    options: list[tuple[UUID, str]]
    agencies: list[Agency]
    agency: Agency | None = None


async def choices(db: Database, kind: FeedKind, *, by: Staff, wanted: UUID | None = None, slug: str = "") -> Choices:
    """What somebody may choose from; ``wanted`` is a room whose agency is meant, ``slug`` the agency itself."""
    if kind is FeedKind.WORKSHOP:
        async with db.reading() as tx:
            return Choices([(one.id, one.title) for one in await workshops.every(tx)], [])
    if kind not in (FeedKind.AGENCY, FeedKind.ROOM):
        return Choices([], [])
    mine = await agencies.own(db, by=by)
    if kind is FeedKind.AGENCY:
        return Choices([(one.id, one.name) for one in mine], mine)
    return await _of_rooms(db, mine, wanted, slug)


async def preview(
    db: Database, subscription: Subscription, zone: str, *, site: Site, now: datetime, most: int = 10
) -> list[Shown]:
    """The next entries, as they stand in the very bytes that a subscriber gets; ``zone`` is that of its owner."""
    state = await feeds.followed(db, subscription, zone, now=now)
    return upcoming(await feeds.text(db, state, site=site), now, most)


async def clock_of(db: Database, by: Staff) -> str:
    """The zone in which somebody works; of several the first by name, as in his calendars."""
    async with db.reading() as tx:
        return min((one.time_zone for one in await storage.some(tx, by.agency_ids)), default=feeds.HOME_ZONE)


async def _of_rooms(db: Database, mine: list[Agency], wanted: UUID | None, slug: str) -> Choices:
    async with db.reading() as tx:
        room = await storage.room(tx, wanted) if wanted else None
        meant = [one for one in mine if (one.id == room.agency_id if room else one.slug == slug)]
        agency = next(iter(meant or mine), None)
        rooms = await storage.rooms_of(tx, [agency.id]) if agency else []
    return Choices([(one.id, one.name) for one in rooms if one.archived_at is None], mine, agency)
