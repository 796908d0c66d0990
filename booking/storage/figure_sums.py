"""Figures added up for a period: however long the history, only the sums of its weeks are read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, Table, bindparam, func, literal_column, select

from booking.domain.figures import LEADING, MEASURES, REFERRED, STEPS
from booking.domain.periods import Period
from booking.domain.workshops import Audience
from booking.storage.columns import Day
from booking.storage.database import Tx
from booking.storage.driving import hot
from booking.storage.many import among, listed
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
    rows = await _rows(tx, figures, SHOWN, asked, _scope(asked), by="agency_id")
    return {row.agency_id: _of(row, SHOWN) for row in rows}


async def total(tx: Tx, asked: Asked) -> Sums:
    """Every measure."""
    [row] = await _rows(tx, figures, MEASURES, asked, _scope(asked))
    return _of(row, MEASURES)


async def total_before(tx: Tx, asked: Asked) -> Sums:
    """The measures of the leading figures, of as much time before."""
    [row] = await _rows(tx, figures, LEADING, replace(asked, period=asked.period.before), _scope(asked))
    return _of(row, LEADING)


async def by_slice(tx: Tx, asked: Asked) -> dict[date, Sums]:
    """What a chart shows, by piece of time."""
    rows = await _rows(tx, figures, SHOWN, asked, _scope(asked), by="slice_on")
    return {row.slice_on: _of(row, SHOWN) for row in rows}


async def by_workshop(tx: Tx, asked: Asked, audience: Audience) -> dict[tuple[UUID, str], Sums]:
    """What a table shows, by workshop for these people and its title."""
    those = select(workshops.c.id, workshops.c.title).where(workshops.c.audience == audience)
    titles = {row.id: row.title for row in await tx.rows(those)}
    rows = await _rows(tx, figures, SHOWN, asked, Scope.WORKSHOPS, by="scope_id", scopes=list(titles))
    sums = {(row.scope_id, titles[row.scope_id]): _of(row, SHOWN) for row in rows}
    return dict(sorted(sums.items(), key=lambda one: one[0][1]))


async def steps(tx: Tx, asked: Asked) -> Sums:
    """How far the people have come whose first step fell into the period."""
    return await _one(tx, step_figures, STEPS, asked)


async def referrals(tx: Tx, asked: Asked) -> Sums:
    """What became of the referrals made in the period."""
    return await _one(tx, referral_figures, REFERRED, asked)


async def _one(tx: Tx, table: Table, names: tuple[str, ...], asked: Asked) -> Sums:
    [row] = await _rows(tx, table, names, asked, Scope.ANY)
    return _of(row, names)


class Scope(StrEnum):
    """Which sums: those of whole agencies, of some workshops, or the only ones there are."""

    AGENCIES = "agencies"
    WORKSHOPS = "workshops"
    ANY = "any"


def _scope(asked: Asked) -> Scope:
    return Scope.WORKSHOPS if asked.workshop_id else Scope.AGENCIES


async def _rows(
    tx: Tx,
    table: Table,
    names: tuple[str, ...],
    asked: Asked,
    scope: Scope,
    *,
    by: str = "",
    scopes: Collection[UUID] | None = None,
) -> Sequence[Row[Any]]:
    wanted = [asked.workshop_id] if asked.workshop_id and scopes is None else scopes or []
    said = {"begins": asked.period.begins, "ends": asked.period.ends}
    if scope is Scope.WORKSHOPS:
        said["scopes"] = listed(tx.dialect, wanted)
    if asked.agency_ids is not None:
        said["agency_ids"] = listed(tx.dialect, asked.agency_ids)
    return await tx.rows(_adding_up(tx.dialect, table, names, scope, by, everywhere=asked.agency_ids is None), said)


@cache
def _adding_up(
    dialect: str, table: Table, names: tuple[str, ...], scope: Scope, by: str, *, everywhere: bool
) -> Select[Any]:
    """The statement for each set of measures: to build one of fifty sums for each page costs more than to add them."""
    c = table.c
    sums = [func.coalesce(func.sum(c[name]), 0).label(name) for name in names]
    found = select(*([c[by]] if by else []), *sums)
    found = found.where(c.slice_on >= bindparam("begins", type_=Day), c.slice_on < bindparam("ends", type_=Day))
    if scope is Scope.AGENCIES:
        found = found.where(_OF_AGENCY)
    elif scope is Scope.WORKSHOPS:
        found = found.where(among(dialect, c.scope_id, "scopes"))
    if not everywhere:
        found = found.where(among(dialect, c.agency_id, "agency_ids"))
    return hot(found.group_by(c[by]).order_by(c[by]) if by else found)


def _of(row: Any, names: Collection[str]) -> Sums:
    return {name: int(getattr(row, name)) for name in names}
