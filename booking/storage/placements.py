"""All that booking one person into one session must know beforehand, read at once and without a lock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, exists

from booking.domain.contingents import Contingent
from booking.domain.errors import NotFound
from booking.domain.prerequisites import beyond
from booking.domain.sessions import Session
from booking.domain.waits import WaitState
from booking.domain.windows import Place
from booking.domain.workshops import Audience
from booking.storage import contingents, policies
from booking.storage.columns import Id
from booking.storage.database import Tx
from booking.storage.driving import hot
from booking.storage.job_seekers import ATTENDS
from booking.storage.sessions import SESSION_WITH_MEETINGS, sessions_from
from booking.storage.tables import agencies, job_seekers, meetings, sessions, wait_agencies, waits, workshops
from booking.storage.tables import workshop_prerequisites as required


@dataclass(frozen=True, slots=True)
class Placement:
    """A session, where it takes place, the agency of the person who shall sit in it, and what contingents keep."""

    session: Session
    place: Place
    job_seeker_agency_id: UUID
    contingents: Sequence[Contingent] = ()
    # Whether the workshop may ask for something that the person lacks, and whether he waits for any seat of it.
    may_lack: bool = False
    waits: bool = False
    # Whether anybody waits for a seat of this session, on its list or on that of its workshop.
    is_awaited: bool = False
    # Who attends, where it is a member of staff, and whether the workshop is for staff.
    staff_id: UUID | None = None
    is_training: bool = False

    def has_kept_seat(self, now: datetime) -> bool:
        """Whether the person may have a seat that a contingent keeps."""
        return any(kept.serves(self.job_seeker_agency_id, now) for kept in self.contingents)


_PLACEMENT: Any = hot(
    SESSION_WITH_MEETINGS.add_columns(
        agencies.c.time_zone,
        agencies.c.holiday_territory,
        policies.FACTS,
        job_seekers.c.agency_id.label("job_seeker_agency_id"),
        job_seekers.c.needs,
        workshops.c.level,
        workshops.c.skills,
        workshops.c.audience,
        job_seekers.c.staff_id,
        exists().where(required.c.workshop_id == sessions.c.workshop_id).label("comes_after"),
        exists()
        .where(
            waits.c.job_seeker_id == job_seekers.c.id,
            waits.c.workshop_id == sessions.c.workshop_id,
            waits.c.state == WaitState.WAITING,
        )
        .label("waits"),
        exists()
        .where(
            waits.c.workshop_id == sessions.c.workshop_id,
            waits.c.state == WaitState.WAITING,
            wait_agencies.c.wait_id == waits.c.id,
            wait_agencies.c.agency_id == sessions.c.agency_id,
        )
        .label("is_awaited"),
    )
    .join(workshops, workshops.c.id == sessions.c.workshop_id)
    .join(agencies, agencies.c.id == sessions.c.agency_id)
    .join(job_seekers, job_seekers.c.id == bindparam("job_seeker", type_=Id))
    .where(sessions.c.id == bindparam("session", type_=Id), *ATTENDS)
    .order_by(meetings.c.position)
)


async def load(tx: Tx, session_id: UUID, job_seeker_id: UUID) -> Placement:
    """Raises :class:`NotFound` when there is no such session or no such person."""
    rows = await tx.rows(_PLACEMENT, {"session": session_id, "job_seeker": job_seeker_id})
    if not rows:
        raise NotFound(session_id=session_id, job_seeker_id=job_seeker_id)
    row = rows[0]
    place = Place(row.time_zone, row.holiday_territory, policies.policy_of(row.policy_facts))
    session = sessions_from(rows)[0]
    may_lack = bool(row.comes_after or beyond(row.level, row.skills, row.needs))
    # Hardly any session keeps seats: only of those that do the contingents are asked.
    kept = await contingents.running(tx, session_id) if session.kept else ()
    return Placement(
        session,
        place,
        row.job_seeker_agency_id,
        kept,
        may_lack,
        bool(row.waits),
        bool(session.waiting or row.is_awaited),
        row.staff_id,
        row.audience is Audience.STAFF,
    )
