"""Agencies and their rooms."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, insert, literal, or_, select, update

from booking.domain.agencies import Agency, Phase
from booking.domain.agency_settings import AgencySettings
from booking.domain.errors import NotFound
from booking.domain.rooms import Room
from booking.storage.columns import Flag, Id
from booking.storage.database import Tx
from booking.storage.driving import hot
from booking.storage.many import among, listed
from booking.storage.shapes import columns, made, values
from booking.storage.tables import agencies, rooms

_AGENCY = columns(Agency, agencies)
_ROOM = columns(Room, rooms)
_SETTLED = ("directions", "hold_minutes", "waitlist_policy")
# Asked by every subscriber every hour, so it is built once.
_BY_SLUG = hot(select(*_AGENCY).where(agencies.c.slug == bindparam("slug")))
_BY_ID = hot(select(*_AGENCY).where(agencies.c.id == bindparam("id", type_=Id)))
_BY_NAME = hot(select(*_AGENCY).order_by(agencies.c.search, agencies.c.id))
_PHASES = hot(select(agencies.c.phase, func.count().label("number")).group_by(agencies.c.phase))


async def add(tx: Tx, agency: Agency, now: datetime) -> None:
    """Write a new agency."""
    await tx.run(insert(agencies).values(values(agency, agencies, search=agency.search, created_at=now)))


async def add_all(tx: Tx, new: Sequence[Agency], now: datetime) -> None:
    """Write new agencies in one go; raises :class:`NameTaken` where one has the key, code or slug of another."""
    if new:
        rows = [values(agency, agencies, search=agency.search, created_at=now) for agency in new]
        await tx.run(insert(agencies), rows)


async def with_codes(tx: Tx, codes: Collection[str]) -> dict[str, UUID]:
    """The agencies that have these codes, or else these public addresses."""
    c, said = agencies.c, list(codes)
    rows = await tx.rows(select(c.code, c.slug, c.id).where(or_(c.code.in_(said), c.slug.in_(said))))
    return {row.slug: row.id for row in rows} | {row.code: row.id for row in rows if row.code}


async def change(tx: Tx, agency: Agency) -> None:
    """Write what an import knows better; the feed's own counters stay, and what the agency settles for itself."""
    new = values(agency, agencies, search=agency.search)
    for own in ("id", "slug", "feed_version", "feed_changed_at", "phase", "hosts", "phase_since", *_SETTLED):
        new.pop(own)
    await tx.run(update(agencies).where(agencies.c.id == agency.id).values(new))


async def settle(tx: Tx, agency_id: UUID, settings: AgencySettings) -> None:
    """Write what an agency settles for itself."""
    new = {name: getattr(settings, name) for name in _SETTLED}
    await tx.run(update(agencies).where(agencies.c.id == agency_id).values(new))


async def load(tx: Tx, agency_id: UUID) -> Agency:
    """One agency; raises :class:`NotFound`."""
    row = await tx.row(_BY_ID, {"id": agency_id})
    if row is None:
        raise NotFound(agency_id=agency_id)
    return made(Agency, row)


async def by_slug(tx: Tx, slug: str) -> Agency | None:
    """The agency of a public address."""
    row = await tx.row(_BY_SLUG, {"slug": slug})
    return made(Agency, row) if row else None


async def every(tx: Tx) -> list[Agency]:
    """All agencies by name."""
    return [made(Agency, row) for row in await tx.rows(_BY_NAME)]


async def page(tx: Tx, after: UUID | None, most: int) -> list[Agency]:
    """So many agencies by id, from behind this one."""
    behind = [] if after is None else [agencies.c.id > after]
    found = select(*_AGENCY).where(*behind).order_by(agencies.c.id).limit(most)
    return [made(Agency, row) for row in await tx.rows(found)]


async def phases(tx: Tx) -> dict[Phase, int]:
    """How many agencies there are in each phase."""
    return {row[0]: row[1] for row in await tx.rows(_PHASES)}


async def some(tx: Tx, ids: Collection[UUID]) -> list[Agency]:
    """These agencies."""
    return [made(Agency, row) for row in await tx.rows(_among(tx.dialect), {"ids": listed(tx.dialect, ids)})]


async def published(tx: Tx) -> list[Agency]:
    """Those that let the public see their calendar."""
    found = (
        select(*_AGENCY).where(agencies.c.publishes == literal(True, Flag)).order_by(agencies.c.search, agencies.c.id)
    )
    return [made(Agency, row) for row in await tx.rows(found)]


async def add_room(tx: Tx, room: Room) -> None:
    """Write a new room; raises :class:`NameTaken`."""
    await tx.run(insert(rooms).values(values(room, rooms)))


async def rooms_of(tx: Tx, agency_ids: Sequence[UUID]) -> list[Room]:
    """The rooms of these agencies by name."""
    found = await tx.rows(_rooms_among(tx.dialect), {"ids": listed(tx.dialect, agency_ids)})
    return [made(Room, row) for row in found]


async def room(tx: Tx, room_id: UUID) -> Room | None:
    """One room."""
    row = await tx.row(select(*_ROOM).where(rooms.c.id == room_id))
    return made(Room, row) if row else None


@cache
def _among(dialect: str) -> Select[Any]:
    return hot(select(*_AGENCY).where(among(dialect, agencies.c.id)))


@cache
def _rooms_among(dialect: str) -> Select[Any]:
    return hot(select(*_ROOM).where(among(dialect, rooms.c.agency_id)).order_by(rooms.c.name))
