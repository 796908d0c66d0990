"""The calendar entry of each meeting, made when something it shows changes and kept as it is served."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.sessions import Meeting, SessionState
from booking.domain.sites import Site
from booking.domain.workshops import Level, Workshop
from booking.storage import agencies, feeds, listings, sessions, workshops
from booking.storage.database import Tx
from booking.storage.listings import Listed
from calendars.events import Event, Status, entry

LEVELS = {Level.BEGINNER: "débutant", Level.INTERMEDIATE: "intermédiaire", Level.ADVANCED: "avancé"}
PUBLISHED = (SessionState.OPEN, SessionState.HELD)


async def keep(
    tx: Tx, session_ids: Collection[UUID], site: Site, now: datetime, *, removed: Collection[UUID] = ()
) -> int:
    """Make the entries of these locked sessions anew; where one reads otherwise, subscribers are shown it.

    The version of an agency's feed is raised once, however many entries changed; ``removed`` are meetings of one
    session that are no more. Returns how many entries changed. A draft has no entry; a session cancelled before it was
    published never gets one.
    """
    listed = (await listings.some(tx, session_ids)).values()
    taught = await workshops.some(tx, {x.session.workshop_id for x in listed})
    kept = await sessions.entries(tx, session_ids)
    changed = 0
    # By id, like sessions: two transactions that touch the same agencies never wait for each other.
    for agency in sorted(await agencies.some(tx, {x.session.agency_id for x in listed}), key=lambda a: a.id):
        there = [x for x in listed if x.session.agency_id == agency.id]
        new = {}
        for x in there:
            new |= _anew(x, kept, agency, taught[x.session.workshop_id], site, now)
        if new:
            await sessions.set_entries(tx, new, now)
            await feeds.raise_version(tx, agency.id, new, now, removed=removed)
        changed += len(new)
    return changed


def _anew(
    listed: Listed, kept: Mapping[UUID, str | None], agency: Agency, workshop: Workshop, site: Site, now: datetime
) -> dict[UUID, str]:
    new = {}
    for meeting in listed.session.meetings:
        before = kept[meeting.id]
        if before is None and listed.session.state not in PUBLISHED:
            continue
        event = event_of(listed, meeting, agency, workshop, site)
        if before != entry(event):
            new[meeting.id] = entry(replace(event, changed_at=now))
    return new


def event_of(listed: Listed, meeting: Meeting, agency: Agency, workshop: Workshop, site: Site) -> Event:
    """What subscribers are told about a meeting: never a seat count, never a person."""
    cycle = len(listed.session.meetings)
    number = f" – séance {meeting.position}/{cycle}" if cycle > 1 else ""
    room = listed.rooms.get(meeting.room_id) if meeting.room_id else None
    page = f"{site.url}/agences/{agency.slug}"
    is_cancelled = listed.session.state is SessionState.CANCELLED
    return Event(
        uid=f"{meeting.id}@{site.domain}",
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        time_zone=agency.time_zone,
        summary=workshop.title + number,
        description=_description(workshop, page),
        location=", ".join(part for part in (room, agency.place) if part),
        url=page,
        latitude=agency.latitude,
        longitude=agency.longitude,
        status=Status.CANCELLED if is_cancelled else Status.CONFIRMED,
        categories=(workshop.theme,) if workshop.theme else (),
        created_at=meeting.created_at,
        changed_at=meeting.changed_at,
    )


def _description(workshop: Workshop, page: str) -> str:
    bring = f"À apporter : {workshop.to_bring}" if workshop.to_bring else ""
    return "\n".join(part for part in (workshop.objectives, f"Niveau : {LEVELS[workshop.level]}", bring, page) if part)
