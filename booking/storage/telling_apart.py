"""Who was said to be two people, however alike they look."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from booking.storage.database import Tx
from booking.storage.idempotency import INSERT
from booking.storage.tables import job_seekers, told_apart

Pair = tuple[UUID, UUID]


def pair_of(one: UUID, other: UUID) -> Pair:
    """The two in an order that does not depend on who was named first."""
    return (one, other) if one < other else (other, one)


async def add(tx: Tx, pair: Pair, by: UUID, now: datetime) -> None:
    """They are two; saying it twice changes nothing."""
    line = {"one_id": pair[0], "other_id": pair[1], "said_by": by, "said_at": now}
    await tx.run(INSERT[tx.dialect](told_apart).on_conflict_do_nothing(), line)


async def remove(tx: Tx, pair: Pair) -> None:
    """It is open again."""
    await tx.run(delete(told_apart).where(told_apart.c.one_id == pair[0], told_apart.c.other_id == pair[1]))


async def in_agency(tx: Tx, agency_id: UUID) -> set[Pair]:
    """Every two people of an agency who were told apart."""
    wanted = select(told_apart.c.one_id, told_apart.c.other_id).join(
        job_seekers, job_seekers.c.id == told_apart.c.one_id
    )
    return {(row.one_id, row.other_id) for row in await tx.rows(wanted.where(job_seekers.c.agency_id == agency_id))}
