"""Lists are tried and written beside, a step at a time; what a worker that vanished has left, another goes on with."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID, uuid4

import structlog

from booking.domain.errors import NameTaken, NotAllowed, Refused
from booking.domain.imports import MOST_TRIES, Import, ImportRow, ImportState, ListKind, RowOutcome, RowRemark
from booking.domain.sites import Site
from booking.domain.staff import Staff
from booking.services.history_imports import HistoryImport
from booking.services.long_works import Clock, GivenUp, work_off
from booking.services.people_imports import PeopleImport
from booking.services.row_files import Row, read
from booking.storage import imports, staff
from booking.storage.database import Database, Tx, again_when_contended

log = structlog.get_logger()
Step = Sequence[Row]


Written = tuple[Counter[RowOutcome], list[ImportRow]]


class Bringing(Protocol):
    """How the rows of one kind of list are brought in."""

    async def begin(self, db: Database, rows: Sequence[Row]) -> Sequence[Step]:
        """Look what is there; returns the rows in steps, always the same."""

    async def judge(self, step: Step) -> Sequence[Any]:
        """What these rows mean, one after the other."""

    async def write(self, tx: Tx, judged: Sequence[Any]) -> Written:
        """Write them; returns how many came out how, and the rows that somebody should look at."""


class _DryRun(Exception):
    """Nothing of this is kept."""


@dataclass(slots=True)
class _Work:
    """One list in one worker's hands; time goes on from the moment at which it was claimed."""

    db: Database
    site: Site
    order: Import
    token: UUID
    clock: Clock
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def now(self) -> datetime:
        return self.clock.now

    async def settle(self, state: ImportState, **known: Any) -> None:
        async with self.db.transaction() as tx:
            await imports.settle(tx, self.order.id, self.token, state, self.now, **known)


async def bring_in_due(
    db: Database, now: datetime, *, site: Site, only: UUID | None = None, is_over: Callable[[], bool] = lambda: False
) -> int:
    """Try or write the lists that wait, or ``only`` this one; returns how many came to their end."""
    return await work_off(lambda at: _claim(db, site, at, only), lambda work: _try(work, is_over), now, is_over)


@again_when_contended
async def _claim(db: Database, site: Site, now: datetime, only: UUID | None) -> _Work | None:
    async with db.reading() as tx:
        if not await imports.is_due(tx, now):
            return None
    token = uuid4()
    async with db.transaction() as tx:
        order = await imports.claim(tx, now, token, only)
    return _Work(db, site, order, token, Clock(now), Counter(order.counts)) if order else None


async def _try(work: _Work, is_over: Callable[[], bool]) -> bool:
    """Whether it came to its end; what fails again and again is left alone, with what is written of it."""
    if work.order.tries > MOST_TRIES:
        await work.settle(ImportState.FAILED, trouble="broke")
        return False
    try:
        is_done = await _bring_in(work, is_over)
    except GivenUp:
        return False
    except Refused as refusal:
        await work.settle(ImportState.FAILED, trouble=refusal.code())
        return False
    except Exception:
        log.exception("import broke", of=str(work.order.id))
        is_last = work.order.tries >= MOST_TRIES
        await work.settle(ImportState.FAILED if is_last else ImportState.WAITING, trouble="broke" if is_last else "")
        return False
    if not is_done:
        await work.settle(ImportState.WAITING, tries=work.order.tries - 1)  # to go was no failure of the list
        return False
    await work.settle(ImportState.CHECKED if work.order.is_dry_run else ImportState.DONE)
    return True


async def _bring_in(work: _Work, is_over: Callable[[], bool]) -> bool:
    """False when the worker has to go before the end."""
    bringing = await _bringing(work)
    async with work.db.reading() as tx:
        content = await imports.content(tx, work.order.id)
    file = await asyncio.to_thread(read, content)
    done = 0
    for step in await bringing.begin(work.db, file.rows):
        if is_over():
            return False
        judged = await bringing.judge(step)
        done += len(step)
        # What was written before a stop is not written again.
        if done > work.order.rows_done:
            await _write(work, bringing, step, judged, done)
        await asyncio.sleep(0)
    return True


async def _bringing(work: _Work) -> Bringing:
    """As whoever asked for it, with the rights that he has now."""
    async with work.db.reading() as tx:
        by: Staff | None = await staff.load(tx, work.order.asked_by, work.now)
    if by is None:
        raise NotAllowed
    if work.order.kind is ListKind.PEOPLE:
        return PeopleImport(work.order, by, work.now)
    return HistoryImport(work.order, by, work.site, work.now)


async def _write(work: _Work, bringing: Bringing, step: Step, judged: Sequence[Any], done: int) -> None:
    try:
        await _write_step(work, bringing, judged, done)
    except NameTaken:
        # Somebody was registered with one of these identifiers meanwhile: this row is refused, the others are not.
        for number, one in enumerate(judged, start=done - len(step) + 1):
            await _write_one(work, bringing, one, number)


async def _write_one(work: _Work, bringing: Bringing, one: Any, done: int) -> None:
    try:
        await _write_step(work, bringing, [one], done)
    except NameTaken:
        remark = RowRemark(work.order.columns.get("identifier", ""), "identifier-taken")
        row: Row = one.read.row
        known = {"import_id": work.order.id, "line": row.line, "cells": row.cells}
        async with work.db.transaction() as tx:
            refused = [ImportRow(**known, outcome=RowOutcome.REFUSED, remarks=(remark,))]
            counts = await _note(tx, work, done, Counter({RowOutcome.REFUSED: 1}), refused)
        work.counts = counts


@again_when_contended
async def _write_step(work: _Work, bringing: Bringing, judged: Sequence[Any], done: int) -> None:
    """In one transaction: the rows, what is to be looked at, and how far it is; so nothing is written twice."""
    if work.order.is_dry_run:
        outcomes, kept = await _tried(work, bringing, judged)
        async with work.db.transaction() as tx:
            counts = await _note(tx, work, done, outcomes, kept)
    else:
        async with work.db.transaction() as tx:
            outcomes, kept = await bringing.write(tx, judged)
            counts = await _note(tx, work, done, outcomes, kept)
    work.counts = counts


async def _tried(work: _Work, bringing: Bringing, judged: Sequence[Any]) -> Written:
    """What would become of them: written, and taken back."""
    found: Written | None = None
    with suppress(_DryRun):
        async with work.db.transaction() as tx:
            found = await bringing.write(tx, judged)
            raise _DryRun
    assert found is not None
    return found


async def _note(tx: Tx, work: _Work, done: int, outcomes: Counter[RowOutcome], kept: list[ImportRow]) -> Counter[str]:
    counts = work.counts + Counter({outcome.value: n for outcome, n in outcomes.items()})
    if not await imports.progress(tx, work.order.id, work.token, work.now, done, counts):
        raise GivenUp
    await imports.keep_rows(tx, kept)
    return counts


async def forget_expired(db: Database, now: datetime) -> int:
    """Lists live for some days; returns how many went."""
    async with db.transaction() as tx:
        over = await imports.expired(tx, now)
        for id in over:
            await imports.remove(tx, id)
    return len(over)
