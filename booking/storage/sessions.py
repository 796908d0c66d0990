"""Sessions and their meetings. Whoever changes seats or times takes the session's row first, by id, everywhere."""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, delete, insert, select, text, update

from booking.domain.bookings import BookingState
from booking.domain.errors import NotFound
from booking.domain.sessions import Meeting, Session, SessionState
from booking.storage import occupancies
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import attendance, bookings, job_seeker_times, meetings, sessions

_SESSION = columns(Session, sessions)
_MEETING = columns(Meeting, meetings, "meeting_")
SESSION_WITH_MEETINGS: Select[Any] = select(*_SESSION, *_MEETING).join_from(
    sessions, meetings, meetings.c.session_id == sessions.c.id
)


def sessions_from(rows: Iterable[Row[Any]]) -> list[Session]:
    """Sessions from rows ordered by session and position, one row a meeting."""
    return [_session(list(group)) for _, group in groupby(rows, key=lambda row: row.id)]


def _session(rows: list[Row[Any]]) -> Session:
    return made(Session, rows[0], meetings=tuple(made(Meeting, row, "meeting_") for row in rows))


async def add(tx: Tx, session: Session) -> None:
    """Write a new session with its meetings."""
    await tx.run(insert(sessions).values(values(session, sessions, **_times(session))))
    await _add_meetings(tx, session, session.meetings)
    await occupancies.write(tx, session)


async def load(tx: Tx, session_id: UUID) -> Session:
    """One session; raises :class:`NotFound`."""
    rows = await tx.rows(SESSION_WITH_MEETINGS.where(sessions.c.id == session_id).order_by(meetings.c.position))
    if not rows:
        raise NotFound(session_id=session_id)
    return _session(list(rows))


async def lock(tx: Tx, *session_ids: UUID) -> dict[UUID, Session]:
    """These sessions as they stand, unchangeable by anybody else until this transaction ends.

    The rows are taken in the order of their ids, so that two transactions never wait for each other.
    """
    wanted = select(sessions.c.id).where(sessions.c.id.in_(session_ids)).order_by(sessions.c.id)
    await tx.rows(wanted.with_for_update())
    found = SESSION_WITH_MEETINGS.where(sessions.c.id.in_(session_ids)).order_by(sessions.c.id, meetings.c.position)
    return {session.id: session for session in sessions_from(await tx.rows(found))}


async def lock_one(tx: Tx, session_id: UUID) -> Session:
    """One session, locked; raises :class:`NotFound`."""
    found = await lock(tx, session_id)
    if not found:
        raise NotFound(session_id=session_id)
    return found[session_id]


async def count(tx: Tx, session_id: UUID, *, taken: int = 0, waiting: int = 0, kept: int = 0) -> None:
    """Move the counters of a locked session; the seats' CHECK has the last word."""
    moved = {"taken": taken, "waiting": waiting, "kept": kept}
    counters = {name: sessions.c[name] + int(by) for name, by in moved.items() if by}
    if not counters:
        return
    await tx.run(update(sessions).where(sessions.c.id == session_id).values(counters))


async def change(tx: Tx, before: Session, after: Session) -> None:
    """Write a locked session anew with its meetings; the times of everybody seated follow by themselves.

    Raises :class:`JobSeekerElsewhere` when somebody seated would be in two places, :class:`PlaceTaken` when a room or
    a member of staff would.
    """
    new = values(after, sessions, **_times(after))
    for counted in ("id", "taken", "waiting", "kept"):
        new.pop(counted)
    await tx.run(update(sessions).where(sessions.c.id == after.id).values(new))
    if before.meetings != after.meetings:
        await _change_meetings(tx, before, after)
        await occupancies.write(tx, after)


def _times(session: Session) -> dict[str, datetime | None]:
    """What the row says of its meetings and terms, so that it can be asked for."""
    return {name: getattr(session, name) for name in ("starts_at", "ends_at", "opens_at", "closes_at")}


