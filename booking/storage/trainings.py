"""Which members of staff have or had places in trainings, and who works in an agency."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select

from booking.domain.bookings import BookingState
from booking.domain.staff import Role
from booking.domain.trainings import Attended
from booking.storage.database import Tx
from booking.storage.histories import CAME
from booking.storage.role_times import in_force
from booking.storage.tables import agencies, attendance, bookings, job_seekers, meetings, sessions, staff, staff_roles
from booking.storage.tables import workshops as taught


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works in an agency, with the roles held there."""

    id: UUID
    name: str
    roles: frozenset[Role]


async def places(tx: Tx, staff_ids: Collection[UUID]) -> list[Attended]:
    """The places of these in trainings that stand, by start."""
    made_up = bookings.alias("made_up")
    mine = or_(made_up.c.id == bookings.c.id, made_up.c.makes_up_id == bookings.c.id)
    came = (
        select(func.count())
        .join_from(attendance, made_up, made_up.c.id == attendance.c.booking_id)
        .where(mine, attendance.c.mark.in_(CAME))
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
        .where(job_seekers.c.staff_id.in_(staff_ids), bookings.c.state != BookingState.CANCELLED)
        .where(bookings.c.makes_up_id.is_(None))
        .order_by(sessions.c.starts_at, bookings.c.id)
    )
    return [Attended(**row._mapping) for row in await tx.rows(found)]


async def colleagues(tx: Tx, agency_ids: Collection[UUID], now: datetime) -> list[Colleague]:
    """Who works in these agencies now, by name."""
    held = (
        select(staff.c.id, staff.c.name, staff_roles.c.role)
        .join(staff_roles, staff_roles.c.staff_id == staff.c.id)
        .where(staff_roles.c.agency_id.in_(agency_ids), staff.c.disabled_at.is_(None), in_force(now))
        .order_by(staff.c.name, staff.c.id)
    )
    names: dict[UUID, str] = {}
    roles: dict[UUID, set[Role]] = {}
    for row in await tx.rows(held):
        names[row.id] = row.name
        roles.setdefault(row.id, set()).add(row.role)
    return [Colleague(id, name, frozenset(roles[id])) for id, name in names.items()]
