"""The directory of partners."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    delete,
    exists,
    insert,
    or_,
    select,
    type_coerce,
    update,
)

from booking.domain.errors import NotFound
from booking.domain.partner_terms import PartnerKind, Service
from booking.domain.partners import Partner
from booking.storage import partner_words
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import partner_agencies, partners

_PARTNER = columns(Partner, partners)
_C = partners.c
# SQLite takes so many values of one list in a statement.
TOGETHER = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Degrees from south to north and from west to east, and the department for what has no coordinates."""

    south: float
    north: float
    west: float
    east: float
    department: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is asked of the directory; ``words`` are folded, ``agency_ids`` those that must be let in (None is any).

    The nearest to ``near`` (latitude, longitude) come first, so that none of them is left out where there are many.
    """

    words: Sequence[str] = ()
    kind: PartnerKind | None = None
    service: Service | None = None
    box: Box | None = None
    agency_ids: Collection[UUID] | None = None
    near: tuple[float, float] | None = None
    is_archived: bool = False


async def add_all(tx: Tx, new: Sequence[Partner]) -> None:
    """Write new partners; raises :class:`NameTaken` where one has the key of another in the same list."""
    if new:
        await tx.run(insert(partners), [_written(partner) for partner in new])
        await partner_words.keep_new(tx, new)
    let_in = [{"partner_id": one.id, "agency_id": agency_id} for one in new for agency_id in one.agency_ids]
    if let_in:
        await tx.run(insert(partner_agencies), let_in)


async def change(tx: Tx, partner: Partner) -> None:
    """Write a partner anew; raises :class:`NameTaken`."""
    await tx.run(update(partners).where(_C.id == partner.id).values(_written(partner)))
    await partner_words.keep(tx, partner)
    await tx.run(delete(partner_agencies).where(partner_agencies.c.partner_id == partner.id))
    let_in = [{"partner_id": partner.id, "agency_id": agency_id} for agency_id in partner.agency_ids]
    if let_in:
        await tx.run(insert(partner_agencies), let_in)


async def load(tx: Tx, partner_id: UUID) -> Partner:
    """One partner; raises :class:`NotFound`."""
    found = await _whole(tx, select(*_PARTNER).where(_C.id == partner_id))
    if not found:
        raise NotFound(partner_id=partner_id)
    return found[0]


async def lock(tx: Tx, partner_id: UUID) -> Partner:
    """One partner, unchangeable by anybody else until this transaction ends; raises :class:`NotFound`."""
    await tx.row(select(_C.id).where(_C.id == partner_id).with_for_update())
    return await load(tx, partner_id)


async def every(tx: Tx, *, with_archived: bool = True) -> list[Partner]:
    """All partners by name."""
    kept = [] if with_archived else [_C.archived_at.is_(None)]
    return await _whole(tx, select(*_PARTNER).where(*kept).order_by(_C.search, _C.id))


async def some(tx: Tx, ids: Collection[UUID]) -> dict[UUID, Partner]:
    """These partners by id, archived ones too."""
    return {one.id: one for one in await _whole(tx, select(*_PARTNER).where(_C.id.in_(ids)))}


async def in_department(tx: Tx, department: str | None) -> list[Partner]:
    """Every partner that a list could mean there; without a department, those of which nobody knows theirs."""
    codes = or_(_C.insee != "", _C.postcode != "")
    return await _whole(tx, select(*_PARTNER).where(_is_in(department) if department else ~codes))


async def find(tx: Tx, sought: Sought, most: int) -> list[Partner]:
    """Those that fit, the nearest first as a flat map shows it, and then by id."""
    order = [_far(sought.near).nulls_last()] if sought.near else []
    return await _whole(tx, select(*_PARTNER).where(*_conditions(sought)).order_by(*order, _C.id).limit(most))


async def page(tx: Tx, sought: Sought, after: UUID | None, most: int) -> list[Partner]:
    """So many that fit, from behind this one."""
    behind = [] if after is None else [_C.id > after]
    found = select(*_PARTNER).where(*_conditions(sought), *behind).order_by(_C.id).limit(most)
    return await _whole(tx, found)


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    found = [_C.archived_at.is_not(None) if sought.is_archived else _C.archived_at.is_(None)]
    found += [_C.search.contains(word, autoescape=True) for word in sought.words]
    found += [_C.kind == sought.kind] if sought.kind else []
    # Words stand between blanks, and none of them is the beginning of another one's middle.
    services = " " + type_coerce(_C.services, Text) + " "
    found += [services.contains(f" {sought.service} ", autoescape=True)] if sought.service else []
    found += [_within(sought.box)] if sought.box else []
    found += [_lets_in(sought.agency_ids)] if sought.agency_ids is not None else []
    return found


def _far(near: tuple[float, float]) -> ColumnElement[float]:
    north = _C.latitude - near[0]
    east = (_C.longitude - near[1]) * math.cos(math.radians(near[0]))
    return north * north + east * east


def _within(box: Box) -> ColumnElement[bool]:
    inside = and_(_C.latitude.between(box.south, box.north), _C.longitude.between(box.west, box.east))
    return or_(inside, and_(_C.latitude.is_(None), _is_in(box.department)))


def _is_in(department: str) -> ColumnElement[bool]:
    return or_(_C.insee.startswith(department), and_(_C.insee == "", _C.postcode.startswith(department)))


def _lets_in(agency_ids: Collection[UUID]) -> ColumnElement[bool]:
    own = partner_agencies.c.partner_id == _C.id
    return or_(~exists().where(own), exists().where(own, partner_agencies.c.agency_id.in_(agency_ids)))


def _written(partner: Partner) -> dict[str, Any]:
    return values(partner, partners, search=partner.search)


async def _whole(tx: Tx, wanted: Select[Any]) -> list[Partner]:
    """Partners with the agencies that may send people to them."""
    rows = await tx.rows(wanted)
    let_in: dict[UUID, tuple[UUID, ...]] = {}
    pairs = select(partner_agencies.c.partner_id, partner_agencies.c.agency_id)
    for start in range(0, len(rows), TOGETHER):
        ids = [row.id for row in rows[start : start + TOGETHER]]
        found = pairs.where(partner_agencies.c.partner_id.in_(ids)).order_by(partner_agencies.c.agency_id)
        for pair in await tx.rows(found):
            let_in[pair.partner_id] = (*let_in.get(pair.partner_id, ()), pair.agency_id)
    return [made(Partner, row, agency_ids=let_in.get(row.id, ())) for row in rows]
