"""Who did what to what, and who looked; written in the transaction of the deed itself, and never changed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, insert, select

from booking.domain.origins import here
from booking.domain.staff import Staff
from booking.storage.database import Database, Tx
from booking.storage.driving import hot
from booking.storage.tables import audit

SAW = "saw"
# Who looks again within this time is not written down again.
A_LOOK = timedelta(minutes=1)

_LINE = hot(insert(audit))
_COLUMNS = [column for column in audit.columns if column.name != "id"]
_A_LOOK = insert(audit).from_select(
    [column.name for column in _COLUMNS],
    select(*(bindparam(f"new_{column.name}", type_=column.type) for column in _COLUMNS)).where(
        ~select(1)
        .where(
            audit.c.noun_id == bindparam("new_noun_id", type_=audit.c.noun_id.type),
            audit.c.noun == bindparam("new_noun", type_=audit.c.noun.type),
            audit.c.staff_id == bindparam("new_staff_id", type_=audit.c.staff_id.type),
            audit.c.action == SAW,
            audit.c.at > bindparam("since", type_=audit.c.at.type),
        )
        .exists()
    ),
)


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
    await tx.run(_LINE, _line(by, action, noun, noun_id, now, agency_id, details))


async def record_all(
    tx: Tx,
    by: Staff | None,
    action: str,
    noun: str,
    noun_ids: Iterable[UUID],
    now: datetime,
    agency_id: UUID | None = None,
) -> None:
    """A line for each, where one deed touched many."""
    lines = [_line(by, action, noun, noun_id, now, agency_id, {}) for noun_id in noun_ids]
    if lines:
        await tx.run(insert(audit), lines)


async def saw(
    db: Database, by: Staff, noun: str, noun_id: UUID, now: datetime, agency_id: UUID | None = None, **details: Any
) -> None:
    """Somebody looked at something that is private; looking again within a minute is the same look."""
    line = _line(by, SAW, noun, noun_id, now, agency_id, details)
    async with db.at_once() as tx:
        await tx.run(_A_LOOK, {f"new_{name}": value for name, value in line.items()} | {"since": now - A_LOOK})


async def latest(tx: Tx, action: str, noun_id: UUID) -> Row[Any] | None:
    """The last line of this action on this thing: ``at``, ``staff_id``, ``details``."""
    lines = select(audit.c.at, audit.c.staff_id, audit.c.details).where(
        audit.c.noun_id == noun_id, audit.c.action == action
    )
    return await tx.row(lines.order_by(audit.c.id.desc()).limit(1))


def origin() -> dict[str, str | None]:
    """Where the deed comes from, by the names of the columns."""
    found = here()
    return {"via": found.via.value, "place": found.place, "sign_in": found.sign_in}


def _line(
    by: Staff | None,
    action: str,
    noun: str,
    noun_id: UUID,
    now: datetime,
    agency_id: UUID | None,
    details: dict[str, Any],
) -> dict[str, Any]:
    return {
        "at": now,
        "staff_id": by.id if by else None,
        "agency_id": agency_id,
        "action": action,
        "noun": noun,
        "noun_id": noun_id,
        **origin(),
        "details": details,
    }
