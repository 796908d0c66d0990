"""Meetings already planned that something new stands against; they are named, not changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from booking.domain.sessions import LONGEST_MEETING, SessionState
from booking.storage.database import Tx
from booking.storage.leading import with_staff
from booking.storage.shapes import made
from booking.storage.tables import meetings, sessions, workshops

STANDING = (SessionState.DRAFT, SessionState.OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """A meeting of a session that is a draft or open; ``capacity`` is for how many people it was planned."""

    meeting_id: UUID
    session_id: UUID
    agency_id: UUID
    room_id: UUID | None
    title: str
    capacity: int
    starts_at: datetime
    ends_at: datetime


_TOUCHED: Select[Any] = (
    select(
        meetings.c.id.label("meeting_id"),
        meetings.c.session_id,
        meetings.c.agency_id,
        meetings.c.room_id,
        workshops.c.title,
        sessions.c.capacity,
        meetings.c.starts_at,
        meetings.c.ends_at,
    )
    .join_from(meetings, sessions, sessions.c.id == meetings.c.session_id)
    .join(workshops, workshops.c.id == sessions.c.workshop_id)
    .where(sessions.c.state.in_(STANDING))
    .order_by(meetings.c.starts_at, meetings.c.id)
)


async def at(tx: Tx, agency_id: UUID, begins: datetime, ends: datetime | None = None) -> list[Touched]:
    """The meetings of an agency that take place in this time, by start."""
    # What has not ended began lately: with this word the index knows where to begin.
    began = meetings.c.starts_at > begins - LONGEST_MEETING
    window = [meetings.c.agency_id == agency_id, meetings.c.ends_at > begins, began]
    window += [] if ends is None else [meetings.c.starts_at < ends]
    return [made(Touched, row) for row in await tx.rows(_TOUCHED.where(*window))]


async def of_staff(tx: Tx, staff_id: UUID, begins: datetime) -> list[Touched]:
    """The meetings that somebody leads or assists and that are not over by then, by start; anywhere."""
    theirs = with_staff(staff_id, begins - LONGEST_MEETING)
    return [made(Touched, row) for row in await tx.rows(_TOUCHED.where(theirs, meetings.c.ends_at > begins))]


async def in_room(tx: Tx, room_id: UUID, now: datetime) -> list[Touched]:
    """Every meeting in this room of the sessions that are not over, by start; those of a cycle that begun, too."""
    theirs = (meetings.c.room_id == room_id, sessions.c.ends_at > now)
    return [made(Touched, row) for row in await tx.rows(_TOUCHED.where(*theirs))]
