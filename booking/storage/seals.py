"""The seals over the audit: how far it is sealed, what is next, and what stands under each seal."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, text

from booking.domain.seals import START, Fault, Head, Line, Seal
from booking.storage.audit_guards import SEALING
from booking.storage.database import Tx
from booking.storage.driving import hot
from booking.storage.idempotency import INSERT
from booking.storage.shapes import columns, made, values
from booking.storage.tables import audit, audit_faults, audit_seals

_LINE = columns(Line, audit)
_SEAL = columns(Seal, audit_seals, "seal_")
_AFTER, _MOST = bindparam("after", type_=audit.c.id.type), bindparam("most", type_=audit.c.id.type)
_NEXT = hot(
    select(*_LINE)
    .where(audit.c.id > _AFTER, audit.c.id <= bindparam("until", type_=audit.c.id.type))
    .order_by(audit.c.id)
    .limit(_MOST)
)
_PAIRS = hot(
    select(*_SEAL, *_LINE)
    .join_from(audit_seals, audit, audit.c.id == audit_seals.c.audit_id, isouter=True)
    .where(audit_seals.c.n > _AFTER)
    .order_by(audit_seals.c.n)
    .limit(_MOST)
)
_NEW = hot(insert(audit_seals))


async def be_alone(tx: Tx) -> bool:
    """Whether nobody else seals until this transaction ends; a file has one writer anyway."""
    mine = text(f"SELECT pg_try_advisory_xact_lock({SEALING.replace(', 1', ', 2')})")
    return tx.dialect != "postgresql" or bool(await tx.value(mine))


async def last_line(tx: Tx, patience_ms: int) -> int:
    """The last line with no other under way below it; raises :class:`LockTimeout` when somebody writes too long.

    Who wants to write meanwhile waits, so patience is short.
    """
    if tx.dialect == "postgresql":
        await tx.run(text(f"SET LOCAL lock_timeout = {patience_ms}"))
        await tx.value(text(f"SELECT pg_advisory_xact_lock({SEALING})"))
    return await tx.value(select(func.max(audit.c.id))) or 0


async def is_behind(tx: Tx) -> bool:
    """Whether there is a line after the last one under a seal; a look costs next to nothing."""
    last = await tx.value(select(func.max(audit.c.id))) or 0
    return last > (await head(tx))[1]


async def head(tx: Tx) -> tuple[Head, int]:
    """The last seal, and the last line under one."""
    row = await tx.row(select(*_SEAL).order_by(audit_seals.c.n.desc()).limit(1))
    return (Head(row.seal_n, row.seal_link), row.seal_audit_id) if row else (START, 0)


async def unsealed(tx: Tx, after: int, until: int, most: int) -> list[Line]:
    """The lines between two, by number."""
    return [made(Line, row) for row in await tx.rows(_NEXT, {"after": after, "until": until, "most": most})]


async def add(tx: Tx, seals: Sequence[Seal]) -> None:
    """Write seals."""
    if seals:
        await tx.run(_NEW, [values(seal, audit_seals) for seal in seals])


async def one(tx: Tx, n: int) -> Seal | None:
    """The seal of this number."""
    row = await tx.row(select(*_SEAL).where(audit_seals.c.n == n))
    return made(Seal, row, "seal_") if row else None


async def pairs(tx: Tx, after: int, most: int) -> list[tuple[Seal, Line | None]]:
    """Seals after this number, each with its line."""
    rows = await tx.rows(_PAIRS, {"after": after, "most": most})
    return [(made(Seal, row, "seal_"), made(Line, row) if row.id is not None else None) for row in rows]


async def without_seal(tx: Tx, after: int | None, until: int) -> list[int]:
    """The lines between two that no seal covers; ``after`` is None for the very first, whatever their numbers are."""
    covered = select(1).where(audit_seals.c.audit_id == audit.c.id).exists()
    found = select(audit.c.id).where(audit.c.id <= until, ~covered)
    found = found if after is None else found.where(audit.c.id > after)
    return [row.id for row in await tx.rows(found.order_by(audit.c.id))]


async def note_faults(tx: Tx, found: Sequence[Fault], now: datetime) -> None:
    """Write what was found; what is known stays known."""
    for fault in found:
        new = INSERT[tx.dialect](audit_faults).on_conflict_do_nothing()
        await tx.run(new, {"kind": fault.kind, "line": fault.line, "found_at": now})


async def forget_faults(tx: Tx) -> None:
    """Whoever looked through everything knows better."""
    await tx.run(delete(audit_faults))


async def known_faults(tx: Tx, most: int = 100) -> list[tuple[Fault, datetime]]:
    """What was found and not yet looked into, by line, and when."""
    found = select(audit_faults).order_by(audit_faults.c.line).limit(most)
    return [(Fault(row.kind, row.line), row.found_at) for row in await tx.rows(found)]
