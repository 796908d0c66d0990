"""What was changed on a roll after it was closed, as the audit keeps it."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from booking.storage.database import Tx
from booking.storage.tables import audit, bookings


async def of_session(tx: Tx, session_id: UUID) -> list[Row[Any]]:
    """Every mark ever noted for the places of this session, the earliest first."""
    mine = select(bookings.c.id).where(bookings.c.session_id == session_id)
    lines = select(audit.c.at, audit.c.staff_id, audit.c.noun_id, audit.c.details)
    return list(await tx.rows(lines.where(audit.c.noun_id.in_(mine), audit.c.action == "marked").order_by(audit.c.id)))
