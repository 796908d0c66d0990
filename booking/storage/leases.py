"""Long work that one worker at a time has in hand, for as long as he says that he is still there.

A table of such work has ``state`` (waiting, running, and how it ended), ``tries``, ``lease_token``, ``lease_until``,
``created_at``, ``expires_at`` and ``settled_at``.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Table, or_, select, update

from booking.storage.database import Tx

WAITING, RUNNING = "waiting", "running"
FREED = {"lease_token": None, "lease_until": None}


async def is_due(tx: Tx, table: Table, now: datetime) -> bool:
    """Whether anything is to be done; a look costs next to nothing."""
    return await tx.value(select(table.c.id).where(*_due(table, now)).limit(1)) is not None


async def claim(
    tx: Tx,
    table: Table,
    token: UUID,
    lease: timedelta,
    now: datetime,
    begun: Mapping[str, Any],
    told: Sequence[Any],
    only: UUID | None = None,
) -> Row[Any] | None:
    """Take what waits for longest, or was left by a worker that vanished; or ``only`` this. ``told`` are columns."""
    this = [table.c.id == only] if only else []
    due = select(table.c.id).where(*_due(table, now), *this).order_by(table.c.created_at, table.c.id).limit(1)
    found = due.with_for_update(skip_locked=True).cte("due")
    leased = update(table).where(table.c.id.in_(select(found.c.id)))
    new = {"state": RUNNING, "tries": table.c.tries + 1, "lease_token": token, "lease_until": now + lease}
    return await tx.row(leased.values(**new, **begun).returning(*told))


async def progress(tx: Tx, table: Table, id: UUID, token: UUID, lease: timedelta, now: datetime, **known: Any) -> bool:
    """Say how far it is, and that one is still there; False where somebody gave it up, or another worker has it."""
    this = update(table).where(*_mine(table, id, token))
    return bool(await tx.run(this.values(lease_until=now + lease, **known)))


async def settle(
    tx: Tx, table: Table, id: UUID, token: UUID, state: str, ended_at: datetime | None, **known: Any
) -> bool:
    """How it ended, or that it goes back to those that wait; False for a worker come too late."""
    this = update(table).where(*_mine(table, id, token))
    return bool(await tx.run(this.values(state=state, settled_at=ended_at, **FREED, **known)))


def _due(table: Table, now: datetime) -> tuple[Any, ...]:
    free = or_(table.c.lease_until.is_(None), table.c.lease_until <= now)
    return table.c.state.in_((WAITING, RUNNING)), free, table.c.expires_at > now


def _mine(table: Table, id: UUID, token: UUID) -> tuple[Any, ...]:
    return table.c.id == id, table.c.lease_token == token, table.c.state == RUNNING
