"""The catalogue of workshops."""

from collections.abc import Collection
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, insert, select, update

from booking.domain.errors import NotFound
from booking.domain.workshops import Audience, Workshop
from booking.storage.database import Tx, Values
from booking.storage.driving import hot
from booking.storage.many import among, listed
from booking.storage.shapes import columns, made, values
from booking.storage.tables import workshop_prerequisites as required
from booking.storage.tables import workshops

_WORKSHOP = columns(Workshop, workshops)
_OF_STAFF = (workshops.c.audience == Audience.STAFF, workshops.c.archived_at.is_(None))
_EVERY = hot(select(*_WORKSHOP).order_by(workshops.c.title))
_CURRENT = hot(select(*_WORKSHOP).where(workshops.c.archived_at.is_(None)).order_by(workshops.c.title))
_FOR_STAFF = hot(select(*_WORKSHOP).where(*_OF_STAFF).order_by(workshops.c.title))


async def add(tx: Tx, workshop: Workshop) -> None:
    """Write a new entry; raises :class:`NameTaken`."""
    await tx.run(insert(workshops).values(values(workshop, workshops, search=workshop.search)))
    await _require(tx, workshop)


async def change(tx: Tx, workshop: Workshop) -> None:
    """Write an entry anew; raises :class:`NameTaken`."""
    new = values(workshop, workshops, search=workshop.search)
    await tx.run(update(workshops).where(workshops.c.id == workshop.id).values(new))
    await tx.run(delete(required).where(required.c.workshop_id == workshop.id))
    await _require(tx, workshop)


async def load(tx: Tx, workshop_id: UUID) -> Workshop:
    """One entry; raises :class:`NotFound`."""
    found = await some(tx, [workshop_id])
    if not found:
        raise NotFound(workshop_id=workshop_id)
    return found[workshop_id]


async def lock(tx: Tx, workshop_id: UUID) -> Workshop:
    """One entry, unchangeable by anybody else until this transaction ends; raises :class:`NotFound`."""
    await tx.row(select(workshops.c.id).where(workshops.c.id == workshop_id).with_for_update())
    return await load(tx, workshop_id)


async def every(tx: Tx, *, with_archived: bool = False) -> list[Workshop]:
    """All entries by title; the archived ones only when asked for."""
    return await _whole(tx, _EVERY if with_archived else _CURRENT)


async def for_staff(tx: Tx) -> list[Workshop]:
    """The trainings of staff by title, archived ones apart."""
    return await _whole(tx, _FOR_STAFF)


async def some(tx: Tx, ids: Collection[UUID]) -> dict[UUID, Workshop]:
    """These entries by id, archived ones too."""
    found = await _whole(tx, _among(tx.dialect), {"ids": listed(tx.dialect, ids)})
    return {workshop.id: workshop for workshop in found}


async def _require(tx: Tx, workshop: Workshop) -> None:
    if workshop.after:
        rows = [{"workshop_id": workshop.id, "required_id": before} for before in workshop.after]
        await tx.run(insert(required), rows)


async def _whole(tx: Tx, wanted: Select[Any], values: Values = None) -> list[Workshop]:
    """Entries with the workshops they come after."""
    rows = await tx.rows(wanted, values)
    if not rows:
        return []
    after: dict[UUID, tuple[UUID, ...]] = {}
    for pair in await tx.rows(_required_by(tx.dialect), {"ids": listed(tx.dialect, [row.id for row in rows])}):
        after[pair.workshop_id] = (*after.get(pair.workshop_id, ()), pair.required_id)
    return [made(Workshop, row, after=after.get(row.id, ())) for row in rows]


@cache
def _among(dialect: str) -> Select[Any]:
    return hot(select(*_WORKSHOP).where(among(dialect, workshops.c.id)))


@cache
def _required_by(dialect: str) -> Select[Any]:
    pairs = select(required.c.workshop_id, required.c.required_id)
    return hot(pairs.where(among(dialect, required.c.workshop_id)).order_by(required.c.required_id))
