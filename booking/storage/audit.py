"""Who did what to what; written in the transaction of the deed itself."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select

from booking.domain.staff import Staff
from booking.storage.database import Tx
from booking.storage.driving import hot
from booking.storage.tables import audit

_LINE = hot(insert(audit))


async def record(
    tx: Tx,
    by: Staff | None,
    action: str,
    noun: str,
    noun_id: UUID,
    now: datetime,
    agency_id: UUID | None = None,
    **details: Any,
) -> None:
    """One line; ``by`` is None for what the clock did."""
    line = {
        "at": now,
        "staff_id": by.id if by else None,
        "agency_id": agency_id,
        "action": action,
        "noun": noun,
        "noun_id": noun_id,
        "details": details,
    }
    await tx.run(_LINE, line)


async def record_all(tx: Tx, by: Staff | None, action: str, noun: str, noun_ids: Iterable[UUID], now: datetime) -> None:
    """A line for each, where one deed touched many."""
    same = {"at": now, "staff_id": by.id if by else None, "agency_id": None, "action": action, "noun": noun}
    lines = [{**same, "noun_id": noun_id, "details": {}} for noun_id in noun_ids]
    if lines:
        await tx.run(insert(audit), lines)


async def latest(tx: Tx, action: str, noun_id: UUID) -> Row[Any] | None:
    """The last line of this action on this thing: ``at``, ``staff_id``, ``details``."""
    lines = select(audit.c.at, audit.c.staff_id, audit.c.details).where(
        audit.c.noun_id == noun_id, audit.c.action == action
    )
    return await tx.row(lines.order_by(audit.c.id.desc()).limit(1))
