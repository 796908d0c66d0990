"""What there is to see of many rolls in one small question, for pages that follow them."""

from collections.abc import Collection
from typing import Any
from uuid import UUID
from zlib import crc32

from sqlalchemy import bindparam, select

from booking.storage.columns import Id
from booking.storage.database import Tx
from booking.storage.tables import attendance, meetings, sessions

_THESE = bindparam("ids", type_=Id, expanding=True)
_SEATS = (
    select(meetings.c.id, sessions.c.taken, sessions.c.state)
    .join(sessions, sessions.c.id == meetings.c.session_id)
    .where(meetings.c.id.in_(_THESE))
)
_MARKS = (
    select(attendance.c.meeting_id, attendance.c.booking_id, attendance.c.mark, attendance.c.reason)
    .where(attendance.c.meeting_id.in_(_THESE))
    .order_by(attendance.c.meeting_id, attendance.c.booking_id)
)


async def counts(tx: Tx, meeting_ids: Collection[UUID]) -> dict[UUID, tuple[Any, ...]]:
    """By meeting: the seats taken of its session, the state of it, and a sum of all marks."""
    ids = {"ids": list(meeting_ids)}
    marks: dict[UUID, int] = {}
    for row in await tx.rows(_MARKS, ids):
        said = f"{row.booking_id} {row.mark} {row.reason}".encode()
        marks[row.meeting_id] = crc32(said, marks.get(row.meeting_id, 0))
    return {row.id: (row.taken, row.state, marks.get(row.id, 0)) for row in await tx.rows(_SEATS, ids)}
