"""A row that looks like somebody known waits for an answer: it is he, or somebody else, or it is left out."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from booking.domain.errors import ImportUnderWay, InvalidField, NotFound
from booking.domain.imports import Import, ImportRow, RowOutcome
from booking.domain.staff import Staff
from booking.services.bringing_in import locked
from booking.services.people_rows import read_person, written_over
from booking.services.row_files import Row
from booking.storage import audit, imports, job_seekers
from booking.storage.database import Database, Tx


class Answer(StrEnum):
    """What somebody says of a row that was set aside."""

    SAME = "same"
    OTHER = "other"
    LEAVE = "leave"


async def answer(
    db: Database,
    import_id: UUID,
    line: int,
    what: Answer,
    *,
    job_seeker_id: UUID | None = None,
    by: Staff,
    now: datetime,
) -> None:
    """Settle a row that was set aside: somebody known, who is as the list says from now on; somebody else; nobody.

    Raises :class:`InvalidField` for who is not a candidate, :class:`NameTaken`, :class:`NotFound`, also for a row that
    is settled already, :class:`ImportUnderWay` before the list is written.
    """
    async with db.transaction() as tx:
        order = await locked(tx, import_id, by, now)
        if order.is_dry_run or order.is_under_way:
            raise ImportUnderWay(import_id=import_id)
        row = await imports.row(tx, import_id, line)
        if row.outcome is not RowOutcome.SET_ASIDE:
            raise NotFound(import_id=import_id, line=line)
        outcome = RowOutcome.LEFT_OUT
        if what is not Answer.LEAVE:
            outcome = await _write(tx, order, row, what, job_seeker_id, by, now)
        await imports.forget_rows(tx, import_id, line)
        counts = {**order.counts, outcome: order.count(outcome) + 1}
        counts[RowOutcome.SET_ASIDE] = order.count(RowOutcome.SET_ASIDE) - 1
        await imports.change(tx, replace(order, counts=counts))


async def _write(
    tx: Tx, order: Import, row: ImportRow, what: Answer, job_seeker_id: UUID | None, by: Staff, now: datetime
) -> RowOutcome:
    said = read_person(Row(row.line, dict(row.cells)), order.columns, order.agency_id, now).person
    if said is None:
        raise NotFound(import_id=order.id, line=row.line)
    if what is Answer.OTHER:
        await job_seekers.add(tx, said)
        await audit.record(tx, by, "imported", "job_seeker", said.id, now, order.agency_id)
        return RowOutcome.NEW
    if job_seeker_id is None:
        raise InvalidField(fields={"job_seeker_id": "required"})
    known = await job_seekers.load(tx, job_seeker_id, for_update=True)
    if known.agency_id != order.agency_id:
        raise NotFound(job_seeker_id=job_seeker_id)
    after = written_over(known, said)
    if after == known:
        return RowOutcome.UNCHANGED
    await job_seekers.change(tx, replace(after, version=known.version + 1, changed_at=now))
    await audit.record(tx, by, "imported", "job_seeker", known.id, now, order.agency_id)
    return RowOutcome.CHANGED
