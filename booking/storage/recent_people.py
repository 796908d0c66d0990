"""Whom each member of staff opened lately."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select

from booking.domain.job_seekers import JobSeeker
from booking.storage.database import Tx
from booking.storage.idempotency import INSERT
from booking.storage.job_seekers import IS_SOMEBODY, JOB_SEEKER, made
from booking.storage.tables import job_seekers
from booking.storage.tables import recent_people as table

# Who opens the same page again within this time has not opened it anew.
A_LOOK = timedelta(minutes=1)


async def keep(tx: Tx, staff_id: UUID, job_seeker_id: UUID, now: datetime) -> None:
    """Note that somebody was opened now."""
    new = INSERT[tx.dialect](table).values(staff_id=staff_id, job_seeker_id=job_seeker_id, opened_at=now)
    again = new.on_conflict_do_update(
        index_elements=[table.c.staff_id, table.c.job_seeker_id],
        set_={"opened_at": now},
        where=table.c.opened_at < now - A_LOOK,
    )
    await tx.run(again)


async def since(
    tx: Tx, staff_id: UUID, agency_ids: Collection[UUID] | None, after: datetime, most: int
) -> list[JobSeeker]:
    """Whom this person opened since then in these agencies (None is any), the latest first."""
    own = (table.c.staff_id == staff_id, table.c.opened_at > after)
    where = [] if agency_ids is None else [job_seekers.c.agency_id.in_(agency_ids)]
    found = select(*JOB_SEEKER).join(table, table.c.job_seeker_id == job_seekers.c.id).where(*own, *where, *IS_SOMEBODY)
    return [made(row) for row in await tx.rows(found.order_by(table.c.opened_at.desc(), job_seekers.c.id).limit(most))]


async def forget(tx: Tx, before: datetime) -> int:
    """Forget who was opened before this; returns how many."""
    return await tx.run(delete(table).where(table.c.opened_at <= before))
