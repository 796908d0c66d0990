"""Somebody brings a list in: sends it, says what its columns are, has it tried, written, or stopped."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from booking.domain.errors import ImportUnderWay, NotFound, StaleEdit, TooManyImports
from booking.domain.identifiers import new_id
from booking.domain.imports import (
    KEPT,
    MOST_AT_A_TIME,
    SHORT,
    Import,
    ImportRow,
    ImportState,
    ListKind,
    RowOutcome,
)
from booking.domain.job_seekers import JobSeeker
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.services import importing, list_columns
from booking.services.people_imports import Known
from booking.services.people_rows import read_person
from booking.services.row_files import Row, RowFile, read
from booking.storage import agencies, audit, imports, job_seekers
from booking.storage.database import Database, Tx

MOST_SHOWN = 200
PAGE = 500


@dataclass(frozen=True, slots=True)
class Looked:
    """A list, the columns of its file as long as it is not written, and what should be looked at."""

    order: Import
    columns: Sequence[str]
    samples: Sequence[Row]
    refused: Sequence[ImportRow]
    aside: Sequence["Asked"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A row set aside: whom it says, and who of those known may be meant."""

    row: ImportRow
    said: JobSeeker | None
    candidates: Sequence[JobSeeker]


async def send(
    db: Database, agency_id: UUID, kind: ListKind, name: str, content: bytes, *, by: Staff, now: datetime
) -> Import:
    """Keep a list for some days, with the columns as far as they can be guessed. Nothing else is written yet.

    Raises :class:`UnreadableFile`, :class:`TooManyImports`, :class:`NotFound`, :class:`NotAllowed`.
    """
    _must(by, kind, agency_id)
    file = await asyncio.to_thread(read, content)
    async with db.transaction() as tx:
        await agencies.load(tx, agency_id)
        if await imports.how_many(tx, by.id, now) >= MOST_AT_A_TIME:
            raise TooManyImports(most=MOST_AT_A_TIME)
        usual = await imports.usual_columns(tx, agency_id, kind)
        order = Import(
            id=new_id(now),
            agency_id=agency_id,
            asked_by=by.id,
            kind=kind,
            file_name=_shown(name),
            columns=list_columns.guessed(kind, file.columns, usual),
            rows_total=len(file.rows),
            created_at=now,
            expires_at=now + KEPT,
        )
        await imports.add(tx, order, content)
        await audit.record(tx, by, "sent", "import", order.id, now, agency_id, kind=kind, rows=len(file.rows))
    return order


async def own(db: Database, *, by: Staff, now: datetime) -> list[Import]:
    """The lists of one's agencies, the latest first."""
    by.must_somewhere(Right.BOOK)
    ids = None if by.is_network_wide else by.agency_ids
    async with db.reading() as tx:
        found = await imports.of_agencies(tx, ids, now, MOST_SHOWN)
    return [one for one in found if _may(by, one.kind, one.agency_id)]


async def show(db: Database, import_id: UUID, *, by: Staff, now: datetime) -> Import:
    """One list. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        return await _own(tx, import_id, by, now)


async def look(db: Database, import_id: UUID, *, by: Staff, now: datetime) -> Looked:
    """One list with all that is to be said and asked about it. Raises like :func:`show`."""
    async with db.reading() as tx:
        order = await _own(tx, import_id, by, now)
        content = b"" if order.state is ImportState.DONE else await imports.content(tx, import_id)
        refused = await imports.rows(tx, import_id, RowOutcome.REFUSED, most=MOST_SHOWN)
        aside = await imports.rows(tx, import_id, RowOutcome.SET_ASIDE, most=MOST_SHOWN)
        people = await job_seekers.every(tx, order.agency_id) if aside else []
    file = await asyncio.to_thread(read, content) if content else None
    asked = await asyncio.to_thread(_all_asked, aside, order, people, now)
    if refused or aside:
        await audit.saw(db, by, "import", import_id, now, order.agency_id)
    return Looked(order, _columns(file), file.rows[:3] if file else (), refused, asked)


async def begin(
    db: Database,
    import_id: UUID,
    columns: Mapping[str, str] | None,
    *,
    is_dry_run: bool,
    site: Site,
    by: Staff,
    now: datetime,
    version: int | None = None,
) -> Import:
    """Have it tried, or written, with these columns (None are those it has); a short one is done when this returns.

    What was stopped goes on where it was, if it is to be written and its columns stay.
    Raises :class:`UnreadableFile` for columns that cannot be, :class:`ImportUnderWay`, :class:`StaleEdit`,
    :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.reading() as tx:
        seen = await _own(tx, import_id, by, now)
        content = await imports.content(tx, import_id) if seen.may_begin else b""
    if not seen.may_begin:
        raise ImportUnderWay(import_id=import_id)
    file = await asyncio.to_thread(read, content)
    told = list_columns.checked(seen.kind, file, seen.columns if columns is None else columns)
    async with db.transaction() as tx:
        order = await locked(tx, import_id, by, now, seen.version if version is None else version)
        goes_on = not is_dry_run and not order.is_dry_run and told == order.columns
        if not goes_on:
            await imports.forget_rows(tx, import_id)
        order = _waiting(order, told, is_dry_run=is_dry_run, goes_on=goes_on)
        await imports.change(tx, order)
        await imports.keep_columns(tx, order, by.id, now)
        if not is_dry_run:
            await audit.record(tx, by, "begun", "import", order.id, now, order.agency_id, kind=order.kind)
    if order.rows_total <= SHORT:
        await importing.bring_in_due(db, now, site=site, only=import_id)
    return await show(db, import_id, by=by, now=now)


