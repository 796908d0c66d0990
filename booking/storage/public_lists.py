"""What anybody may read of an agency's meetings: those that its calendar shows, without a seat and without a person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select

from booking.domain.sessions import Meeting, Session
from booking.domain.subscriptions import Detail
from booking.domain.workshops import Audience, Level
from booking.storage.database import Tx
from booking.storage.feeds import IS_HELD, Window
from booking.storage.shapes import made
from booking.storage.tables import feed_entries, meetings, rooms, sessions, workshops


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicMeeting:
    """One meeting as a town's site shows it.

    ``position`` is which of how many (``cycle``) it is; None when it is no more. ``changed_at`` is when it last read
    otherwise.
    """

    meeting_id: UUID
    session_id: UUID
    starts_at: datetime
    ends_at: datetime
    is_cancelled: bool
    changed_at: datetime
    title: str
    level: Level
    theme: str
    room: str | None
    position: int | None
    cycle: int


@dataclass(frozen=True, slots=True)
class Taught:
    """A workshop of which a meeting is to come."""

    id: UUID
    title: str


async def meetings_of(
    tx: Tx, agency_id: UUID, window: Window, most: int, workshop_id: UUID | None = None
) -> list[PublicMeeting]:
    """So many meetings for job seekers that an agency's calendar shows, by start."""
    found = _SHOWN.where(*_within(agency_id, window))
    if workshop_id is not None:
        found = found.where(sessions.c.workshop_id == workshop_id)
    rows = await tx.rows(found.order_by(feed_entries.c.starts_at, feed_entries.c.meeting_id).limit(most))
    return [made(PublicMeeting, row) for row in rows]


async def taught(tx: Tx, agency_id: UUID, window: Window) -> list[Taught]:
    """The workshops of these meetings, by title."""
    found = (
        select(workshops.c.id, workshops.c.title)
        .join_from(feed_entries, sessions, sessions.c.id == feed_entries.c.session_id)
        .join(workshops, workshops.c.id == sessions.c.workshop_id)
        .where(*_within(agency_id, window))
    )
    return [made(Taught, row) for row in await tx.rows(found.distinct().order_by(workshops.c.title))]


def _within(agency_id: UUID, window: Window) -> list[ColumnElement[bool]]:
    c = feed_entries.c
    return [
        c.agency_id == agency_id,
        *window.holds(c),
        or_(IS_HELD, c.starts_at >= window.cancelled_from),
        workshops.c.audience == Audience.JOB_SEEKERS,
    ]


_OTHERS = meetings.alias()
_CYCLE = (
    select(func.count()).where(_OTHERS.c.session_id == feed_entries.c.session_id).correlate(feed_entries)
).scalar_subquery()
_SHOWN: Select[Any] = (
    select(
        feed_entries.c.meeting_id,
        feed_entries.c.session_id,
        feed_entries.c.starts_at,
        feed_entries.c.ends_at,
        feed_entries.c.is_cancelled,
        feed_entries.c.changed_at,
        workshops.c.title,
        workshops.c.level,
        workshops.c.theme,
        rooms.c.name.label("room"),
        meetings.c.position,
        _CYCLE.label("cycle"),
    )
    .join_from(feed_entries, sessions, sessions.c.id == feed_entries.c.session_id)
    .join(workshops, workshops.c.id == sessions.c.workshop_id)
    .join(meetings, meetings.c.id == feed_entries.c.meeting_id, isouter=True)
    .join(rooms, rooms.c.id == meetings.c.room_id, isouter=True)
)


async def entries_of(
    tx: Tx, session_id: UUID, agency_id: UUID | None = None, window: Window | None = None
) -> list[str]:
    """Each meeting of a session as its agency's calendar shows it, by start; those removed, too."""
    c = feed_entries.c
    found = select(c[Detail.PLACE].label("entry")).where(c.session_id == session_id)
    if agency_id is not None:
        found = found.where(c.agency_id == agency_id)
    if window is not None:
        found = found.where(c.ends_at > window.ends_after, or_(IS_HELD, c.starts_at >= window.cancelled_from))
    return [row.entry for row in await tx.rows(found.order_by(c.starts_at, c.meeting_id))]


async def withdrawn_from(tx: Tx, session: Session, begin: datetime) -> list[Meeting]:
    """The meetings that a session had and has no more, from this moment on; they have no number and no room."""
    c = feed_entries.c
    found = (
        select(c.meeting_id.label("id"), c.session_id, c.starts_at, c.ends_at, c.sequence, c.changed_at)
        .join(meetings, meetings.c.id == c.meeting_id, isouter=True)
        .where(c.session_id == session.id, c.starts_at >= begin, meetings.c.id.is_(None))
    )
    rows = await tx.rows(found.order_by(c.starts_at, c.meeting_id))
    return [made(Meeting, row, position=0, created_at=session.created_at) for row in rows]
