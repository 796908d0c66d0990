"""The catalogue of workshops."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import insert, select, update

from booking.domain.errors import NotFound
from booking.domain.workshops import Workshop
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import workshops

_WORKSHOP = columns(Workshop, workshops)


async def add(tx: Tx, workshop: Workshop) -> None:
    """Write a new entry; raises :class:`NameTaken`."""
    await tx.run(insert(workshops).values(values(workshop, workshops)))


async def change(tx: Tx, workshop: Workshop) -> None:
    """Write an entry anew; raises :class:`NameTaken`."""
    await tx.run(update(workshops).where(workshops.c.id == workshop.id).values(values(workshop, workshops)))


async def load(tx: Tx, workshop_id: UUID) -> Workshop:
    """One entry; raises :class:`NotFound`."""
    row = await tx.row(select(*_WORKSHOP).where(workshops.c.id == workshop_id))
    if row is None:
        raise NotFound(workshop_id=workshop_id)
    return made(Workshop, row)


async def every(tx: Tx, *, with_archived: bool = False) -> list[Workshop]:
    """All entries by title; the archived ones only when asked for."""
    kept = [] if with_archived else [workshops.c.archived_at.is_(None)]
    found = select(*_WORKSHOP).where(*kept).order_by(workshops.c.title)
    return [made(Workshop, row) for row in await tx.rows(found)]


async def some(tx: Tx, ids: Collection[UUID]) -> dict[UUID, Workshop]:
    """These entries by id, archived ones too."""
    found = select(*_WORKSHOP).where(workshops.c.id.in_(ids))
    return {row.id: made(Workshop, row) for row in await tx.rows(found)}
