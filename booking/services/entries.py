"""The calendar entry of each meeting, made when something it shows changes and kept as it is served."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.sessions import Meeting, Session, SessionState
from booking.domain.sites import Site
from booking.domain.subscriptions import Detail
from booking.domain.workshops import Level, Workshop
from booking.services import inviting
from booking.storage import agencies, feed_entries, listings, occupancies, workshops
from booking.storage.database import Tx
from booking.storage.feed_entries import Kept
from booking.storage.listings import Listed
from calendars.events import Event, Status, busy, entry, titled
from calendars.freshness import RENDERER

LEVELS = {Level.BEGINNER: "débutant", Level.INTERMEDIATE: "intermédiaire", Level.ADVANCED: "avancé"}
PUBLISHED = (SessionState.OPEN, SessionState.HELD)


async def keep(
    tx: Tx, session_ids: Collection[UUID], site: Site, now: datetime, *, before: Session | None = None
) -> int:
    """Make the entries of these locked sessions anew; where one reads otherwise, subscribers are shown it.

    Who leads or assists is invited anew.
    The version of each calendar is raised once, however many of its entries changed. ``before`` is the one session as
    it was: its meetings that are no more are shown as cancelled. Returns how many entries were written. A draft has no
    entry; a session cancelled before it was published never gets one.
    """
    listed = (await listings.some(tx, session_ids)).values()
    taught = await workshops.some(tx, {x.session.workshop_id for x in listed})
    kept = await feed_entries.of_sessions(tx, session_ids)
    attending = await occupancies.at_meetings(tx, session_ids)
    where = sorted(await agencies.some(tx, {x.session.agency_id for x in listed}), key=lambda a: a.id)
    await inviting.plan(tx, listed, where, taught, now)
    written = 0
    # By id, like sessions: two transactions that touch the same agencies never wait for each other.
    for agency in where:
        shown = [(x, x.session.meetings) for x in listed if x.session.agency_id == agency.id]
        if before is not None:
            shown += await _withdrawn(tx, shown[0][0], before, agency)
        new = [
            one
            for x, meetings in shown
            for meeting in meetings
            if (
                one := _anew(
                    kept, x, meeting, agency, taught[x.session.workshop_id], site, now, attending.get(meeting.id, ())
                )
            )
        ]
        if new:
            await feed_entries.write(tx, kept, new, now)
        written += len(new)
    return written


async def _withdrawn(
    tx: Tx, listed: Listed, before: Session, agency: Agency
) -> list[tuple[Listed, tuple[Meeting, ...]]]:
    """The meetings that are no more, in the session as it was, which is numbered as people know it."""
    stay = {meeting.id for meeting in listed.session.meetings}
    gone = tuple(replace(m, sequence=m.sequence + 1) for m in before.meetings if m.id not in stay)
    if not gone:
        return []
    rooms = {room.id: room.name for room in await agencies.rooms_of(tx, [agency.id])}
    return [(replace(listed, session=replace(before, state=SessionState.CANCELLED), rooms=rooms), gone)]


def _anew(
    kept: Mapping[UUID, Kept],
    listed: Listed,
    meeting: Meeting,
    agency: Agency,
    workshop: Workshop,
    site: Site,
    now: datetime,
    attending: Collection[UUID],
) -> Kept | None:
    """The entry as it must be kept; None where it is, or where there is nothing to show."""
    known = kept.get(meeting.id)
    if known is None and listed.session.state not in PUBLISHED:
        return None
    event = event_of(listed, meeting, agency, workshop, site)
    # Whoever was to attend is shown that it is cancelled.
    others = {*attending, *(known.scopes if known and event.is_cancelled else ())}
    one = _kept(listed, meeting, event, site, others)
    if one == known:
        return None
    has_same_texts = known is not None and known.texts == one.texts
    return one if has_same_texts else _kept(listed, meeting, replace(event, changed_at=now), site, others)


def renderer(site: Site) -> str:
    """What the bytes of an unchanged meeting depend on: the program, and where the house stands."""
    return hashlib.sha256(f"{RENDERER} {site.domain} {site.url}".encode()).hexdigest()[:16]


def _kept(listed: Listed, meeting: Meeting, event: Event, site: Site, others: Collection[UUID]) -> Kept:
    return Kept(
        meeting_id=meeting.id,
        session_id=listed.session.id,
        agency_id=listed.session.agency_id,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        is_cancelled=event.is_cancelled,
        sequence=meeting.sequence,
        made_by=renderer(site),
        texts={Detail.PLACE: entry(event), Detail.TITLE: entry(titled(event)), Detail.BUSY: entry(busy(event))},
        scopes=frozenset(filter(None, (listed.session.workshop_id, meeting.room_id, *meeting.staff_ids, *others))),
    )


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
