"""All that booking one person into one session must know beforehand, read at once and without a lock."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam

from booking.domain.errors import NotFound
from booking.domain.sessions import Session
from booking.domain.windows import Place
from booking.storage.columns import Id
from booking.storage.database import Tx
from booking.storage.driving import hot
from booking.storage.sessions import SESSION_WITH_MEETINGS, sessions_from
from booking.storage.tables import agencies, job_seekers, meetings, sessions


@dataclass(frozen=True, slots=True)
class Placement:
    """A session, where it takes place, and the agency of the person who shall sit in it."""

    session: Session
    place: Place
    job_seeker_agency_id: UUID


_PLACEMENT: Any = hot(
    SESSION_WITH_MEETINGS.add_columns(
        agencies.c.time_zone, agencies.c.holiday_territory, job_seekers.c.agency_id.label("job_seeker_agency_id")
    )
    .join(agencies, agencies.c.id == sessions.c.agency_id)
    .join(job_seekers, job_seekers.c.id == bindparam("job_seeker", type_=Id))
    .where(sessions.c.id == bindparam("session", type_=Id))
    .order_by(meetings.c.position)
)


async def load(tx: Tx, session_id: UUID, job_seeker_id: UUID) -> Placement:
    """Raises :class:`NotFound` when there is no such session or no such person."""
    rows = await tx.rows(_PLACEMENT, {"session": session_id, "job_seeker": job_seeker_id})
    if not rows:
        raise NotFound(session_id=session_id, job_seeker_id=job_seeker_id)
    place = Place(rows[0].time_zone, rows[0].holiday_territory)
    return Placement(sessions_from(rows)[0], place, rows[0].job_seeker_agency_id)
