"""Figures as they are kept: a row for each session, and the sums of an agency and of each workshop by piece of time."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, func, insert, literal_column, or_, select

from booking.domain.figures import MEASURES, MESSAGED, count, count_called_off
from booking.domain.retention import DELAYS, Rule
from booking.storage.database import Tx
from booking.storage.figure_facts import Facts
from booking.storage.many import add, among, listed
from booking.storage.tables import figures
from booking.storage.tables import session_figures as of_session

Cell = tuple[UUID, date]
AT_ONCE = 200
# What was sent is forgotten one day; what was counted of it stays as it was.
SENT_KNOWN = timedelta(days=DELAYS[Rule.LOGS].shortest)
NOTHING = dict.fromkeys(MEASURES, 0)


async def rewrite(tx: Tx, session_ids: Collection[UUID], found: Iterable[Facts], now: datetime) -> set[Cell]:
    """The rows of these sessions anew, and none for one that is not there; returns the cells in which they count."""
    if not session_ids:
        return set()
    these, ids = among(tx.dialect, of_session.c.session_id), {"ids": listed(tx.dialect, session_ids)}
    before = {row.session_id: row._mapping for row in await tx.rows(select(of_session).where(these), ids)}
    rows = [_row(facts, before.get(facts.session_id), now) for facts in found]
    await tx.run(delete(of_session).where(these), ids)
    await add(tx, of_session, rows)
    return {(row["agency_id"], row["slice_on"]) for row in [*before.values(), *rows]}


def _row(facts: Facts, before: Mapping[str, Any] | None, now: datetime) -> dict[str, Any]:
    is_begun = facts.starts_at <= now
    if facts.is_called_off:
        counted = count_called_off(facts.seats)
    else:
        counted = count(facts.seats, facts.places, facts.starts_at) if is_begun else NOTHING
    if before and before["is_begun"] and facts.starts_at < now - SENT_KNOWN:
        counted = counted | {name: before[name] for name in MESSAGED}
    return {
        "session_id": facts.session_id,
        "agency_id": facts.agency_id,
        "workshop_id": facts.workshop_id,
        "slice_on": facts.slice_on,
        "starts_at": facts.starts_at,
        "is_begun": is_begun,
        "is_training": facts.is_training,
        **counted,
    }


async def sum_up(tx: Tx, cells: Collection[Cell]) -> None:
    """The sums of these cells anew."""
    wanted = sorted(cells)
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        await tx.run(delete(figures).where(in_cells(figures, some)))
        await _sum(tx, in_cells(of_session, some))


async def sum_up_agency(tx: Tx, agency_id: UUID) -> None:
    """Every sum of an agency anew."""
    await tx.run(delete(figures).where(figures.c.agency_id == agency_id))
    await _sum(tx, of_session.c.agency_id == agency_id)


def in_cells(table: Any, cells: Collection[Cell]) -> ColumnElement[bool]:
    """Of one of these agencies, in its piece of time."""
    return or_(*(and_(table.c.agency_id == agency_id, table.c.slice_on == on) for agency_id, on in cells))


async def _sum(tx: Tx, *where: ColumnElement[bool]) -> None:
    columns = [column.name for column in figures.columns]
    sums = [func.sum(of_session.c[name]) for name in MEASURES]
    of = of_session.c
    for scope, more in ((of.workshop_id, ()), (of.agency_id, (literal_column("NOT is_training"),))):
        by = (of.agency_id, *([of.workshop_id] if not more else []), of.slice_on)
        found = select(of.agency_id, scope, of.slice_on, *sums).where(*where, *more).group_by(*by)
        await tx.run(insert(figures).from_select(columns, found))
