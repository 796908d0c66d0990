"""Somebody does many things in one go: chooses them, says how, follows how far it is, stops it, takes it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from booking.domain.batches import (
    DRAFT_KEPT,
    KEPT,
    MOST_LINES,
    SHORT,
    Batch,
    BatchLine,
    BatchState,
    Deed,
    LineOutcome,
)
from booking.domain.errors import BatchStands, InvalidField
from booking.domain.identifiers import new_id
from booking.domain.sites import Site
from booking.domain.staff import Staff
from booking.services import batch_subjects, batch_terms, working_off
from booking.services.batch_subjects import Known
from booking.storage import audit, batches
from booking.storage.database import Database, Tx


@dataclass(frozen=True, slots=True)
class Shown:
    """A batch with its lines, what each is of, and the batch that takes it back."""

    batch: Batch
    lines: Sequence[BatchLine]
    known: Mapping[UUID, Known]
    undone_by: Batch | None

    def of(self, *outcomes: LineOutcome) -> list[BatchLine]:
        """The lines that came out so."""
        return [line for line in self.lines if line.outcome in outcomes]


async def choose(db: Database, deed: Deed, ids: Sequence[UUID], *, by: Staff, now: datetime) -> Batch:
    """Keep what was chosen, as far as one may see it; nothing is done yet.

    Raises :class:`InvalidField` for nothing or too much, :class:`NotAllowed`.
    """
    by.must_somewhere(batch_subjects.right_for(deed))
    async with db.transaction() as tx:
        # One more than may be is too much, whatever of it one may see.
        known = await batch_subjects.load(tx, deed, list(dict.fromkeys(ids))[: MOST_LINES + 1], by)
        if not known or len(ids) > MOST_LINES:
            raise InvalidField(fields={"ids": "too-many" if known else "required"})
        batch = _new(deed, len(known), by, now)
        lines = [BatchLine(batch_id=batch.id, number=n, subject_id=id) for n, id in enumerate(known, start=1)]
        await batches.add(tx, batch, lines)
    return batch


async def show(db: Database, batch_id: UUID, *, by: Staff, now: datetime) -> Shown:
    """One's own batch. Raises :class:`NotFound`, for everybody else's too."""
    async with db.reading() as tx:
        batch = await batches.load(tx, batch_id, by.id)
        lines = await batches.lines(tx, batch_id)
        known = await batch_subjects.load(tx, batch.deed, [line.subject_id for line in lines], by)
        return Shown(batch, lines, known, await batches.undoing(tx, batch_id))


async def state(db: Database, batch_id: UUID, *, by: Staff) -> Batch:
    """How far it is. Raises like :func:`show`."""
    async with db.reading() as tx:
        return await batches.load(tx, batch_id, by.id)


async def own(db: Database, *, by: Staff, now: datetime) -> list[tuple[Batch, dict[LineOutcome, int]]]:
    """What somebody has begun in the last days, the latest first, each with how many lines came out how."""
    async with db.reading() as tx:
        found = await batches.of(tx, by.id, now)
        counts = await batches.counts(tx, [batch.id for batch in found]) if found else {}
    return [(batch, counts[batch.id]) for batch in found]


async def begin(
    db: Database, batch_id: UUID, told: Mapping[str, Any], *, by: Staff, site: Site, now: datetime
) -> Batch:
    """Have it done so; a short one is done when this returns. A second click changes nothing.

    Raises :class:`InvalidField`, :class:`NotFound`.
    """
    async with db.transaction() as tx:
        batch = await batches.load(tx, batch_id, by.id, for_update=True)
        if batch.state is BatchState.DRAFT:
            said = batch_terms.checked(batch.deed, told)
            batch = await _begin(tx, replace(batch, told=said), by, now)
    return await _at_once(db, batch, site, by, now)


async def stop(db: Database, batch_id: UUID, *, by: Staff, now: datetime) -> Batch:
    """Begin no further line; what is done stays done. Raises :class:`NotFound`."""
    async with db.transaction() as tx:
        batch = await batches.load(tx, batch_id, by.id, for_update=True)
        if batch.is_under_way:
            batch = replace(batch, state=BatchState.STOPPED, settled_at=now)
            await batches.change(tx, batch)
            await audit.record(tx, by, "stopped", "batch", batch.id, now, deed=batch.deed, done=batch.lines_done)
    return batch


async def undo(db: Database, batch_id: UUID, *, by: Staff, site: Site, now: datetime) -> Batch:
    """Take back what was done, line by line; what somebody has changed since stays. Again, it is the same undoing.

    Raises :class:`BatchStands` when it is too late or cannot be, :class:`NotFound`.
    """
    async with db.transaction() as tx:
        batch = await batches.load(tx, batch_id, by.id, for_update=True)
        undoing = await batches.undoing(tx, batch_id)
        done = await batches.lines(tx, batch_id, [LineOutcome.DONE])
        if undoing is None:
            if not batch.may_be_undone(now) or not done:
                raise BatchStands(batch_id=batch_id)
            undoing = replace(_new(batch.deed, len(done), by, now), told=batch.told, undoes=batch.id)
            lines = [
                replace(line, batch_id=undoing.id, number=n, outcome=LineOutcome.WAITING)
                for n, line in enumerate(done, start=1)
            ]
            await batches.add(tx, undoing, lines)
            undoing = await _begin(tx, undoing, by, now)
    return await _at_once(db, undoing, site, by, now)


def _new(deed: Deed, count: int, by: Staff, now: datetime) -> Batch:
    times = {"created_at": now, "expires_at": now + DRAFT_KEPT}
    return Batch(id=new_id(now), asked_by=by.id, deed=deed, lines_total=count, **times)


async def _begin(tx: Tx, batch: Batch, by: Staff, now: datetime) -> Batch:
    batch = replace(batch, state=BatchState.WAITING, begun_at=now, expires_at=now + KEPT)
    await batches.change(tx, batch)
    facts: dict[str, Any] = {"deed": batch.deed, "lines": batch.lines_total}
    facts |= {"undoes": str(batch.undoes)} if batch.undoes else {}
    await audit.record(tx, by, "begun", "batch", batch.id, now, **facts)
    return batch


async def _at_once(db: Database, batch: Batch, site: Site, by: Staff, now: datetime) -> Batch:
    if batch.state is BatchState.WAITING and batch.lines_total <= SHORT:
        await working_off.work_off_due(db, now, site=site, only=batch.id)
    return await state(db, batch.id, by=by)
