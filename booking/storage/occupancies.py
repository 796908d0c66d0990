"""Where rooms and staff are; the database keeps each of them in one place at a time."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Insert, bindparam, delete, false, insert, null, select

from booking.domain.obstacles import Occupied
from booking.domain.sessions import LONGEST_MEETING, Session, SessionState
from booking.storage.columns import Id
from booking.storage.database import Tx
from booking.storage.driving import hot
from booking.storage.tables import job_seeker_times, job_seekers, meetings, occupancies, sessions, workshops

_HELD = ["meeting_id", "holder_id", "room_id", "staff_id", "is_assistant", "booking_id", "starts_at", "ends_at"]


def _attended(which: ColumnElement[bool]) -> Insert:
    """Where members of staff attend trainings, as far as they have these seats."""
    time, person = job_seeker_times.c, job_seekers.c
    where = (time.meeting_id, person.staff_id, null(), person.staff_id, false(), time.booking_id)
    seats = select(*where, time.starts_at, time.ends_at).join_from(
        job_seeker_times, job_seekers, person.id == time.job_seeker_id
    )
    return insert(occupancies).from_select(_HELD, seats.where(person.staff_id.is_not(None), which))


_BOOKED = job_seeker_times.c.booking_id == bindparam("booking", type_=Id)
_ATTEND = hot(_attended(_BOOKED))
_ATTENDED_BY = hot(
    select(occupancies.c.staff_id)
    .join(job_seeker_times, job_seeker_times.c.meeting_id == occupancies.c.meeting_id)
    .where(_BOOKED, occupancies.c.booking_id == job_seeker_times.c.booking_id)
    .limit(1)
)


async def write(tx: Tx, session: Session) -> None:
    """Occupy the rooms and staff of a session anew; a cancelled one occupies nothing.

    Raises :class:`PlaceTaken` when one of them is elsewhere.
    """
    await tx.run(delete(occupancies).where(occupancies.c.meeting_id.in_([m.id for m in session.meetings])))
    if session.state is SessionState.CANCELLED:
        return
    rows = _rows(session)
    if rows:
        await tx.run(insert(occupancies), rows)
    await tx.run(_attended(job_seeker_times.c.meeting_id.in_([meeting.id for meeting in session.meetings])))


async def attend(tx: Tx, booking_id: UUID) -> bool:
    """A member of staff who has this seat is there, and nowhere else; False, and nothing, for a job seeker.

    Raises :class:`PlaceTaken` when he is elsewhere.
    """
    return bool(await tx.run(_ATTEND, {"booking": booking_id}))


async def attended_by(tx: Tx, booking_id: UUID) -> UUID | None:
    """The member of staff who is somewhere by this seat; None for a job seeker."""
    row = await tx.row(_ATTENDED_BY, {"booking": booking_id})
    return row.staff_id if row else None


async def at_meetings(tx: Tx, session_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """The members of staff who attend the meetings of these sessions, by meeting."""
    there = meetings.c.session_id.in_(session_ids)
    found = select(occupancies.c.meeting_id, occupancies.c.staff_id).join(meetings)
    attending: dict[UUID, set[UUID]] = {}
    for row in await tx.rows(found.where(there, occupancies.c.booking_id.is_not(None))):
        attending.setdefault(row.meeting_id, set()).add(row.staff_id)
    return attending


async def clear(tx: Tx, meeting_ids: Collection[UUID]) -> None:
    """Meetings that are removed occupy nothing."""
    await tx.run(delete(occupancies).where(occupancies.c.meeting_id.in_(meeting_ids)))


async def between(
    tx: Tx, holder_ids: Collection[UUID], begins: datetime, ends: datetime, besides: Collection[UUID] = ()
) -> list[Occupied]:
    """Where these rooms and people are in that time, in other sessions than these, by start."""
    wanted = (
        select(
            occupancies.c.holder_id,
            occupancies.c.starts_at,
            occupancies.c.ends_at,
            sessions.c.id.label("session_id"),
            sessions.c.agency_id,
            workshops.c.title,
        )
        .join_from(occupancies, meetings, meetings.c.id == occupancies.c.meeting_id)
        .join(sessions, sessions.c.id == meetings.c.session_id)
        .join(workshops, workshops.c.id == sessions.c.workshop_id)
        .where(occupancies.c.holder_id.in_(holder_ids), sessions.c.id.not_in(besides))
        .where(occupancies.c.starts_at < ends, occupancies.c.ends_at > begins)
        # What has not ended began lately: with this word the index knows where to begin.
        .where(occupancies.c.starts_at > begins - LONGEST_MEETING)
        .order_by(occupancies.c.starts_at)
    )
    return [Occupied(**row._mapping) for row in await tx.rows(wanted)]


def _rows(session: Session) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for meeting in session.meetings:
        when = {"meeting_id": meeting.id, "starts_at": meeting.starts_at, "ends_at": meeting.ends_at}
        if meeting.room_id:
            held = {"holder_id": meeting.room_id, "room_id": meeting.room_id, "staff_id": None}
            rows.append(when | held | {"is_assistant": False})
        for staff_id in meeting.staff_ids:
            held = {"holder_id": staff_id, "room_id": None, "staff_id": staff_id}
            rows.append(when | held | {"is_assistant": staff_id != meeting.facilitator_id})
    return rows
