"""Rolls that are closed, and those that still lack a mark."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func, select

from booking.domain.sessions import SessionState
from booking.storage.database import Tx
from booking.storage.driving import any_of
from booking.storage.idempotency import INSERT
from booking.storage.leading import with_staff
from booking.storage.shapes import columns, made, values
from booking.storage.tables import attendance, job_seeker_times, meetings, roll_closings, sessions

TOOK_PLACE = (SessionState.OPEN, SessionState.HELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """Who closed the roll of a meeting, and when."""

    meeting_id: UUID
    session_id: UUID
    closed_by: UUID
    closed_at: datetime


async def add(tx: Tx, closing: Closing) -> bool:
    """Write it; False where the roll was closed before."""
    new = INSERT[tx.dialect](roll_closings).values(values(closing, roll_closings))
    return bool(await tx.run(new.on_conflict_do_nothing()))


async def of(tx: Tx, meeting_ids: Collection[UUID]) -> dict[UUID, Closing]:
    """The closings of these meetings, by meeting."""
    found = select(*columns(Closing, roll_closings)).where(roll_closings.c.meeting_id.in_(meeting_ids))
    return {row.meeting_id: made(Closing, row) for row in await tx.rows(found)}


def left_open(staff_id: Any, since: Any, now: Any) -> Select[Any]:
    """How many meetings of this time are over that somebody led, whose roll is not closed and lacks a mark."""
    c, time = meetings.c, job_seeker_times.c
    stands = exists().where(sessions.c.id == c.session_id, any_of(sessions.c.state, TOOK_PLACE)).correlate(meetings)
    closed = exists().where(roll_closings.c.meeting_id == c.id).correlate(meetings)
    marked = exists().where(attendance.c.booking_id == time.booking_id, attendance.c.meeting_id == time.meeting_id)
    unmarked = exists().where(time.meeting_id == c.id, ~marked.correlate(job_seeker_times)).correlate(meetings)
    found = select(func.count()).select_from(meetings).where(c.starts_at >= since, c.ends_at <= now)
    return found.where(with_staff(staff_id, since), stands, ~closed, unmarked)


async def missing(tx: Tx, meeting_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many people expected at each of these meetings have no mark; a meeting without any is not named."""
    time = job_seeker_times.c
    marked = exists().where(attendance.c.booking_id == time.booking_id, attendance.c.meeting_id == time.meeting_id)
    found = select(time.meeting_id, func.count().label("n")).where(time.meeting_id.in_(meeting_ids), ~marked)
    return {row.meeting_id: row.n for row in await tx.rows(found.group_by(time.meeting_id))}
