"""Which mails to staff somebody does not want."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select, update

from booking.domain.staff_messages import StaffMessageKind
from booking.storage.database import Tx
from booking.storage.tables import staff


async def unwanted(tx: Tx, staff_id: UUID) -> frozenset[StaffMessageKind]:
    """What somebody has chosen not to get; a kind that a later program knew is nothing."""
    kept = await tx.value(select(staff.c.unwanted_mails).where(staff.c.id == staff_id))
    return frozenset(StaffMessageKind(one) for one in kept or () if one in set(StaffMessageKind))


async def choose(tx: Tx, staff_id: UUID, unwanted: Collection[StaffMessageKind]) -> None:
    """Write it."""
    await tx.run(update(staff).where(staff.c.id == staff_id).values(unwanted_mails=tuple(sorted(unwanted))))
