"""Who can be planned in an agency, and when."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from booking.domain.staff import LEADERS, Role
from booking.domain.teams import LATEST, BusyTime, Member
from booking.storage import external_times
from booking.storage.database import Tx
from booking.storage.role_times import in_force
from booking.storage.shapes import columns, made, values
from booking.storage.tables import busy_times, staff, staff_roles

_BUSY = columns(BusyTime, busy_times)


async def members(tx: Tx, agency_id: UUID, since: datetime) -> list[Member]:
    """Who leads or assists in an agency, by name, with what keeps them busy after this time."""
    held = (
        select(staff.c.id, staff.c.name, staff.c.availability, staff.c.ends_on, staff_roles.c.role)
        .join(staff_roles, staff_roles.c.staff_id == staff.c.id)
        .where(staff_roles.c.role.in_(LEADERS), staff_roles.c.agency_id == agency_id, staff.c.disabled_at.is_(None))
        .where(in_force(since))
        .order_by(staff.c.name, staff.c.id)
    )
    rows = {}
    roles: dict[UUID, set[Role]] = {}
    for row in await tx.rows(held):
        rows.setdefault(row.id, row)
        roles.setdefault(row.id, set()).add(row.role)
    busy = await _busy(tx, rows, since)
    away = await external_times.between(tx, rows, since, LATEST)
    return [
        made(Member, row, roles=frozenset(roles[id]), busy=tuple(busy.get(id, ())), elsewhere=tuple(away.get(id, ())))
        for id, row in rows.items()
    ]


async def _busy(tx: Tx, staff_ids: Collection[UUID], since: datetime) -> dict[UUID, list[BusyTime]]:
    ahead = (busy_times.c.staff_id.in_(staff_ids), busy_times.c.ends_at > since)
    busy: dict[UUID, list[BusyTime]] = {}
    for row in await tx.rows(select(*_BUSY).where(*ahead).order_by(busy_times.c.starts_at, busy_times.c.id)):
        busy.setdefault(row.staff_id, []).append(made(BusyTime, row))
    return busy


async def set_hours(tx: Tx, member: Member) -> None:
    """Write when somebody can be planned, and until which day."""
    new = {"availability": member.availability, "ends_on": member.ends_on}
    await tx.run(update(staff).where(staff.c.id == member.id).values(new))


async def add_busy_time(tx: Tx, busy: BusyTime) -> None:
    """Write a time at which somebody cannot be planned."""
    await tx.run(insert(busy_times).values(values(busy, busy_times)))


async def remove_busy_time(tx: Tx, busy_time_id: UUID, staff_id: UUID) -> bool:
    """Forget such a time of this person."""
    own = (busy_times.c.id == busy_time_id, busy_times.c.staff_id == staff_id)
    return bool(await tx.run(delete(busy_times).where(*own)))
