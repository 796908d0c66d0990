"""Which members of staff have or had places in trainings, and who works in an agency."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select

from booking.domain.bookings import BookingState
from booking.domain.staff import Role
from booking.domain.trainings import Attended
from booking.storage.columns import Instant
from booking.storage.database import Tx
from booking.storage.driving import any_of, hot
from booking.storage.histories import CAME
from booking.storage.many import among, listed
from booking.storage.role_times import in_force
from booking.storage.tables import agencies, attendance, bookings, job_seekers, meetings, sessions, staff, staff_roles
from booking.storage.tables import workshops as taught

_NOW = bindparam("now", type_=Instant)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works in an agency, with the roles held there."""

    id: UUID
    name: str
    roles: frozenset[Role]


async def places(tx: Tx, staff_ids: Collection[UUID]) -> list[Attended]:
    """The places of these in trainings that stand, by start."""
    rows = await tx.rows(_places(tx.dialect), {"ids": listed(tx.dialect, staff_ids)})
    return [Attended(**row._mapping) for row in rows]


@cache
def _places(dialect: str) -> Any:
    made_up = bookings.alias("made_up")
    mine = or_(made_up.c.id == bookings.c.id, made_up.c.makes_up_id == bookings.c.id)
    came = (
        select(func.count())
        .join_from(attendance, made_up, made_up.c.id == attendance.c.booking_id)
        .where(mine, any_of(attendance.c.mark, CAME))
        .correlate(bookings)
        .scalar_subquery()
    )
    count = select(func.count()).where(meetings.c.session_id == sessions.c.id).correlate(sessions).scalar_subquery()
    found = (
        select(
            job_seekers.c.staff_id,
            *(sessions.c.workshop_id, sessions.c.starts_at, sessions.c.ends_at),
            bookings.c.id.label("booking_id"),
            *(bookings.c.session_id, bookings.c.state, bookings.c.sequence),
            *(count.label("meetings"), came.label("came")),
            taught.c.title.label("workshop_title"),
            *(agencies.c.name.label("agency_name"), agencies.c.time_zone),
        )
        .join_from(bookings, job_seekers, job_seekers.c.id == bookings.c.job_seeker_id)
        .join(sessions, sessions.c.id == bookings.c.session_id)
        .join(taught, taught.c.id == sessions.c.workshop_id)
        .join(agencies, agencies.c.id == sessions.c.agency_id)
        .where(among(dialect, job_seekers.c.staff_id), bookings.c.state != BookingState.CANCELLED)
        .where(bookings.c.makes_up_id.is_(None))
        .order_by(sessions.c.starts_at, bookings.c.id)
    )
    return hot(found)


async def colleagues(tx: Tx, agency_ids: Collection[UUID], now: datetime) -> list[Colleague]:
    """Who works in these agencies now, by name."""
    names: dict[UUID, str] = {}
    roles: dict[UUID, set[Role]] = {}
    for row in await tx.rows(_colleagues(tx.dialect), {"ids": listed(tx.dialect, agency_ids), "now": now}):
        names[row.id] = row.name
        roles.setdefault(row.id, set()).add(row.role)
    return [Colleague(id, name, frozenset(roles[id])) for id, name in names.items()]


@cache
def _colleagues(dialect: str) -> Any:
    held = (
        select(staff.c.id, staff.c.name, staff_roles.c.role)
        .join(staff_roles, staff_roles.c.staff_id == staff.c.id)
        .where(among(dialect, staff_roles.c.agency_id), staff.c.disabled_at.is_(None), in_force(_NOW))
        .order_by(staff.c.name, staff.c.id)
    )
    return hot(held)
