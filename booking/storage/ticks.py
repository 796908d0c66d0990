"""When each job last ran and how it ended, shared by every process."""

from datetime import datetime

from sqlalchemy import select, update

from booking.storage.database import Tx
from booking.storage.idempotency import INSERT
from booking.storage.tables import job_ticks


async def started(tx: Tx, name: str, now: datetime) -> None:
    """A job began."""
    new = INSERT[tx.dialect](job_ticks).values(name=name, started_at=now)
    await tx.run(new.on_conflict_do_update(index_elements=["name"], set_={"started_at": now}))


async def finished(tx: Tx, name: str, now: datetime, rows: int, error: str | None) -> None:
    """A job ended; a failure keeps the time of the last success."""
    new = {"error": error} if error else {"error": None, "finished_at": now, "rows": rows}
    await tx.run(update(job_ticks).where(job_ticks.c.name == name).values(new))


async def last(tx: Tx) -> dict[str, tuple[datetime, datetime | None, str | None, int]]:
    """By job: last start, last success, last error, and the rows that the last success met."""
    rows = await tx.rows(select(job_ticks))
    return {row.name: (row.started_at, row.finished_at, row.error, row.rows) for row in rows}
