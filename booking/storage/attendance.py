"""Marks, one for a booking at a meeting."""

from uuid import UUID

from sqlalchemy import delete, insert, select, update

from booking.domain.attendance import Attendance
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import attendance

_ATTENDANCE = columns(Attendance, attendance)


async def of_meeting(tx: Tx, meeting_id: UUID) -> dict[UUID, Attendance]:
    """The marks of a meeting by booking."""
    rows = await tx.rows(select(*_ATTENDANCE).where(attendance.c.meeting_id == meeting_id))
    return {row.booking_id: made(Attendance, row) for row in rows}


async def of_booking(tx: Tx, booking_id: UUID) -> dict[UUID, Attendance]:
    """The marks of somebody's place by meeting."""
    rows = await tx.rows(select(*_ATTENDANCE).where(attendance.c.booking_id == booking_id))
    return {row.meeting_id: made(Attendance, row) for row in rows}


async def marked_in(tx: Tx, session_id: UUID) -> set[UUID]:
    """The meetings of a session in which somebody is marked."""
    rows = await tx.rows(select(attendance.c.meeting_id).where(attendance.c.session_id == session_id).distinct())
    return {row.meeting_id for row in rows}


async def put(tx: Tx, mark: Attendance, session_id: UUID, before: Attendance | None) -> None:
    """Write a mark, new or instead of the one before."""
    new = values(mark, attendance, session_id=session_id)
    if before is None:
        await tx.run(insert(attendance).values(new))
    else:
        await tx.run(update(attendance).where(*_this(mark.booking_id, mark.meeting_id)).values(new))


async def take_back(tx: Tx, booking_id: UUID, meeting_id: UUID) -> bool:
    """Not filled in any more."""
    return bool(await tx.run(delete(attendance).where(*_this(booking_id, meeting_id))))


def _this(booking_id: UUID, meeting_id: UUID) -> tuple[object, ...]:
    return attendance.c.booking_id == booking_id, attendance.c.meeting_id == meeting_id
