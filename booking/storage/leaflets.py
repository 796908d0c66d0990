"""Leaflets and posters; the bytes of a file are read only when somebody opens it."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import delete as deletion
from sqlalchemy import insert, or_, select, update

from booking.domain.archives import Archived
from booking.domain.errors import NotFound
from booking.domain.leaflets import Leaflet
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import leaflets

_LEAFLET = columns(Leaflet, leaflets)
_C = leaflets.c


async def add(tx: Tx, leaflet: Leaflet, file: Archived) -> None:
    """Write a new leaflet with its file."""
    await tx.run(insert(leaflets).values(values(leaflet, leaflets, packed=file.packed)))


async def change(tx: Tx, leaflet: Leaflet, file: Archived | None) -> None:
    """Write a leaflet anew; without a file it keeps its own."""
    more = {"packed": file.packed} if file else {}
    await tx.run(update(leaflets).where(_C.id == leaflet.id).values(values(leaflet, leaflets, **more)))


async def remove(tx: Tx, leaflet_id: UUID) -> None:
    """Let go of a leaflet and its file."""
    await tx.run(deletion(leaflets).where(_C.id == leaflet_id))


async def load(tx: Tx, leaflet_id: UUID, *, for_update: bool = False) -> Leaflet:
    """One leaflet; raises :class:`NotFound`."""
    found = select(*_LEAFLET).where(_C.id == leaflet_id)
    row = await tx.row(found.with_for_update() if for_update else found)
    if row is None:
        raise NotFound(leaflet_id=leaflet_id)
    return made(Leaflet, row)


async def file_of(tx: Tx, leaflet_id: UUID) -> Archived:
    """Its bytes, as they were packed. Raises :class:`NotFound`."""
    row = await tx.row(select(_C.hash, _C.media_type, _C.size, _C.packed).where(_C.id == leaflet_id))
    if row is None:
        raise NotFound(leaflet_id=leaflet_id)
    return made(Archived, row)


async def every(tx: Tx) -> list[Leaflet]:
    """All leaflets by title."""
    return [made(Leaflet, row) for row in await tx.rows(select(*_LEAFLET).order_by(_C.title, _C.id))]


async def about(tx: Tx, partner_id: UUID | None, services: Collection[str], day: date) -> list[Leaflet]:
    """Those that hold on this day and are about this partner, or about one of these services."""
    is_near = or_(_C.partner_id == partner_id, _C.service.in_(list(services)))
    holds = (or_(_C.first_on.is_(None), _C.first_on <= day), or_(_C.last_on.is_(None), _C.last_on >= day))
    found = [made(Leaflet, row) for row in await tx.rows(select(*_LEAFLET).where(is_near, *holds).order_by(_C.title))]
    return [one for one in found if one.fits(partner_id, services)]
