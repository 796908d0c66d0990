"""Lists that people bring in: what was sent, which worker has it in hand, and the rows that somebody should look at."""

import zlib
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, insert, select, update

from booking.domain.errors import NotFound
from booking.domain.imports import LEASE, Import, ImportRow, ImportState, ListKind, RowOutcome, RowRemark
from booking.storage import leases
from booking.storage.database import Tx
from booking.storage.idempotency import INSERT
from booking.storage.shapes import columns, made, values
from booking.storage.tables import import_columns, import_rows, imports

_IMPORT = columns(Import, imports)
_ENDED = (ImportState.DONE, ImportState.STOPPED, ImportState.FAILED)


async def add(tx: Tx, one: Import, content: bytes) -> None:
    """Write what was sent."""
    await tx.run(insert(imports).values(values(one, imports, content=zlib.compress(content))))


async def load(tx: Tx, import_id: UUID, *, for_update: bool = False) -> Import:
    """One list; raises :class:`NotFound`."""
    found = select(*_IMPORT).where(imports.c.id == import_id)
    row = await tx.row(found.with_for_update() if for_update else found)
    if row is None:
        raise NotFound(import_id=import_id)
    return made(Import, row)


async def content(tx: Tx, import_id: UUID) -> bytes:
    """What was sent; raises :class:`NotFound` once it is written and forgotten."""
    packed = await tx.value(select(imports.c.content).where(imports.c.id == import_id))
    if packed is None:
        raise NotFound(import_id=import_id)
    return zlib.decompress(packed)


async def of_agencies(tx: Tx, agency_ids: Collection[UUID] | None, now: datetime, most: int) -> list[Import]:
    """The lists of these agencies (None is the whole network), the latest first."""
    found = select(*_IMPORT).where(imports.c.expires_at > now)
    if agency_ids is not None:
        found = found.where(imports.c.agency_id.in_(agency_ids))
    rows = await tx.rows(found.order_by(imports.c.created_at.desc(), imports.c.id).limit(most))
    return [made(Import, row) for row in rows]


async def how_many(tx: Tx, asked_by: UUID, now: datetime) -> int:
    """How many of somebody's lists are not written yet."""
    open_ones = (imports.c.asked_by == asked_by, imports.c.expires_at > now, imports.c.state.not_in(_ENDED))
    return int(await tx.value(select(func.count()).where(*open_ones)))


async def change(tx: Tx, one: Import, **more: Any) -> None:
    """Write a locked list anew."""
    await tx.run(update(imports).where(imports.c.id == one.id).values(values(one, imports, **more)))


async def is_due(tx: Tx, now: datetime) -> bool:
    """Whether any list is to be tried or written."""
    return await leases.is_due(tx, imports, now)


async def claim(tx: Tx, now: datetime, token: UUID, only: UUID | None = None) -> Import | None:
    """Take the one that waits for longest, or was left; it goes on where it was."""
    row = await leases.claim(tx, imports, token, LEASE, now, {}, _IMPORT, only)
    return made(Import, row) if row else None


async def progress(tx: Tx, id: UUID, token: UUID, now: datetime, rows_done: int, counts: Mapping[str, int]) -> bool:
    """Say how far it is; False where somebody stopped it, or another worker has it."""
    return await leases.progress(tx, imports, id, token, LEASE, now, rows_done=rows_done, counts=dict(counts))


async def settle(tx: Tx, id: UUID, token: UUID, state: ImportState, now: datetime, **known: Any) -> bool:
    """How it ended, or that it waits again; what was sent is forgotten once all of it is written."""
    gone = {"content": None} if state is ImportState.DONE else {}
    ended_at = now if state in _ENDED else None
    return await leases.settle(tx, imports, id, token, state, ended_at, **gone, **known)


async def keep_rows(tx: Tx, rows: Iterable[ImportRow]) -> None:
    """Write rows that somebody should look at."""
    new = [values(row, import_rows, **_flat(row)) for row in rows]
    if new:
        await tx.run(insert(import_rows), new)


async def rows(tx: Tx, import_id: UUID, outcome: RowOutcome, after: int = 0, most: int = 100) -> list[ImportRow]:
    """The rows that came out so, in the order of the file."""
    mine = select(import_rows).where(import_rows.c.import_id == import_id, import_rows.c.outcome == outcome)
    found = await tx.rows(mine.where(import_rows.c.line > after).order_by(import_rows.c.line).limit(most))
    return [_row(one) for one in found]


async def row(tx: Tx, import_id: UUID, line: int) -> ImportRow:
    """One row; raises :class:`NotFound`."""
    found = await tx.row(select(import_rows).where(import_rows.c.import_id == import_id, import_rows.c.line == line))
    if found is None:
        raise NotFound(import_id=import_id, line=line)
    return _row(found)


async def forget_rows(tx: Tx, import_id: UUID, line: int | None = None) -> None:
    """Let go of all rows of a list, or of one that is answered."""
    gone = delete(import_rows).where(import_rows.c.import_id == import_id)
    await tx.run(gone.where(import_rows.c.line == line) if line else gone)


async def remove(tx: Tx, import_id: UUID) -> None:
    """Forget a list with everything in it; a worker that has it in hand writes nothing more."""
    await tx.row(select(imports.c.id).where(imports.c.id == import_id).with_for_update())
    await forget_rows(tx, import_id)
    await tx.run(delete(imports).where(imports.c.id == import_id))


async def expired(tx: Tx, now: datetime) -> list[UUID]:
    """Lists whose days are over."""
    return [one.id for one in await tx.rows(select(imports.c.id).where(imports.c.expires_at <= now))]


async def usual_columns(tx: Tx, agency_id: UUID, kind: ListKind) -> Mapping[str, str]:
    """The columns of the last list of this kind; empty where there was none."""
    mine = (import_columns.c.agency_id == agency_id, import_columns.c.kind == kind)
    return await tx.value(select(import_columns.c.columns).where(*mine)) or {}


async def keep_columns(tx: Tx, one: Import, by: UUID, now: datetime) -> None:
    """The next list of this kind is read alike."""
    said = {"columns": dict(one.columns), "changed_at": now, "changed_by": by}
    new = INSERT[tx.dialect](import_columns).values(agency_id=one.agency_id, kind=one.kind, **said)
    await tx.run(new.on_conflict_do_update(index_elements=["agency_id", "kind"], set_=said))


def _flat(row: ImportRow) -> dict[str, Any]:
    remarks = [[one.column, one.code, one.said, one.instead] for one in row.remarks]
    return {"remarks": remarks, "cells": dict(row.cells)}


def _row(row: Row[Any]) -> ImportRow:
    return made(ImportRow, row, remarks=tuple(RowRemark(*one) for one in row.remarks))
