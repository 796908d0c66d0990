"""The dates of one booking, for the calendar of a phone."""

from datetime import datetime

from booking.domain.sites import Site
from booking.services import entries
from booking.services.feeds import COLOUR_HEX, COLOUR_NAME
from booking.services.own_pages import OwnPage
from booking.storage import listings
from booking.storage.database import Database
from calendars.events import entry
from calendars.feeds import Feed, body
from calendars.zones import today


async def calendar(db: Database, page: OwnPage, *, site: Site, now: datetime) -> bytes:
    """The meetings still ahead, to be put into the calendar of a phone; nothing in it is about the person."""
    case = page.case
    async with db.reading() as tx:
        listed = (await listings.some(tx, [case.session.id]))[case.session.id]
    shown = Feed(
        name=case.workshop.title,
        description=case.agency.place,
        url=f"{site.url}/agences/{case.agency.slug}",
        time_zone=case.agency.time_zone,
        colour_name=COLOUR_NAME,
        colour_hex=COLOUR_HEX,
        changed_at=max(m.changed_at for m in case.session.meetings),
        zones=(case.agency.time_zone,),
    )
    events = [entries.event_of(listed, m, case.agency, case.workshop, site) for m in case.meetings_ahead(now)]
    return body(shown, map(entry, events), today(now, case.agency.time_zone))
