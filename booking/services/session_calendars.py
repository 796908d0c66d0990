"""One session as a file for a calendar: all its meetings, as its agency's calendar shows them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.errors import NotFound
from booking.domain.job_seekers import folded
from booking.domain.sessions import SessionState
from booking.domain.sites import Site
from booking.domain.staff import Staff
from booking.services import sessions
from booking.services.feeds import header
from booking.services.public_lists import PublicList
from booking.storage import agencies, listings, public_lists
from booking.storage.database import Database
from booking.storage.feeds import Window
from booking.storage.listings import Listed
from calendars.feeds import body, window
from calendars.zones import today, wall

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class SessionFile:
    """A calendar file and what to call it, in plain ASCII."""

    name: str
    content: bytes


async def for_staff(db: Database, session_id: UUID, *, site: Site, by: Staff, now: datetime) -> SessionFile:
    """A session that was published, for whoever works here. Raises :class:`NotFound`."""
    async with db.reading() as tx:
        listed = await sessions.visible(tx, session_id, by)
        agency = await agencies.load(tx, listed.session.agency_id)
        entries = await public_lists.entries_of(tx, session_id)
    return _file(listed, agency, entries, site, now)


async def for_everybody(db: Database, shown: PublicList, session_id: UUID, *, site: Site, now: datetime) -> SessionFile:
    """A session that a public calendar shows. Raises :class:`NotFound`."""
    agency = shown.agency
    whole = Window(window(shown.today, agency.time_zone)[0], shown.ahead.starts_before, shown.ahead.cancelled_from)
    async with db.reading() as tx:
        entries = await public_lists.entries_of(tx, session_id, agency.id, whole)
        listed = await listings.one(tx, session_id)
    if listed is None:
        raise NotFound(session_id=session_id)
    return _file(listed, agency, entries, site, now)


def _file(listed: Listed, agency: Agency, entries: list[str], site: Site, now: datetime) -> SessionFile:
    if not entries or listed.session.state is SessionState.DRAFT:
        raise NotFound(session_id=listed.session.id)
    shown = header(
        site,
        listed.session.id,
        name=listed.workshop_title,
        description=agency.place,
        path=f"/agences/{agency.slug}",
        zone=agency.time_zone,
        changed_at=max(m.changed_at for m in listed.session.meetings),
    )
    return SessionFile(file_name(listed, agency.time_zone), body(shown, entries, today(now, agency.time_zone)))


def file_name(listed: Listed, zone: str) -> str:
    """``premiers-pas-2026-11-02.ics``: what it is and when it begins, in signs that every file system has."""
    words = folded(listed.workshop_title).encode("ascii", "ignore").decode().split()
    title = "-".join(words)[:LONGEST_NAME].strip("-") or "atelier"
    return f"{title}-{wall(listed.session.starts_at, zone):%Y-%m-%d}.ics"
