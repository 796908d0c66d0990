"""The roles that staff hold, held and will hold."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, or_, select, update

from booking.domain.errors import NotFound
from booking.domain.roles import Held
from booking.domain.staff import Role
from booking.storage.database import Tx
from booking.storage.role_times import in_force
from booking.storage.shapes import columns, made, values
from booking.storage.tables import staff, staff_roles

_HELD = columns(Held, staff_roles)


async def add(tx: Tx, held: Held) -> None:
    """Write a role that is given or entrusted."""
    await tx.run(insert(staff_roles).values(values(held, staff_roles)))


async def end(tx: Tx, ids: Sequence[UUID], at: datetime) -> None:
    """These roles end now; those that have not begun never do."""
    still = or_(staff_roles.c.ends_at.is_(None), staff_roles.c.ends_at > at)
    whose = update(staff_roles).where(staff_roles.c.id.in_(ids), still)
    begun = or_(staff_roles.c.starts_at.is_(None), staff_roles.c.starts_at <= at)
    await tx.run(whose.where(begun).values(ends_at=at))
    await tx.run(whose.where(~begun).values(ends_at=staff_roles.c.starts_at))


async def from_issuer(tx: Tx, staff_id: UUID, issuer: str, now: datetime) -> list[Held]:
    """Those that somebody holds by what a provider of identities says of him."""
    mine = (staff_roles.c.staff_id == staff_id, staff_roles.c.issuer == issuer)
    return await _some(tx, *mine, staff_roles.c.ends_at > now)


async def prolong(tx: Tx, ids: Sequence[UUID], until: datetime) -> None:
    """These end then."""
    await tx.run(update(staff_roles).where(staff_roles.c.id.in_(ids)).values(ends_at=until))


async def load(tx: Tx, role_id: UUID) -> Held:
    """One of them; raises :class:`NotFound`."""
    row = await tx.row(select(*_HELD).where(staff_roles.c.id == role_id).with_for_update())
    if row is None:
        raise NotFound(role_id=role_id)
    return made(Held, row)


async def of_agency(tx: Tx, agency_id: UUID | None, ended_after: datetime) -> list[Held]:
    """Those of an agency, or for the network, that have not ended before; by who holds them."""
    there = staff_roles.c.agency_id == agency_id if agency_id else staff_roles.c.agency_id.is_(None)
    return await _some(tx, there, or_(staff_roles.c.ends_at.is_(None), staff_roles.c.ends_at > ended_after))


async def of_staff(tx: Tx, staff_id: UUID, ended_after: datetime) -> list[Held]:
    """Those that somebody holds or entrusted."""
    mine = or_(staff_roles.c.staff_id == staff_id, staff_roles.c.given_by == staff_id)
    return await _some(tx, mine, or_(staff_roles.c.ends_at.is_(None), staff_roles.c.ends_at > ended_after))


async def running(tx: Tx, staff_id: UUID, agency_id: UUID | None, role: Role, now: datetime) -> list[Held]:
    """The same role of the same person there that is not over: it need not be given twice."""
    there = staff_roles.c.agency_id == agency_id if agency_id else staff_roles.c.agency_id.is_(None)
    mine = (staff_roles.c.staff_id == staff_id, staff_roles.c.role == role, staff_roles.c.delegated_from.is_(None))
    return await _some(tx, there, *mine, or_(staff_roles.c.ends_at.is_(None), staff_roles.c.ends_at > now))


async def administrators(tx: Tx, now: datetime) -> int:
    """How many administer the network without an end."""
    endless = (staff_roles.c.role == Role.ADMINISTRATOR, staff_roles.c.agency_id.is_(None))
    lasting = (staff_roles.c.ends_at.is_(None), staff.c.disabled_at.is_(None), in_force(now))
    found = select(staff_roles.c.id).join(staff, staff.c.id == staff_roles.c.staff_id).where(*endless, *lasting)
    # Of two who end each other's role one waits, and sees then that he is the last.
    return len(await tx.rows(found.order_by(staff_roles.c.id).with_for_update(of=staff_roles)))


async def colleagues(tx: Tx, agency_id: UUID, now: datetime) -> list[tuple[UUID, str]]:
    """Who holds a role of his own in this agency: id and name, by name."""
    held = select(staff.c.id, staff.c.name).join(staff_roles, staff_roles.c.staff_id == staff.c.id)
    there = (
        staff_roles.c.agency_id == agency_id,
        staff_roles.c.delegated_from.is_(None),
        staff.c.disabled_at.is_(None),
    )
    found = held.where(*there, in_force(now)).distinct().order_by(staff.c.name, staff.c.id)
    return [(row.id, row.name) for row in await tx.rows(found)]


async def holders(tx: Tx, agency_ids: Collection[UUID] | None) -> list[tuple[UUID, str]]:
    """Who holds, held or will hold a role in these agencies (None is any): id and name, by name."""
    held = select(staff.c.id, staff.c.name).join(staff_roles, staff_roles.c.staff_id == staff.c.id).distinct()
    found = held if agency_ids is None else held.where(staff_roles.c.agency_id.in_(list(agency_ids)))
    return [(row.id, row.name) for row in await tx.rows(found.order_by(staff.c.name, staff.c.id))]


async def _some(tx: Tx, *which: object) -> list[Held]:
    found = select(*_HELD).join(staff, staff.c.id == staff_roles.c.staff_id).where(*which)
    rows = await tx.rows(found.order_by(staff.c.name, staff_roles.c.staff_id, staff_roles.c.id))
    return [made(Held, row) for row in rows]
