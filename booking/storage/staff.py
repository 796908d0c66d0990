"""Staff, their roles, and the hashes of their passwords."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, insert, select, update

from booking.domain.identifiers import new_id
from booking.domain.staff import LONGEST_SERVICE, ROLES_WITH, Right, Role, Staff
from booking.storage.database import Tx
from booking.storage.role_times import AT_NOW, in_force
from booking.storage.tables import staff, staff_roles

# A role that is over, or has not begun, counts as none: that is asked each time somebody asks for something.
_WITH_ROLES = select(
    staff.c.id, staff.c.name, staff.c.sign_in_name, staff.c.has_shortcuts, staff_roles.c.agency_id, staff_roles.c.role
).join_from(staff, staff_roles, and_(staff_roles.c.staff_id == staff.c.id, in_force(AT_NOW)), isouter=True)


async def add(tx: Tx, person: Staff, password_hash: str, now: datetime, ends_at: datetime | None = None) -> None:
    """Write a new member of staff with the roles held; raises :class:`NameTaken`."""
    new = {"id": person.id, "name": person.name, "sign_in_name": person.sign_in_name, "password_hash": password_hash}
    await tx.run(insert(staff).values(**new, created_at=now))
    await add_roles(tx, person.id, person.roles, now, ends_at)


async def add_roles(
    tx: Tx, staff_id: UUID, roles: Iterable[tuple[UUID | None, Role]], now: datetime, ends_at: datetime | None = None
) -> None:
    """Give more roles; an assistant's ends in any case, after the longest service if nobody says when."""
    whose = {"staff_id": staff_id}
    rows = [
        {
            **whose,
            "id": new_id(now),
            "agency_id": agency,
            "role": role,
            "ends_at": ends_at or (now + LONGEST_SERVICE if role is Role.ASSISTANT else None),
        }
        for agency, role in roles
    ]
    if rows:
        await tx.run(insert(staff_roles), rows)


async def set_password(tx: Tx, staff_id: UUID, password_hash: str) -> None:
    """Replace a password."""
    await tx.run(update(staff).where(staff.c.id == staff_id).values(password_hash=password_hash))


async def use_shortcuts(tx: Tx, staff_id: UUID, *, has_shortcuts: bool) -> None:
    """Whether single keys act on the pages that somebody sees."""
    await tx.run(update(staff).where(staff.c.id == staff_id).values(has_shortcuts=has_shortcuts))


async def disable(tx: Tx, staff_id: UUID, at: datetime | None) -> None:
    """Let nobody in under this name any more, or again without a time."""
    await tx.run(update(staff).where(staff.c.id == staff_id).values(disabled_at=at))


async def credentials(tx: Tx, sign_in_name: str) -> tuple[UUID, str] | None:
    """Who has this sign-in name, and the hash of the password; None for nobody and for the disabled."""
    mine = (staff.c.sign_in_name == sign_in_name, staff.c.disabled_at.is_(None))
    row = await tx.row(select(staff.c.id, staff.c.password_hash).where(*mine))
    return (row.id, row.password_hash) if row else None


async def is_known(tx: Tx, sign_in_name: str) -> bool:
    """Whether anybody has or had this name."""
    return bool(await tx.row(select(staff.c.id).where(staff.c.sign_in_name == sign_in_name)))


async def load(tx: Tx, staff_id: UUID, now: datetime) -> Staff | None:
    """One member of staff with the roles held at this time."""
    return await _one(tx, _WITH_ROLES.where(staff.c.id == staff_id), now)


async def named_to_sign_in(tx: Tx, sign_in_name: str, now: datetime) -> Staff | None:
    """Who signs in under this name, with the roles held at this time."""
    return await _one(tx, _WITH_ROLES.where(staff.c.sign_in_name == sign_in_name), now)


async def named(tx: Tx, ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of these."""
    rows = await tx.rows(select(staff.c.id, staff.c.name).where(staff.c.id.in_(set(ids))))
    return {row.id: row.name for row in rows}


async def who_may(tx: Tx, right: Right, agency_ids: Iterable[UUID] | None, now: datetime) -> list[tuple[UUID, str]]:
    """Who has this right by a role in these agencies (None is any): id and name, by name."""
    held = select(staff.c.id, staff.c.name).join(staff_roles, staff_roles.c.staff_id == staff.c.id)
    there = [staff_roles.c.role.in_(ROLES_WITH[right]), staff.c.disabled_at.is_(None), in_force(now)]
    there += [] if agency_ids is None else [staff_roles.c.agency_id.in_(list(agency_ids))]
    return [(row.id, row.name) for row in await tx.rows(held.where(*there).distinct().order_by(staff.c.name))]


async def facilitators(tx: Tx, agency_ids: Iterable[UUID], now: datetime) -> list[tuple[UUID, str, UUID]]:
    """Who may lead a meeting in these agencies: id, name, agency; by name."""
    held = select(staff.c.id, staff.c.name, staff_roles.c.agency_id).join(
        staff_roles, staff_roles.c.staff_id == staff.c.id
    )
    there = (
        staff_roles.c.role == Role.FACILITATOR,
        staff_roles.c.agency_id.in_(list(agency_ids)),
        staff.c.disabled_at.is_(None),
        in_force(now),
    )
    found = held.where(*there).distinct().order_by(staff.c.name)
    return [(row.id, row.name, row.agency_id) for row in await tx.rows(found)]


async def who_assist(tx: Tx, agency_id: UUID, now: datetime) -> list[tuple[UUID, str]]:
    """Who may help in a meeting of this agency: id and name, by name; facilitators too."""
    there = (
        staff_roles.c.role.in_((Role.FACILITATOR, Role.ASSISTANT)),
        staff_roles.c.agency_id == agency_id,
        staff.c.disabled_at.is_(None),
        in_force(now),
    )
    held = select(staff.c.id, staff.c.name).join(staff_roles, staff_roles.c.staff_id == staff.c.id).where(*there)
    return [(row.id, row.name) for row in await tx.rows(held.distinct().order_by(staff.c.name))]


async def who_are_planned(tx: Tx, agency_ids: Iterable[UUID], now: datetime) -> list[tuple[UUID, UUID, str, str]]:
    """Who may lead or help in these agencies: id, agency, name, sign-in name."""
    held = select(staff.c.id, staff_roles.c.agency_id, staff.c.name, staff.c.sign_in_name).join(
        staff_roles, staff_roles.c.staff_id == staff.c.id
    )
    there = (
        staff_roles.c.role.in_((Role.FACILITATOR, Role.ASSISTANT)),
        staff_roles.c.agency_id.in_(list(agency_ids)),
        staff.c.disabled_at.is_(None),
        in_force(now),
    )
    return [tuple(row) for row in await tx.rows(held.where(*there))]


async def _one(tx: Tx, found: Select[tuple[object, ...]], now: datetime) -> Staff | None:
    return _staff(await tx.rows(found.where(staff.c.disabled_at.is_(None)), {"now": now}))


def _staff(rows: Sequence[Row[Any]]) -> Staff | None:
    if not rows:
        return None
    roles = frozenset((row.agency_id, row.role) for row in rows if row.role is not None)
    known = {name: getattr(rows[0], name) for name in ("id", "name", "sign_in_name", "has_shortcuts")}
    return Staff(**known, roles=roles)
