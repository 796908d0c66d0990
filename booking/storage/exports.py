"""Files in the making: who asked for what, which worker makes it, and the pieces that are ready."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, insert, select

from booking.domain.errors import NotFound
from booking.domain.exports import LEASE, Export, ExportState
from booking.storage import leases
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import export_pieces as pieces
from booking.storage.tables import exports

_EXPORT = columns(Export, exports)
_BEGUN = {"meetings_done": 0, "rows_done": 0, "size": 0}


async def add(tx: Tx, export: Export) -> None:
    """Write what is asked for."""
    await tx.run(insert(exports).values(values(export, exports)))


async def load(tx: Tx, export_id: UUID, asked_by: UUID) -> Export:
    """One of somebody's own exports; raises :class:`NotFound`."""
    row = await tx.row(select(*_EXPORT).where(exports.c.id == export_id, exports.c.asked_by == asked_by))
    if row is None:
        raise NotFound(export_id=export_id)
    return made(Export, row)


async def of(tx: Tx, asked_by: UUID, now: datetime) -> list[Export]:
    """Somebody's own exports that have not expired, the latest first."""
    mine = select(*_EXPORT).where(exports.c.asked_by == asked_by, exports.c.expires_at > now)
    return [made(Export, row) for row in await tx.rows(mine.order_by(exports.c.created_at.desc(), exports.c.id))]


async def is_due(tx: Tx, now: datetime) -> bool:
    """Whether anything is to be made; a look costs next to nothing."""
    return await leases.is_due(tx, exports, now)


async def claim(tx: Tx, now: datetime, token: UUID) -> Export | None:
    """Take the one that waits for longest, or was left by a worker that vanished; it is begun anew."""
    row = await leases.claim(tx, exports, token, LEASE, now, _BEGUN, _EXPORT)
    if row is None:
        return None
    await _remove_pieces(tx, row.id)
    return made(Export, row)


async def progress(tx: Tx, id: UUID, token: UUID, now: datetime, **known: int) -> bool:
    """Say how far it is, and that one is still there; False where somebody gave it up, or another worker has it."""
    return await leases.progress(tx, exports, id, token, LEASE, now, **known)


async def add_piece(tx: Tx, id: UUID, number: int, content: bytes) -> None:
    """One more piece of the file."""
    await tx.run(insert(pieces).values(export_id=id, number=number, content=content))


async def settle(tx: Tx, id: UUID, token: UUID, state: ExportState, now: datetime, **known: int) -> bool:
    """It is ready, or cannot be made, or goes back to those that wait; False for a worker come too late."""
    ended_at = now if state in (ExportState.DONE, ExportState.FAILED) else None
    return await leases.settle(tx, exports, id, token, state, ended_at, **known)


async def piece(tx: Tx, id: UUID, number: int) -> bytes | None:
    """One piece of a file; None behind the last."""
    return await tx.value(select(pieces.c.content).where(pieces.c.export_id == id, pieces.c.number == number))  # type: ignore[no-any-return]


async def remove(tx: Tx, id: UUID) -> None:
    """Forget one with its file; a worker that makes it stops at the next page, and adds nothing meanwhile."""
    await tx.row(select(exports.c.id).where(exports.c.id == id).with_for_update())
    await _remove_pieces(tx, id)
    await tx.run(delete(exports).where(exports.c.id == id))


async def expired(tx: Tx, now: datetime) -> Sequence[UUID]:
    """Those whose day is over."""
    return [row.id for row in await tx.rows(select(exports.c.id).where(exports.c.expires_at <= now))]


async def how_many(tx: Tx, asked_by: UUID, now: datetime) -> int:
    """How many exports somebody has."""
    mine = (exports.c.asked_by == asked_by, exports.c.expires_at > now)
    return int(await tx.value(select(func.count()).where(*mine)))


async def _remove_pieces(tx: Tx, id: UUID) -> None:
    await tx.run(delete(pieces).where(pieces.c.export_id == id))
