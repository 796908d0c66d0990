"""Whether somebody has put the card of his first visits away."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from booking.storage.database import Tx
from booking.storage.tables import staff


async def away_at(tx: Tx, staff_id: UUID) -> datetime | None:
    """Since when; None as long as it is shown."""
    return await tx.value(select(staff.c.first_steps_away_at).where(staff.c.id == staff_id))


async def put(tx: Tx, staff_id: UUID, away_at: datetime | None) -> None:
    """Write it."""
    await tx.run(update(staff).where(staff.c.id == staff_id).values(first_steps_away_at=away_at))
