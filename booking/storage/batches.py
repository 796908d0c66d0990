"""Many things done in one go: which worker has them in hand, and what became of each line."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from booking.domain.batches import LEASE, Batch, BatchLine, BatchState, LineOutcome
from booking.domain.errors import NotFound
from booking.storage import leases
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import batch_lines as lines_of
from booking.storage.tables import batches

_BATCH = columns(Batch, batches)
_LINE = columns(BatchLine, lines_of)
_ENDED = (BatchState.DONE, BatchState.STOPPED, BatchState.FAILED)


async def add(tx: Tx, batch: Batch, lines: Sequence[BatchLine]) -> None:
    """Write what was chosen."""
    await tx.run(insert(batches).values(_flat(batch)))
    new = [values(line, lines_of, fields=dict(line.fields), kept=dict(line.kept)) for line in lines]
    await tx.run(insert(lines_of), new)


async def load(tx: Tx, batch_id: UUID, asked_by: UUID, *, for_update: bool = False) -> Batch:
    """One of somebody's own; raises :class:`NotFound`."""
    found = select(*_BATCH).where(batches.c.id == batch_id, batches.c.asked_by == asked_by)
    row = await tx.row(found.with_for_update() if for_update else found)
    if row is None:
        raise NotFound(batch_id=batch_id)
    return made(Batch, row)


async def undoing(tx: Tx, batch_id: UUID) -> Batch | None:
    """The batch that takes this one back, if there is one."""
    row = await tx.row(select(*_BATCH).where(batches.c.undoes == batch_id))
    return made(Batch, row) if row else None


async def of(tx: Tx, asked_by: UUID, now: datetime, most: int = 50) -> list[Batch]:
    """Somebody's own that were begun, the latest first."""
    begun = (batches.c.asked_by == asked_by, batches.c.expires_at > now, batches.c.state != BatchState.DRAFT)
    found = select(*_BATCH).where(*begun).order_by(batches.c.created_at.desc(), batches.c.id).limit(most)
    return [made(Batch, row) for row in await tx.rows(found)]


async def change(tx: Tx, batch: Batch) -> None:
    """Write a locked one anew; whoever has it in hand has it no more."""
    await tx.run(update(batches).where(batches.c.id == batch.id).values(_flat(batch) | leases.FREED))


async def lines(tx: Tx, batch_id: UUID, outcomes: Collection[LineOutcome] | None = None) -> list[BatchLine]:
    """Its lines in their order, or those that came out so."""
    mine = [lines_of.c.batch_id == batch_id]
    if outcomes is not None:
        mine.append(lines_of.c.outcome.in_(outcomes))
    found = await tx.rows(select(*_LINE).where(*mine).order_by(lines_of.c.number))
    return [made(BatchLine, row) for row in found]


async def counts(tx: Tx, batch_ids: Collection[UUID]) -> dict[UUID, dict[LineOutcome, int]]:
    """How many lines of each came out how."""
    by = (lines_of.c.batch_id, lines_of.c.outcome)
    found: dict[UUID, dict[LineOutcome, int]] = {id: dict.fromkeys(LineOutcome, 0) for id in batch_ids}
    for row in await tx.rows(select(*by, func.count().label("n")).where(by[0].in_(batch_ids)).group_by(*by)):
        found[row.batch_id][row.outcome] = row.n
    return found


async def is_due(tx: Tx, now: datetime) -> bool:
    """Whether any is to be done."""
    return await leases.is_due(tx, batches, now)


async def claim(tx: Tx, now: datetime, token: UUID, only: UUID | None = None) -> Batch | None:
    """Take the one that waits for longest, or was left; it goes on where it was."""
    row = await leases.claim(tx, batches, token, LEASE, now, {}, _BATCH, only)
    return made(Batch, row) if row else None


async def settle_line(tx: Tx, line: BatchLine, token: UUID, now: datetime, outcome: LineOutcome, **known: Any) -> bool:
    """What became of a line, and that one is still there; False where another worker has it, or somebody stopped it."""
    done = {"lines_done": batches.c.lines_done + 1}
    if not await leases.progress(tx, batches, line.batch_id, token, LEASE, now, **done):
        return False
    this = (lines_of.c.batch_id == line.batch_id, lines_of.c.number == line.number)
    waiting = update(lines_of).where(*this, lines_of.c.outcome == LineOutcome.WAITING)
    return bool(await tx.run(waiting.values(outcome=outcome, **known)))


async def settle(tx: Tx, id: UUID, token: UUID, state: BatchState, now: datetime, **known: Any) -> bool:
    """How it ended, or that it waits again."""
    return await leases.settle(tx, batches, id, token, state, now if state in _ENDED else None, **known)


async def remove_expired(tx: Tx, now: datetime) -> int:
    """Forget those whose days are over; a worker that has one in hand writes nothing more."""
    over = select(batches.c.id).where(batches.c.expires_at <= now)
    ids = [row.id for row in await tx.rows(over.with_for_update())]
    if ids:
        await tx.run(delete(lines_of).where(lines_of.c.batch_id.in_(ids)))
        await tx.run(delete(batches).where(batches.c.id.in_(ids)))
    return len(ids)


def _flat(batch: Batch) -> Mapping[str, Any]:
    return values(batch, batches, told=dict(batch.told))
