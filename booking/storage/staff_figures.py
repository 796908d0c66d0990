"""The figures of a week in an agency: who came, which seats stayed empty, which messages failed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from booking.domain.attendance import Mark
from booking.domain.messages import MessageState
from booking.domain.sessions import SessionState
from booking.storage.attending_staff import NO_TRAINING, TOLD_NO_STAFF
from booking.storage.database import Tx
from booking.storage.tables import attendance, meetings, messages, sessions


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFigures:
    """``seats_lost`` are seats of meetings that took place in which nobody sat."""

    present: int
    absent: int
    excused: int
    seats_lost: int
    failed: int


async def of_week(tx: Tx, agency_id: UUID, begins: datetime, ends: datetime) -> WeekFigures:
    """Of the meetings of an agency in this time; and of the messages for its people that failed in it."""
    then = (meetings.c.agency_id == agency_id, meetings.c.starts_at >= begins, meetings.c.starts_at < ends)
    marked = select(attendance.c.mark, func.count().label("n")).join(meetings, meetings.c.id == attendance.c.meeting_id)
    marked = marked.join(sessions, sessions.c.id == meetings.c.session_id).where(*then, NO_TRAINING)
    marks = {row.mark: row.n for row in await tx.rows(marked.group_by(attendance.c.mark))}
    marked_ones = select(attendance.c.meeting_id).where(attendance.c.meeting_id == meetings.c.id)
    seats = (
        select(func.coalesce(func.sum(sessions.c.capacity + sessions.c.allowance), 0))
        .join(meetings, meetings.c.session_id == sessions.c.id)
        .where(*then, NO_TRAINING, marked_ones.exists())
        .where(sessions.c.state.in_([SessionState.OPEN, SessionState.HELD]))
    )
    lost = (messages.c.agency_id == agency_id, messages.c.state == MessageState.DEAD, TOLD_NO_STAFF)
    failed = select(func.count()).where(*lost, messages.c.settled_at >= begins)
    present = sum(marks.get(mark, 0) for mark in Mark if mark.is_present)
    return WeekFigures(
        present=present,
        absent=marks.get(Mark.ABSENT, 0),
        excused=marks.get(Mark.EXCUSED, 0),
        seats_lost=max(0, int(await tx.value(seats)) - present),
        failed=int(await tx.value(failed)),
    )
