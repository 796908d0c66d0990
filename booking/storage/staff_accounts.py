"""Accounts as whoever looks after them sees them: who has a password, a second factor, and what role where."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select, update

from booking.domain.sign_ins import NO_PASSWORD
from booking.domain.staff import Role
from booking.storage import attendees
from booking.storage.database import Tx
from booking.storage.role_times import in_force
from booking.storage.shapes import made
from booking.storage.tables import second_factors, sign_ins, staff, staff_roles


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One member of staff; ``roles`` are pairs of agency and role, agency None is the whole network.

    ``soon_at`` is where he has a role to come: who looks after him today must not be who he is tomorrow.
    """

    id: UUID
    name: str
    sign_in_name: str
    email: str | None
    has_password: bool
    has_factor: bool
    seen_at: datetime | None
    disabled_at: datetime | None
    roles: frozenset[tuple[UUID | None, Role]] = frozenset()
    soon_at: frozenset[UUID | None] = frozenset()


async def found(
    tx: Tx, said: str, now: datetime, most: int, id: UUID | None = None, *, unreached: bool = False
) -> Sequence[Account]:
    """Whose name or sign-in name holds this, by name; of all, or the one with this id; with ``unreached`` who has
    neither a password nor an address."""
    seen = select(func.max(sign_ins.c.seen_at)).where(sign_ins.c.staff_id == staff.c.id).scalar_subquery()
    has_factor = select(second_factors.c.staff_id).where(
        second_factors.c.staff_id == staff.c.id, second_factors.c.confirmed_at.is_not(None)
    )
    columns = (staff.c.id, staff.c.name, staff.c.sign_in_name, staff.c.email, staff.c.disabled_at)
    listed = select(
        *columns,
        (staff.c.password_hash != NO_PASSWORD).label("has_password"),
        seen.label("seen_at"),
        has_factor.exists().label("has_factor"),
    )
    if id:
        listed = listed.where(staff.c.id == id)
    if said:
        listed = listed.where(or_(*(func.lower(c).contains(said.lower(), autoescape=True) for c in columns[1:3])))
    if unreached:
        nobody = (staff.c.password_hash == NO_PASSWORD, staff.c.email.is_(None), staff.c.disabled_at.is_(None))
        listed = listed.where(*nobody)
    rows = await tx.rows(listed.order_by(staff.c.name, staff.c.id).limit(most))
    roles = await _roles(tx, [row.id for row in rows], now)
    soon = await _to_come(tx, [row.id for row in rows], now)
    return [made(Account, row, roles=roles[row.id], soon_at=soon[row.id]) for row in rows]


async def _roles(tx: Tx, ids: Sequence[UUID], now: datetime) -> dict[UUID, frozenset[tuple[UUID | None, Role]]]:
    c, held = staff_roles.c, defaultdict(set)
    for row in await tx.rows(select(c.staff_id, c.agency_id, c.role).where(c.staff_id.in_(ids), in_force(now))):
        held[row.staff_id].add((row.agency_id, row.role))
    return defaultdict(frozenset, {id: frozenset(pairs) for id, pairs in held.items()})


async def _to_come(tx: Tx, ids: Sequence[UUID], now: datetime) -> dict[UUID, frozenset[UUID | None]]:
    c, held = staff_roles.c, defaultdict(set)
    later = (c.starts_at > now, or_(c.ends_at.is_(None), c.ends_at > c.starts_at))
    for row in await tx.rows(select(c.staff_id, c.agency_id).where(c.staff_id.in_(ids), *later)):
        held[row.staff_id].add(row.agency_id)
    return defaultdict(frozenset, {id: frozenset(where) for id, where in held.items()})


async def set_email(tx: Tx, staff_id: UUID, email: str | None) -> None:
    """Where somebody is written to about his account."""
    await tx.run(update(staff).where(staff.c.id == staff_id).values(email=email))
    await attendees.follow(tx, staff_id)
