"""What a network has decided about how long it keeps things, and what went by itself day after day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from booking.domain.retention import Delays, Rule
from booking.storage.database import Tx
from booking.storage.idempotency import INSERT
from booking.storage.shapes import columns, made
from booking.storage.tables import retention_delays, retention_runs

# Who began and vanished is followed by somebody else after this.
PATIENCE = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What went on one day, by rule; without an end it is under way, or was cut short."""

    on_day: date
    started_at: datetime
    finished_at: datetime | None
    counts: dict[str, int]


async def delays(tx: Tx) -> Delays:
    """What was decided."""
    return Delays({row.rule: row.days for row in await tx.rows(select(retention_delays))})


async def decide(tx: Tx, delays: Delays, by: UUID, now: datetime) -> None:
    """Write what is decided."""
    for rule, days in delays.days.items():
        new: dict[str, Any] = {"days": days, "changed_at": now, "changed_by": by}
        row = INSERT[tx.dialect](retention_delays).values(rule=Rule(rule), **new)
        await tx.run(row.on_conflict_do_update(index_elements=["rule"], set_=new))


async def begin(tx: Tx, on_day: date, now: datetime) -> bool:
    """Take this day's run; False when it is done, or somebody else is at it."""
    new = INSERT[tx.dialect](retention_runs).values(on_day=on_day, started_at=now, counts={})
    if await tx.run(new.on_conflict_do_nothing()):
        return True
    c = retention_runs.c
    lost = update(retention_runs).where(c.on_day == on_day, c.finished_at.is_(None), c.started_at <= now - PATIENCE)
    return bool(await tx.run(lost.values(started_at=now)))


async def note(tx: Tx, on_day: date, counts: dict[str, int], now: datetime, *, is_over: bool) -> None:
    """What has gone so far; writing it says too that somebody is still at it."""
    at = {"finished_at": now} if is_over else {"started_at": now}
    await tx.run(update(retention_runs).where(retention_runs.c.on_day == on_day).values(counts=counts, **at))


async def last(tx: Tx, most: int) -> list[Run]:
    """The last runs, the latest first."""
    found = select(*columns(Run, retention_runs)).order_by(retention_runs.c.on_day.desc()).limit(most)
    return [made(Run, row) for row in await tx.rows(found)]
