"""The dates of one booking, for the calendar of a phone."""

from dataclasses import replace
from datetime import datetime

from booking.domain.bookings import BookingState
from booking.domain.cases import Case
from booking.domain.sessions import Meeting, SessionState
from booking.domain.sites import Site
from booking.services import entries
from booking.services.feeds import header
from booking.services.own_pages import OwnPage
from booking.storage import listings, public_lists
from booking.storage.database import Database
from booking.storage.listings import Listed
from calendars.events import Status, entry
from calendars.feeds import body
from calendars.zones import midnight, today


async def calendar(db: Database, page: OwnPage, *, site: Site, now: datetime) -> bytes:
    """The meetings still ahead that the person attends, those called off as cancelled; nothing in it is about him.

    A place given up is cancelled in the calendar, too; one that is not sure is tentative.
    """
    case = page.case
    async with db.reading() as tx:
        listed = (await listings.some(tx, [case.session.id]))[case.session.id]
        withdrawn = await public_lists.withdrawn_from(tx, case.session, _begin(case, now))
    gone = [one for one in withdrawn if case.booking.only_meeting_id in (None, one.id)]
    called_off = replace(listed, session=replace(case.session, state=SessionState.CANCELLED, meetings=tuple(gone)))
    shown = header(
        site,
        case.session.id,
        name=case.workshop.title,
        description=case.agency.place,
        path=f"/agences/{case.agency.slug}",
        zone=case.agency.time_zone,
        changed_at=max(case.booking.changed_at, *(m.changed_at for m in case.session.meetings)),
    )
    stays = [_entry(case, listed, meeting, site) for meeting in case.meetings_ahead(now)]
    goes = [_entry(case, called_off, meeting, site) for meeting in gone]
    return body(shown, stays + goes, today(now, case.agency.time_zone))


def _begin(case: Case, now: datetime) -> datetime:
    """What was withdrawn is told until the end of its day, and only if the person was to come."""
    zone = case.agency.time_zone
    return max(midnight(today(now, zone), zone), case.booking.created_at)


def _entry(case: Case, listed: Listed, meeting: Meeting, site: Site) -> str:
    """It grows with the booking, too: a calendar believes only what is newer than what it has."""
    told = entries.event_of(listed, meeting, case.agency, case.workshop, site)
    return entry(
        replace(
            told,
            sequence=told.sequence + case.booking.sequence,
            changed_at=max(told.changed_at, case.booking.changed_at),
            status=told.status if told.is_cancelled else STATUSES.get(case.booking.state, Status.TENTATIVE),
        )
    )


STATUSES = {BookingState.BOOKED: Status.CONFIRMED, BookingState.CANCELLED: Status.CANCELLED}
