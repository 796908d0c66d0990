"""Each beat of the clock leaves a trace, and the traces say whether everything still beats."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from booking.services import providers
from booking.services.providers import Provider
from booking.storage import invitations, outbox, partner_messages, seals, staff_messages, ticks
from booking.storage.database import Database

NAMES = (
    "send",
    "sweep",
    "reap",
    "reconcile",
    "close_over",
    "make_ups",
    "phases",
    "release",
    "lapse",
    "serve",
    "leave",
    "webhooks",
    "figures",
    "staff_mails",
    "referrals",
    "calendars",
    "entries",
    "receipts",
    "sms_answers",
    "forget_texts",
    "evidence",
    "sent_texts",
    "erasures",
    "retention",
    "seal",
    "watch",
    "exports",
    "old_exports",
    "imports",
    "old_imports",
    "batches",
    "old_batches",
)
LATE = timedelta(minutes=10)
# What runs every ten minutes is late after three rounds.
LATE_AFTER = {
    "forget_texts": timedelta(hours=3),
    "evidence": timedelta(hours=3),
    "sent_texts": timedelta(hours=3),
    "retention": timedelta(hours=3),
    "entries": timedelta(minutes=30),
    "old_exports": timedelta(minutes=30),
    # A very long file takes some minutes.
    "exports": timedelta(hours=1),
    "old_imports": timedelta(minutes=30),
    "imports": timedelta(hours=1),
    "old_batches": timedelta(minutes=30),
    # Five hundred sessions take a minute or two.
    "batches": timedelta(hours=1),
}


@dataclass(frozen=True, slots=True)
class Tick:
    """The last run of a job in any process; ``finished_at`` is when it last ended well, having met so many rows."""

    started_at: datetime
    finished_at: datetime | None
    error: str | None
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Health:
    """``overdue_since`` is when the longest-waiting message, invitation or mail to staff or partners should have left.

    ``silent`` are jobs that stopped, or that have only failed for a while; ``is_late`` is more than ten minutes;
    ``stopped`` are the providers by which nothing leaves; with ``is_tampered`` the audit is not as it was written.
    """

    ticks: dict[str, Tick]
    silent: tuple[str, ...]
    overdue_since: datetime | None
    is_late: bool
    stopped: tuple[Provider, ...] = ()
    is_tampered: bool = False

    @property
    def is_well(self) -> bool:
        """Nothing stopped, nobody waits too long, and nobody meddled with the audit."""
        return not (self.silent or self.is_late or self.stopped or self.is_tampered)


async def record(db: Database, name: str, work: Callable[[Database, datetime], Awaitable[int]]) -> int:
    """Do the work of a tick and write when it ran and how it ended; returns the rows it met.

    Raises whatever the work raises, after that is written too.
    """
    now = await db.now()
    async with db.transaction() as tx:
        await ticks.started(tx, name, now)
    try:
        rows = await work(db, now)
    except Exception as failure:
        await _finish(db, name, 0, f"{type(failure).__name__}: {failure}"[:500])
        raise
    await _finish(db, name, rows, None)
    return rows


async def _finish(db: Database, name: str, rows: int, error: str | None) -> None:
    now = await db.now()
    async with db.transaction() as tx:
        await ticks.finished(tx, name, now, rows, error)


async def health(db: Database, now: datetime, *, sends_mail: bool = True) -> Health:
    """Whether every job ran well within ten minutes, and no message waits longer than that.

    Where no mail is sent, invitations and mails to staff wait for the day when some is, and nobody is told.
    """
    async with db.reading() as tx:
        last = {name: Tick(*tick) for name, tick in (await ticks.last(tx)).items()}
        stopped = tuple(one for one in await providers.found(tx, now) if one.is_stopped)
        is_tampered = bool(await seals.known_faults(tx, 1))
        oldest = [await outbox.oldest_overdue(tx)]
        if sends_mail:
            queues = (invitations, staff_messages, partner_messages)
            oldest += [await one.due_since(tx, now) for one in queues]
    silent = tuple(name for name in NAMES if _is_silent(name, last.get(name), now))
    silent += tuple(name for name, tick in last.items() if name not in NAMES and _fails(name, tick, now))
    overdue_since = min((due_at for due_at in oldest if due_at and due_at < now), default=None)
    is_late = overdue_since is not None and overdue_since < now - LATE
    return Health(last, silent, overdue_since, is_late, stopped, is_tampered)


def _is_silent(name: str, tick: Tick | None, now: datetime) -> bool:
    return tick is None or tick.finished_at is None or tick.finished_at < now - LATE_AFTER.get(name, LATE)


def _fails(name: str, tick: Tick, now: datetime) -> bool:
    """Of a job that not every installation has: one that was given up stays silent, and nothing is wrong."""
    return bool(tick.error) and _is_silent(name, tick, now) and tick.started_at >= now - LATE
