"""What was changed on a roll after it was closed, as the audit keeps it."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from booking.storage.database import Tx
from booking.storage.tables import audit, bookings, job_seekers


async def of_session(tx: Tx, session_id: UUID) -> list[Row[Any]]:
    """Every mark ever noted for the places of this session, the earliest first, with the name of its person."""
    told = (audit.c.at, audit.c.staff_id, audit.c.details, job_seekers.c.first_name, job_seekers.c.last_name)
    lines = (
        select(*told)
        .join_from(audit, bookings, bookings.c.id == audit.c.noun_id)
        .join(job_seekers, job_seekers.c.id == bookings.c.job_seeker_id)
        .where(bookings.c.session_id == session_id, audit.c.action == "marked")
        .order_by(audit.c.id)
    )
    return list(await tx.rows(lines))
