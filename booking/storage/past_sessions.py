"""Sessions of the past, as a list names them: by workshop, agency and moment."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from booking.domain.sessions import SessionState
from booking.storage.database import Tx
from booking.storage.tables import job_seeker_times, meetings, sessions


async def having(
    tx: Tx, agency_id: UUID, begun: Collection[tuple[UUID, datetime]]
) -> dict[tuple[UUID, datetime], UUID]:
    """By workshop and moment, the published session of this agency that has a meeting which began then."""
    if not begun:
        return {}
    found = (
        select(sessions.c.id, sessions.c.workshop_id, meetings.c.starts_at)
        .join_from(sessions, meetings, meetings.c.session_id == sessions.c.id)
        .where(sessions.c.agency_id == agency_id, sessions.c.state.in_((SessionState.OPEN, SessionState.HELD)))
        .where(meetings.c.starts_at.in_({at for _, at in begun}), sessions.c.workshop_id.in_({id for id, _ in begun}))
        .order_by(sessions.c.id.desc())
    )
    # Of two the first that was planned.
    return {(row.workshop_id, row.starts_at): row.id for row in await tx.rows(found)}


async def is_elsewhere(tx: Tx, job_seeker_id: UUID, session_id: UUID) -> bool:
    """Whether this person sat somewhere else during a meeting of this session."""
    times = job_seeker_times.c
    found = (
        select(times.booking_id)
        .join_from(
            job_seeker_times,
            meetings,
            (meetings.c.starts_at < times.ends_at) & (meetings.c.ends_at > times.starts_at),
        )
        .where(times.job_seeker_id == job_seeker_id, meetings.c.session_id == session_id)
        .limit(1)
    )
    return await tx.row(found) is not None
