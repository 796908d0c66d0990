"""What the audit and the closed addresses say of how a person wanted to be reached, and when."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from booking.storage.database import Tx
from booking.storage.tables import audit, staff
from booking.storage.tables import contact_suppressions as closed_ways

WAYS = ("email", "phone", "address", "postcode", "commune", "preferred")


async def closed(tx: Tx, hashes: Collection[str]) -> Sequence[Row[Any]]:
    """Every time one of these addresses was closed, with the name of who opened it again; the latest first."""
    c = closed_ways.c
    found = select(closed_ways, staff.c.name).join(staff, staff.c.id == c.lifted_by, isouter=True)
    return await tx.rows(found.where(c.address_hash.in_(hashes)).order_by(c.since.desc(), c.id.desc()))


async def doors(tx: Tx, ids: Collection[UUID]) -> dict[tuple[UUID, str], str]:
    """By which door each of these was closed and opened: by id and action of the audit."""
    a = audit.c
    rows = await tx.rows(select(a.noun_id, a.action, a.via).where(a.noun_id.in_(ids))) if ids else ()
    return {(row.noun_id, row.action): str(row.via) for row in rows}


async def changes(tx: Tx, person_id: UUID) -> list[tuple[datetime, tuple[str, ...], str]]:
    """When which ways of reaching the person were written anew, and by whom; the latest first."""
    a = audit.c
    found = select(a.at, a.details, staff.c.name).join(staff, staff.c.id == a.staff_id, isouter=True)
    rows = await tx.rows(found.where(a.noun_id == person_id, a.action == "changed").order_by(a.id.desc()))
    told = [(row.at, tuple(x for x in row.details.get("fields", ()) if x in WAYS), row.name or "") for row in rows]
    return [one for one in told if one[1]]