def _waiting(order: Import, columns: Mapping[str, str], *, is_dry_run: bool, goes_on: bool) -> Import:
    """The list as a worker takes it up: from where it was, or from its first row."""
    so_far = {"rows_done": order.rows_done, "counts": order.counts} if goes_on else {"rows_done": 0, "counts": {}}
    known = {"columns": columns, "is_dry_run": is_dry_run, "state": ImportState.WAITING, "version": order.version + 1}
    return replace(order, **known, **so_far, trouble="", tries=0, settled_at=None)


async def stop(db: Database, import_id: UUID, *, by: Staff, now: datetime) -> Import:
    """Write no further row; what is written stays. Doing it again, or too late, changes nothing.

    Raises :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.transaction() as tx:
        order = await locked(tx, import_id, by, now)
        if not order.is_under_way:
            return order
        stopped = replace(order, state=ImportState.STOPPED, settled_at=now, version=order.version + 1)
        await imports.change(tx, stopped, lease_token=None, lease_until=None)
        await audit.record(tx, by, "stopped", "import", order.id, now, order.agency_id)
    return stopped


async def remove(db: Database, import_id: UUID, *, by: Staff, now: datetime) -> None:
    """Forget a list and what was to be looked at; who was written stays. Raises :class:`NotFound`."""
    async with db.transaction() as tx:
        order = await locked(tx, import_id, by, now)
        await imports.remove(tx, import_id)
        await audit.record(tx, by, "removed", "import", import_id, now, order.agency_id)


async def every_row(db: Database, import_id: UUID, *, by: Staff, now: datetime) -> tuple[Import, list[ImportRow]]:
    """What was refused or set aside, all of it, to be mended and sent again. Raises like :func:`show`."""
    found: list[ImportRow] = []
    async with db.reading() as tx:
        order = await _own(tx, import_id, by, now)
        for outcome in (RowOutcome.REFUSED, RowOutcome.SET_ASIDE):
            last = 0
            while some := await imports.rows(tx, import_id, outcome, last, PAGE):
                found += some
                last = some[-1].line
    async with db.transaction() as tx:
        await audit.record(tx, by, "taken", "import", import_id, now, order.agency_id, rows=len(found))
    return order, sorted(found, key=lambda row: row.line)


def _all_asked(aside: Sequence[ImportRow], order: Import, people: Sequence[JobSeeker], now: datetime) -> list[Asked]:
    known = Known(people)
    return [_asked(row, order, known, now) for row in aside]


def _asked(row: ImportRow, order: Import, known: Known, now: datetime) -> Asked:
    said = read_person(Row(row.line, dict(row.cells)), order.columns, order.agency_id, now).person
    if said is None:
        return Asked(row, None, ())
    sure, others = known.meant(said)
    return Asked(row, said, [sure] if sure else [one for one, _ in others][:5])


def _columns(file: RowFile | None) -> Sequence[str]:
    return file.columns if file else ()


async def _own(tx: Tx, import_id: UUID, by: Staff, now: datetime) -> Import:
    order = await imports.load(tx, import_id)
    _must(by, order.kind, order.agency_id)
    if order.expires_at <= now:
        raise NotFound(import_id=import_id)
    return order


async def locked(tx: Tx, import_id: UUID, by: Staff, now: datetime, version: int | None = None) -> Import:
    """One list of one's agencies, which nobody else changes meanwhile. Raises like :func:`show`, :class:`StaleEdit`."""
    order = await imports.load(tx, import_id, for_update=True)
    _must(by, order.kind, order.agency_id)
    if order.expires_at <= now:
        raise NotFound(import_id=import_id)
    if version not in (None, order.version):
        raise StaleEdit(import_id=import_id, version=order.version)
    return order


def _must(by: Staff, kind: ListKind, agency_id: UUID) -> None:
    """People: who books. What was: who plans, because it makes sessions and presences."""
    by.must(Right.BOOK, agency_id)
    if kind is ListKind.HISTORY:
        by.must(Right.PLAN, agency_id)


def _may(by: Staff, kind: ListKind, agency_id: UUID) -> bool:
    return by.may(Right.PLAN if kind is ListKind.HISTORY else Right.BOOK, agency_id)


def _shown(name: str) -> str:
    """The name of a file as a page can show it."""
    return "".join(c for c in name if c.isprintable())[:80]
