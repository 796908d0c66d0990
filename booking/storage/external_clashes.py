"""Meetings already planned at a time at which a calendar elsewhere says that who leads, or the room, is busy."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, update

from booking.storage.database import Tx
from booking.storage.driving import any_of
from booking.storage.shapes import made
from booking.storage.tables import (
    agencies,
    external_calendars,
    external_times,
    meetings,
    occupancies,
    rooms,
    sessions,
    staff,
    workshops,
)
from booking.storage.touched import STANDING


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalClash:
    """A meeting, and ``who`` is busy then; ``is_room`` when it is the room."""

    session_id: UUID
    meeting_id: UUID
    agency_id: UUID
    agency_name: str
    time_zone: str
    title: str
    starts_at: datetime
    ends_at: datetime
    holder_id: UUID
    who: str
    is_room: bool


_CLASHES: Select[Any] = (
    select(
        meetings.c.session_id,
        meetings.c.id.label("meeting_id"),
        meetings.c.agency_id,
        agencies.c.name.label("agency_name"),
        agencies.c.time_zone,
        workshops.c.title,
        meetings.c.starts_at,
        meetings.c.ends_at,
        occupancies.c.holder_id,
        func.coalesce(rooms.c.name, staff.c.name).label("who"),
        occupancies.c.room_id.is_not(None).label("is_room"),
    )
    .distinct()
    .join_from(external_calendars, occupancies, occupancies.c.holder_id == external_calendars.c.holder_id)
    .join(external_times, external_times.c.calendar_id == external_calendars.c.id)
    .join(meetings, meetings.c.id == occupancies.c.meeting_id)
    .join(sessions, sessions.c.id == meetings.c.session_id)
    .join(workshops, workshops.c.id == sessions.c.workshop_id)
    .join(agencies, agencies.c.id == meetings.c.agency_id)
    .outerjoin(rooms, rooms.c.id == occupancies.c.room_id)
    .outerjoin(staff, staff.c.id == occupancies.c.staff_id)
    .where(external_times.c.starts_at < occupancies.c.ends_at, external_times.c.ends_at > occupancies.c.starts_at)
    .where(any_of(sessions.c.state, STANDING))
    .order_by(meetings.c.starts_at, meetings.c.id, occupancies.c.holder_id)
)


def undecided(now: datetime | ColumnElement[datetime]) -> Select[Any]:
    """Those of meetings to come; one that is held for a stated reason is decided."""
    return _CLASHES.where(occupancies.c.starts_at > now, sessions.c.overridden_because.is_(None))


async def to_decide(tx: Tx, agency_ids: Collection[UUID] | None, now: datetime) -> list[ExternalClash]:
    """Those of these agencies, by start."""
    wanted = undecided(now)
    if agency_ids is not None:
        wanted = wanted.where(meetings.c.agency_id.in_(agency_ids))
    return [_clash(row) for row in await tx.rows(wanted)]


async def of_session(tx: Tx, session_id: UUID, now: datetime) -> list[ExternalClash]:
    """Those of one session's meetings to come, by start."""
    wanted = _CLASHES.where(meetings.c.session_id == session_id, occupancies.c.starts_at > now)
    return [_clash(row) for row in await tx.rows(wanted)]


async def of_holder(tx: Tx, holder_id: UUID, now: datetime) -> list[ExternalClash]:
    """Those of one room or one person, by start."""
    wanted = _CLASHES.where(external_calendars.c.holder_id == holder_id, occupancies.c.starts_at > now)
    return [_clash(row) for row in await tx.rows(wanted)]


async def hold_anyway(tx: Tx, session_id: UUID, because: str) -> None:
    """This locked session is held in spite of it."""
    new = {"overridden_because": because, "version": sessions.c.version + 1}
    await tx.run(update(sessions).where(sessions.c.id == session_id).values(new))


def _clash(row: Any) -> ExternalClash:
    return made(ExternalClash, row, is_room=bool(row.is_room))
