"""The next meetings of an agency, for the site of a town: who publishes its calendar publishes these, nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.errors import NotFound
from booking.storage import agencies, public_lists
from booking.storage.database import Database
from booking.storage.feeds import Window
from booking.storage.public_lists import PublicMeeting, Taught
from calendars.feeds import window
from calendars.freshness import etag, last_modified
from calendars.zones import midnight, today

# One more whenever the bytes of an unchanged list change.
RENDERER = 1


@dataclass(frozen=True, slots=True)
class PublicList:
    """Whose list, of which day, and how to tell without making it whether somebody has it already."""

    agency: Agency
    today: date
    last_modified: datetime

    def etag(self, *scope: object) -> str:
        """The strong tag of one form of the list; ``scope`` says which."""
        said = (RENDERER, self.agency.slug, self.agency.place, *scope)
        return etag(self.agency.feed_version, self.today, "list", *said)

    @property
    def ahead(self) -> Window:
        """From the beginning of today: within a day a list changes only with its version, as its ETag promises."""
        begins = midnight(self.today, self.agency.time_zone)
        return Window(begins, window(self.today, self.agency.time_zone)[1], begins)


async def state(db: Database, slug: str, *, now: datetime) -> PublicList:
    """The list of an agency whose calendar is public. Raises :class:`NotFound`."""
    async with db.reading() as tx:
        agency = await agencies.by_slug(tx, slug) if slug.isprintable() else None
    if agency is None or not agency.publishes:
        raise NotFound(slug=slug)
    zone = agency.time_zone
    day = today(now, zone)
    changed_at = agency.feed_changed_at or midnight(day, zone)
    return PublicList(agency, day, last_modified(changed_at, now, zone))


async def upcoming(
    db: Database, shown: PublicList, most: int, workshop_id: UUID | None = None
) -> Sequence[PublicMeeting]:
    """The meetings of today and the days to come, cancelled ones among them until the end of their day."""
    async with db.reading() as tx:
        return await public_lists.meetings_of(tx, shown.agency.id, shown.ahead, most, workshop_id)


async def taught(db: Database, shown: PublicList) -> Sequence[Taught]:
    """The workshops to which the list can be narrowed."""
    async with db.reading() as tx:
        return await public_lists.taught(tx, shown.agency.id, shown.ahead)
