"""Disputes: while one runs, the person's data stay."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, update

from booking.domain.disputes import Dispute
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import disputes

_DISPUTE = columns(Dispute, disputes)
_RUNS = disputes.c.closed_at.is_(None)


async def running(tx: Tx, person_id: UUID) -> Dispute | None:
    """The dispute that runs about this person."""
    row = await tx.row(select(*_DISPUTE).where(disputes.c.job_seeker_id == person_id, _RUNS))
    return made(Dispute, row) if row else None


async def open_(tx: Tx, dispute: Dispute) -> None:
    """Write a new one."""
    await tx.run(insert(disputes).values(values(dispute, disputes)))


async def close(tx: Tx, person_id: UUID, by: UUID, now: datetime) -> bool:
    """It is over; False when none ran."""
    mine = update(disputes).where(disputes.c.job_seeker_id == person_id, _RUNS)
    return bool(await tx.run(mine.values(closed_at=now, closed_by=by)))
