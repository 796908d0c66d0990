"""Second factors and recovery codes: the former sealed, the latter hashed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import recovery_codes, second_factors


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactor:
    """What makes somebody's codes, sealed; it counts from when a code of it was said for the first time."""

    staff_id: UUID
    sealed: str
    created_at: datetime
    confirmed_at: datetime | None = None
    last_number: int = 0


_FACTOR = columns(SecondFactor, second_factors)


async def of_staff(tx: Tx, staff_id: UUID, *, for_update: bool = False) -> SecondFactor | None:
    """The factor of this person, confirmed or not."""
    mine = select(*_FACTOR).where(second_factors.c.staff_id == staff_id)
    row = await tx.row(mine.with_for_update() if for_update else mine)
    return made(SecondFactor, row) if row else None


async def who_have(tx: Tx, staff_ids: Collection[UUID]) -> set[UUID]:
    """Those of these who have one that counts."""
    c = second_factors.c
    rows = await tx.rows(select(c.staff_id).where(c.staff_id.in_(staff_ids), c.confirmed_at.is_not(None)))
    return {row.staff_id for row in rows}


async def replace(tx: Tx, factor: SecondFactor) -> None:
    """A new factor instead of whatever there was."""
    await remove(tx, factor.staff_id)
    await tx.run(insert(second_factors).values(values(factor, second_factors)))


async def change(tx: Tx, factor: SecondFactor) -> None:
    """Write a factor that is held."""
    mine = update(second_factors).where(second_factors.c.staff_id == factor.staff_id)
    await tx.run(mine.values(values(factor, second_factors)))


async def remove(tx: Tx, staff_id: UUID) -> int:
    """Take it away, with its recovery codes; returns how many there were."""
    await tx.run(delete(recovery_codes).where(recovery_codes.c.staff_id == staff_id))
    return await tx.run(delete(second_factors).where(second_factors.c.staff_id == staff_id))


async def set_codes(tx: Tx, staff_id: UUID, hashes: Collection[str]) -> None:
    """These recovery codes and no others."""
    await tx.run(delete(recovery_codes).where(recovery_codes.c.staff_id == staff_id))
    await tx.run(insert(recovery_codes), [{"staff_id": staff_id, "secret_hash": one} for one in hashes])


async def use_code(tx: Tx, staff_id: UUID, secret_hash: str, now: datetime) -> int:
    """Use up a recovery code; returns 1 if it was there and unused."""
    c = recovery_codes.c
    mine = (c.staff_id == staff_id, c.secret_hash == secret_hash, c.used_at.is_(None))
    return await tx.run(update(recovery_codes).where(*mine).values(used_at=now))


async def codes_left(tx: Tx, staff_id: UUID) -> int:
    """How many recovery codes are unused."""
    c = recovery_codes.c
    found = select(func.count()).select_from(recovery_codes).where(c.staff_id == staff_id, c.used_at.is_(None))
    return int(await tx.value(found) or 0)
