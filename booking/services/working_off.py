"""Many things are done one after the other, each in a transaction of its own that notes it too: none is done twice."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import structlog

from booking.domain.batches import MOST_TRIES, Batch, BatchLine, BatchState, LineOutcome
from booking.domain.errors import NotAllowed, Refused
from booking.domain.sites import Site
from booking.domain.staff import Staff
from booking.services.batch_deeds import DEEDS, UNDOING, Doing
from booking.services.long_works import Clock, GivenUp, work_off
from booking.storage import batches, staff
from booking.storage.constraints import Contended, Unavailable
from booking.storage.database import Database, Tx, again_when_contended

BROKE = "broke"
log = structlog.get_logger()


@dataclass(slots=True)
class _Noting:
    """The database as a deed sees it: what it writes is kept only with the note that it was done."""

    inner: Database
    note: Callable[[Tx], Awaitable[None]]

    @property
    def dialect(self) -> str:
        return self.inner.dialect

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        async with self.inner.transaction() as tx:
            yield tx
            await self.note(tx)

    def at_once(self) -> AbstractAsyncContextManager[Tx]:
        # Only that something was looked at is written so; no deed is.
        return self.inner.at_once()

    def reading(self) -> AbstractAsyncContextManager[Tx]:
        return self.inner.reading()

    def snapshot(self) -> AbstractAsyncContextManager[Tx]:
        return self.inner.snapshot()

    async def now(self) -> datetime:
        return await self.inner.now()

    async def close(self) -> None:
        await self.inner.close()


@dataclass(slots=True)
class _Work:
    """One batch in one worker's hands; time goes on from the moment at which it was claimed."""

    db: Database
    site: Site
    batch: Batch
    token: UUID
    clock: Clock

    @property
    def now(self) -> datetime:
        return self.clock.now

    async def settle(self, state: BatchState, **known: object) -> None:
        async with self.db.transaction() as tx:
            await batches.settle(tx, self.batch.id, self.token, state, self.now, **known)


async def work_off_due(
    db: Database, now: datetime, *, site: Site, only: UUID | None = None, is_over: Callable[[], bool] = lambda: False
) -> int:
    """Do what waits, or ``only`` this batch; returns how many came to their end."""
    return await work_off(lambda at: _claim(db, site, at, only), lambda work: _try(work, is_over), now, is_over)


@again_when_contended
async def _claim(db: Database, site: Site, now: datetime, only: UUID | None) -> _Work | None:
    async with db.reading() as tx:
        if not await batches.is_due(tx, now):
            return None
    token = uuid4()
    async with db.transaction() as tx:
        batch = await batches.claim(tx, now, token, only)
    return _Work(db, site, batch, token, Clock(now)) if batch else None


async def _try(work: _Work, is_over: Callable[[], bool]) -> bool:
    """Whether it came to its end; what fails again and again is left alone, with what is done of it."""
    if work.batch.tries > MOST_TRIES:
        await work.settle(BatchState.FAILED, trouble=BROKE)
        return False
    try:
        is_done = await _work_off(work, is_over)
    except GivenUp:
        return False
    except NotAllowed as refusal:
        await work.settle(BatchState.FAILED, trouble=refusal.code())
        return False
    except Exception:
        log.exception("batch broke", of=str(work.batch.id))
        is_last = work.batch.tries >= MOST_TRIES
        await work.settle(BatchState.FAILED if is_last else BatchState.WAITING, trouble=BROKE if is_last else "")
        return False
    if not is_done:
        await work.settle(BatchState.WAITING, tries=work.batch.tries - 1)  # to go was no failure of the batch
        return False
    await work.settle(BatchState.DONE)
    return True


async def _work_off(work: _Work, is_over: Callable[[], bool]) -> bool:
    """False when the worker has to go before the end. Each line as whoever asked for it, with the rights of now."""
    async with work.db.reading() as tx:
        by = await staff.load(tx, work.batch.asked_by, work.now)
        lines = await batches.lines(tx, work.batch.id, [LineOutcome.WAITING])
    if by is None:
        raise NotAllowed
    for line in reversed(lines) if work.batch.goes_backwards else lines:
        if is_over():
            return False
        await _do(work, line, by)
    return True


async def _do(work: _Work, line: BatchLine, by: Staff) -> None:
    is_noted = False

    async def note(tx: Tx) -> None:
        nonlocal is_noted
        await _settle(tx, work, line, LineOutcome.DONE, kept=doing.kept)
        is_noted = True

    doing = Doing(
        db=_Noting(work.db, note),
        subject_id=line.subject_id,
        told=work.batch.told,
        undo=line.kept,
        by=by,
        site=work.site,
        now=work.now,
    )
    try:
        await (UNDOING if work.batch.undoes else DEEDS)[work.batch.deed](doing)
    except (GivenUp, Unavailable, Contended):
        raise
    except Refused as refusal:
        fields = dict(refusal.facts.get("fields", {}))
        await _leave(work, line, LineOutcome.REFUSED, why=refusal.code(), fields=fields)
    except Exception:
        # One that breaks must not stop the others.
        log.exception("line broke", of=str(line.batch_id), number=line.number)
        await _leave(work, line, LineOutcome.REFUSED, why=BROKE)
    else:
        if not is_noted:
            await _leave(work, line, LineOutcome.SAME)


@again_when_contended
async def _leave(work: _Work, line: BatchLine, outcome: LineOutcome, **known: object) -> None:
    """Note a line with which nothing was done."""
    async with work.db.transaction() as tx:
        await _settle(tx, work, line, outcome, **known)


async def _settle(tx: Tx, work: _Work, line: BatchLine, outcome: LineOutcome, **known: object) -> None:
    if not await batches.settle_line(tx, line, work.token, work.now, outcome, **known):
        raise GivenUp


async def forget_expired(db: Database, now: datetime) -> int:
    """Batches live for some days; returns how many went."""
    async with db.transaction() as tx:
        return await batches.remove_expired(tx, now)