async def _change_meetings(tx: Tx, before: Session, after: Session) -> None:
    kept = {meeting.id: meeting for meeting in before.meetings}
    gone = kept.keys() - {meeting.id for meeting in after.meetings}
    await _judge_overlaps(tx, "DEFERRED")
    await tx.run(delete(job_seeker_times).where(job_seeker_times.c.meeting_id.in_(gone)))
    await occupancies.clear(tx, kept.keys())
    # Marked on its day before it began, then removed: a mark for nothing goes with it and stays in the audit.
    await tx.run(delete(attendance).where(attendance.c.meeting_id.in_(gone)))
    # Who came to one of them only has been told and has no seat any more.
    none = {"only_meeting_id": None, "makes_up_id": None, "missed_meeting_id": None}
    await tx.run(update(bookings).where(bookings.c.only_meeting_id.in_(gone)).values(none))
    await tx.run(delete(meetings).where(meetings.c.id.in_(gone)))
    # Numbers below zero keep the positions unique while they are exchanged.
    await tx.run(update(meetings).where(meetings.c.session_id == after.id).values(position=-meetings.c.position))
    for meeting in after.meetings:
        if meeting.id in kept:
            await tx.run(update(meetings).where(meetings.c.id == meeting.id).values(values(meeting, meetings)))
    added = [meeting for meeting in after.meetings if meeting.id not in kept]
    await _add_meetings(tx, after, added)
    await _seat_everybody(tx, {meeting.id for meeting in added})
    await _judge_overlaps(tx, "IMMEDIATE")


async def _seat_everybody(tx: Tx, added: set[UUID]) -> None:
    """Whoever holds a seat attends the added meetings too, but for who comes to a single one."""
    names = ["booking_id", "meeting_id", "job_seeker_id", "starts_at", "ends_at"]
    own = (bookings.c.id, meetings.c.id, bookings.c.job_seeker_id, meetings.c.starts_at, meetings.c.ends_at)
    seated = select(*own).join_from(meetings, bookings, bookings.c.session_id == meetings.c.session_id)
    has_seat = (bookings.c.state.in_([s for s in BookingState if s.has_seat]), bookings.c.only_meeting_id.is_(None))
    seated = seated.where(meetings.c.id.in_(added), *has_seat)
    await tx.run(insert(job_seeker_times).from_select(names, seated))


async def _judge_overlaps(tx: Tx, when: str) -> None:
    """Let meetings of one session change places before anybody's times are compared."""
    if tx.dialect == "postgresql":
        await tx.run(text(f"SET CONSTRAINTS ex_job_seeker_times_overlap {when}"))


async def _add_meetings(tx: Tx, session: Session, added: Collection[Meeting]) -> None:
    if added:
        rows = [values(meeting, meetings, agency_id=session.agency_id) for meeting in added]
        await tx.run(insert(meetings), rows)


async def upcoming_of(tx: Tx, workshop_id: UUID, since: datetime) -> list[UUID]:
    """The sessions of one workshop that end after this time."""
    wanted = select(sessions.c.id).where(sessions.c.workshop_id == workshop_id, sessions.c.ends_at > since)
    return [row.id for row in await tx.rows(wanted)]


async def upcoming_at(tx: Tx, agency_ids: Collection[UUID], since: datetime) -> list[UUID]:
    """The sessions of these agencies that end after this time."""
    wanted = select(sessions.c.id).where(sessions.c.agency_id.in_(agency_ids), sessions.c.ends_at > since)
    return [row.id for row in await tx.rows(wanted)]


async def standing(tx: Tx, agency_id: UUID, workshop_id: UUID, starts_at: datetime) -> bool:
    """Whether a session of this workshop, not cancelled, begins there at that moment."""
    same = (sessions.c.agency_id == agency_id, sessions.c.workshop_id == workshop_id, sessions.c.starts_at == starts_at)
    found = select(sessions.c.id).where(*same, sessions.c.state != SessionState.CANCELLED)
    return await tx.value(found.limit(1)) is not None


async def later_of_series(tx: Tx, session: Session) -> list[UUID]:
    """The drafts and open sessions that were planned together with this one and begin after it, by start."""
    if session.series_id is None:
        return []
    planned = sessions.c.state.in_([SessionState.DRAFT, SessionState.OPEN])
    later = select(sessions.c.id).where(
        sessions.c.series_id == session.series_id, sessions.c.starts_at > session.starts_at, planned
    )
    return [row.id for row in await tx.rows(later.order_by(sessions.c.starts_at, sessions.c.id))]


async def over(tx: Tx, now: datetime, most: int) -> list[UUID]:
    """Open sessions whose last meeting has ended."""
    done = (sessions.c.state == SessionState.OPEN, sessions.c.ends_at <= now)
    return [row.id for row in await tx.rows(select(sessions.c.id).where(*done).order_by(sessions.c.id).limit(most))]
