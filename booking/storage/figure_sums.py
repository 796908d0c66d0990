"""Figures added up for a period: however long the history, only the sums of its weeks are read."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, false, func, literal_column, select

from booking.domain.figures import LEADING, MEASURES, REFERRED, STEPS
from booking.domain.periods import Period
from booking.domain.workshops import Audience
from booking.storage.database import Tx
from booking.storage.tables import figures, referral_figures, step_figures, workshops

Sums = dict[str, int]
# As a word of the statement: only then is it known that the partial index will do.
_OF_AGENCY = literal_column("scope_id = agency_id")
# What a line of a comparison of workshops or weeks shows.
SHOWN = ("sessions", "seats", "seated", "came", "absent", "excused", "waited", "waited_days")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Of which agencies, None is all; of one workshop, None is all those for job seekers."""

    period: Period
    agency_ids: Collection[UUID] | None = None
    workshop_id: UUID | None = None


async def by_agency(tx: Tx, asked: Asked) -> dict[UUID, Sums]:
    """What a table shows, by agency."""
    found = select(figures.c.agency_id, *_sums(figures, SHOWN)).where(*_within(asked))
    return {row.agency_id: _of(row, SHOWN) for row in await tx.rows(found.group_by(figures.c.agency_id))}


async def total(tx: Tx, asked: Asked) -> Sums:
    """Every measure."""
    row = await tx.row(select(*_sums(figures, MEASURES)).where(*_within(asked)))
    return _of(row, MEASURES)


async def total_before(tx: Tx, asked: Asked) -> Sums:
    """The measures of the leading figures, of as much time before."""
    row = await tx.row(select(*_sums(figures, LEADING)).where(*_within(replace(asked, period=asked.period.before))))
    return _of(row, LEADING)


async def by_slice(tx: Tx, asked: Asked) -> dict[date, Sums]:
    """What a chart shows, by piece of time."""
    found = select(figures.c.slice_on, *_sums(figures, SHOWN)).where(*_within(asked))
    found = found.group_by(figures.c.slice_on).order_by(figures.c.slice_on)
    return {row.slice_on: _of(row, SHOWN) for row in await tx.rows(found)}


async def by_workshop(tx: Tx, asked: Asked, audience: Audience) -> dict[tuple[UUID, str], Sums]:
    """What a table shows, by workshop for these people and its title."""
    those = select(workshops.c.id, workshops.c.title).where(workshops.c.audience == audience)
    titles = {row.id: row.title for row in await tx.rows(those)}
    found = select(figures.c.scope_id, *_sums(figures, SHOWN)).where(*_when(figures, asked))
    rows = await tx.rows(found.where(figures.c.scope_id.in_(titles)).group_by(figures.c.scope_id))
    sums = {(row.scope_id, titles[row.scope_id]): _of(row, SHOWN) for row in rows}
    return dict(sorted(sums.items(), key=lambda one: one[0][1]))


async def steps(tx: Tx, asked: Asked) -> Sums:
    """How far the people have come whose first step fell into the period."""
    return await _one(tx, step_figures, STEPS, asked)


async def referrals(tx: Tx, asked: Asked) -> Sums:
    """What became of the referrals made in the period."""
    return await _one(tx, referral_figures, REFERRED, asked)


async def _one(tx: Tx, table: Table, names: Collection[str], asked: Asked) -> Sums:
    row = await tx.row(select(*_sums(table, names)).where(*_when(table, asked)))
    return _of(row, names)


def _sums(table: Table, names: Collection[str]) -> list[Any]:
    return [func.coalesce(func.sum(table.c[name]), 0).label(name) for name in names]


def _of(row: Any, names: Collection[str]) -> Sums:
    return {name: int(row._mapping[name]) for name in names}


def _within(asked: Asked) -> list[ColumnElement[bool]]:
    of = figures.c.scope_id == asked.workshop_id if asked.workshop_id else _OF_AGENCY
    return [of, *_when(figures, asked)]


def _when(table: Table, asked: Asked) -> list[ColumnElement[bool]]:
    found = [table.c.slice_on >= asked.period.begins, table.c.slice_on < asked.period.ends]
    if asked.agency_ids is None:
        return found
    return [*found, table.c.agency_id.in_(list(asked.agency_ids)) if asked.agency_ids else false()]
