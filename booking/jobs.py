"""The clock's door: APScheduler beats, each beat makes the world right as it is now, and forgets.

Truth is in the outbox. A beat may come never, once or twice, in any number of processes at once.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from booking.delivery.deliveries import Deliveries
from booking.delivery.mailbox import Mailbox
from booking.delivery.webhooks import Receivers
from booking.domain.origins import CLOCK, come
from booking.domain.sites import Site
from booking.services import (
    calendar_refreshes,
    calling,
    counting,
    credit,
    draining,
    exporting,
    forgetting_evidence,
    importing,
    lapsing,
    making_up,
    phases,
    receipts,
    recents,
    reconciling,
    referral_silence,
    releasing,
    reply_rounds,
    retention,
    scheduling,
    sealing,
    sign_ins,
    staff_planning,
    sweeping,
    telling,
    ticking,
    told,
    understanding,
    working_off,
)
from booking.services.calendar_copies import Copier
from booking.services.calling import Caller
from booking.services.restoring import ERASURES_FILE, Journal
from booking.services.watching import Watch
from booking.storage.database import Database

WAKE_SECONDS = 2
SET_SECONDS = 5  # a clock that is corrected by less was only drifting
LONGEST_DRAIN = 20.0
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Tick:
    """What is done every so many seconds."""

    name: str
    seconds: int
    work: Callable[[Database, datetime], Awaitable[int]]


async def _reconcile(db: Database, now: datetime) -> int:
    return (await reconciling.reconcile(db, now)).count


async def _reap(deliveries: Deliveries, db: Database, now: datetime) -> int:
    return await sweeping.reap(db, now, deliveries)


TICKS = (
    Tick("reap", 10, sweeping.reap),
    Tick("sweep", 15, sweeping.sweep),
    Tick("reconcile", 60, _reconcile),
    Tick("close_over", 60, scheduling.close_over),
    Tick("make_ups", 60, making_up.end_over),
    Tick("phases", 60, phases.carry_out),
    Tick("release", 30, releasing.release_due),
    Tick("lapse", 15, lapsing.end_due),
    Tick("serve", 60, lapsing.serve_waiting),
    Tick("leave", 60, lapsing.end_pointless),
    Tick("webhooks", 5, telling.tell),
    Tick("figures", 5, counting.follow),
    Tick("staff_mails", 60, staff_planning.plan_due),
    Tick("referrals", 60, referral_silence.look),
    Tick("sent_texts", 3600, told.forget),
    Tick("evidence", 3600, forgetting_evidence.forget),
    Tick("old_batches", 600, working_off.forget_expired),
    Tick("sign_ins", 3600, sign_ins.forget),
    Tick("recent_people", 3600, recents.forget),
    Tick("old_exports", 600, exporting.forget_expired),
    Tick("old_imports", 600, importing.forget_expired),
)
RECORDED_EVERY = 10.0


class Jobs:
    """The jobs of this process; see :func:`running`."""

    def __init__(
        self,
        db: Database,
        deliveries: Deliveries,
        site: Site,
        receivers: Receivers,
        replies: Mailbox | None,
        heads: Path | None,
    ) -> None:
        self._db, self._deliveries, self._site = db, deliveries, site
        self._caller = Caller(receivers, site.secret)
        reaping = partial(_reap, deliveries)
        copying = calendar_refreshes.refreshing(Copier.usual(are_local=receivers.are_local))
        journal = heads.with_name(ERASURES_FILE) if heads else None
        asked = (Tick("credit", 600, lambda db, now: credit.ask(db, deliveries, now)),)
        answered = (Tick("replies", 60, reply_rounds.reading(replies, site)),) if replies else ()
        self._ticks = (
            *(replace(tick, work=reaping) if tick.name == "reap" else tick for tick in TICKS),
            Tick("entries", 600, lambda db, now: scheduling.refresh_entries(db, site, now)),
            Tick("calendars", 60, copying),
            Tick("receipts", 60, lambda db, now: receipts.apply_all(db, now, site=site)),
            Tick("sms_answers", 20, lambda db, now: understanding.read_all(db, now, site=site)),
            Tick("forget_texts", 3600, understanding.forget_old),
            Tick("erasures", 60, Journal(site, journal).carry_on),
            Tick("retention", 3600, lambda db, now: retention.run_daily(db, site, now)),
            Tick("seal", 5, lambda db, now: sealing.seal(db, now, site=site)),
            Tick("watch", 30, Watch(site, heads).look),
            Tick("imports", 5, self._bring_in),
            Tick("exports", 5, self._export),
            Tick("batches", 3, self._work_off),
            *answered,
            *(asked if credit.is_told(deliveries) else ()),
        )
        self._bell, self._closing = asyncio.Event(), asyncio.Event()
        self._at_work: set[asyncio.Task[Any]] = set()
        self._scheduler = _metronome()
        self._recorded_at = 0.0

    def wake(self) -> None:
        """Something may be due now: the sender looks at once."""
        self._bell.set()

    def start(self) -> None:
        """Begin to beat; the first look is at once."""
        self._scheduler.add_job(self._ring, "interval", seconds=WAKE_SECONDS, jitter=1, id="wake")
        for tick in self._ticks:
            every = {"seconds": tick.seconds, "jitter": tick.seconds // 5, "next_run_time": datetime.now(UTC)}
            self._scheduler.add_job(self._tick, "interval", args=[tick], id=tick.name, **every)
        self._sender = asyncio.create_task(self._send(), name="sender")
        self._telephone = asyncio.create_task(self._call(), name="telephone")
        self._watchmaker = asyncio.create_task(self._watch_clock(), name="watchmaker")
        self._scheduler.start()
        self.wake()

    async def stop(self) -> None:
        """Begin nothing more, and let what is under way end; what does not end in time is picked up later."""
        self._closing.set()
        self._scheduler.pause()
        self.wake()
        under_way = {self._sender, self._telephone, self._watchmaker, *self._at_work}
        _, unfinished = await asyncio.wait(under_way, timeout=LONGEST_DRAIN)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
        self._scheduler.shutdown()
        # The scheduler ends itself by a callback of the loop.
        await asyncio.sleep(0)

    @property
    def _is_closing(self) -> bool:
        return self._closing.is_set()

    async def _ring(self) -> None:
        self._bell.set()

    async def _tick(self, tick: Tick) -> None:
        come(CLOCK)
        task = asyncio.current_task()
        assert task is not None
        self._at_work.add(task)
        try:
            await ticking.record(self._db, tick.name, tick.work)
        except Exception:
            log.exception("tick failed", tick=tick.name)
        finally:
            self._at_work.discard(task)

    async def _send(self) -> None:
        come(CLOCK)
        while True:
            await self._bell.wait()
            if self._is_closing:
                return
            self._bell.clear()
            try:
                await self._send_all()
            except Exception:
                log.exception("sending failed")

    async def _send_all(self) -> None:
        """Until nothing is due; written down at most every ten seconds, because an idle look writes nothing."""
        clock = asyncio.get_running_loop().time
        if self._recorded_at and clock() - self._recorded_at < RECORDED_EVERY:
            await self._drain(self._db, await self._db.now())
        else:
            await ticking.record(self._db, "send", self._drain)
            self._recorded_at = clock()

    async def _call(self) -> None:
        """Programs that are slow to answer keep no message waiting: they have a task of their own."""
        come(CLOCK)
        while not self._is_closing:
            try:
                called = await calling.call_due(self._db, self._caller, await self._db.now())
            except Exception:
                log.exception("calling failed")
                called = 0
            if not called:
                await self._pause()

    async def _pause(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), WAKE_SECONDS)

    async def _watch_clock(self) -> None:
        """Beat at once when the clock of this machine is set: back, the scheduler would wait for the old hour."""
        before = _set_to()
        while not self._is_closing:
            await self._pause()
            by = _set_to() - before
            if abs(by) > SET_SECONDS:
                before += by
                log.warning("clock was set", seconds=round(by))
                for beat in self._scheduler.get_jobs():
                    beat.modify(next_run_time=datetime.now(UTC))

    async def _export(self, db: Database, now: datetime) -> int:
        return await exporting.make_due(db, now, site=self._site, is_over=self._closing.is_set)

    async def _bring_in(self, db: Database, now: datetime) -> int:
        return await importing.bring_in_due(db, now, site=self._site, is_over=self._closing.is_set)

    async def _work_off(self, db: Database, now: datetime) -> int:
        return await working_off.work_off_due(db, now, site=self._site, is_over=self._closing.is_set)

    async def _drain(self, db: Database, now: datetime) -> int:
        return await draining.drain(db, self._deliveries, now, site=self._site, is_over=self._closing.is_set)


def _set_to() -> float:
    """The clock of this machine, beside the one that nobody sets."""
    return datetime.now(UTC).timestamp() - time.monotonic()


def _metronome() -> AsyncIOScheduler:
    defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=defaults)
    scheduler.add_listener(_note, EVENT_JOB_ERROR | EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
    return scheduler


def _note(event: Any) -> None:
    log.warning("beat skipped or failed", job=event.job_id, error=str(getattr(event, "exception", None) or ""))


@asynccontextmanager
async def running(
    db: Database,
    deliveries: Deliveries,
    site: Site,
    receivers: Receivers | None = None,
    replies: Mailbox | None = None,
    heads: Path | None = None,
) -> AsyncIterator[Jobs]:
    """Send, sweep, reap, reconcile, close sessions and release contingents for as long as the block lasts; then drain.

    Programs are called on the public Internet unless there are other receivers. Calendars answer to the mailbox of
    ``replies``, if there is one. The heads of the audit are kept in the file ``heads``, and who was erased
    in one beside it.

    Neither the database nor the deliveries are closed.
    """
    jobs = Jobs(db, deliveries, site, receivers or Receivers(), replies, heads)
    jobs.start()
    try:
        yield jobs
    finally:
        await jobs.stop()
