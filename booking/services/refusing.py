"""A refusal that names where else there is a seat."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from booking.domain.errors import JobSeekerElsewhere, SessionClosed, SessionFull
from booking.services import searches
from booking.storage.database import Database

Taking = Callable[..., Awaitable[Any]]


def with_alternatives(use_case: Taking) -> Taking:
    """Where there is no seat in this session for this person, the refusal brings up to three ``alternatives``."""

    @wraps(use_case)
    async def helpful(db: Database, session_id: UUID, job_seeker_id: UUID, *, now: datetime, **more: Any) -> Any:
        try:
            return await use_case(db, session_id, job_seeker_id, now=now, **more)
        except (SessionFull, SessionClosed, JobSeekerElsewhere) as refusal:
            refusal.facts["alternatives"] = await searches.alternatives(db, session_id, job_seeker_id, now=now)
            raise

    return helpful
