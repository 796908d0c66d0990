"""Staff who attend trainings: each has one row among those who attend, whose name and address follow the account."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select, update

from booking.domain.errors import NotFound
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import Channel, JobSeeker, folded
from booking.domain.workshops import Audience
from booking.storage.columns import Id
from booking.storage.database import Tx
from booking.storage.driving import hot
from booking.storage.idempotency import INSERT
from booking.storage.job_seekers import written
from booking.storage.role_times import in_force
from booking.storage.tables import job_seekers, meetings, occupancies, sessions, staff, staff_roles, workshops

_STAFF_OF = hot(select(job_seekers.c.staff_id).where(job_seekers.c.id == bindparam("person", type_=Id)))


async def staff_of(tx: Tx, job_seeker_id: UUID) -> UUID | None:
    """Which member of staff this is; None for a job seeker."""
    row = await tx.row(_STAFF_OF, {"person": job_seeker_id})
    return row.staff_id if row else None


async def of_staff(tx: Tx, staff_id: UUID) -> UUID | None:
    """By which identifier this member of staff attends, if he ever did."""
    return await tx.value(select(job_seekers.c.id).where(job_seekers.c.staff_id == staff_id))  # type: ignore[no-any-return]


async def keep(tx: Tx, staff_id: UUID, agency_id: UUID, now: datetime) -> UUID:
    """By which identifier this member of staff attends from now on; ``agency_id`` is his if he attends the first time.

    Raises :class:`NotFound` for nobody, and for somebody whose account is closed.
    """
    there = select(staff.c.name, staff.c.email).where(staff.c.id == staff_id, staff.c.disabled_at.is_(None))
    row = await tx.row(there)
    if row is None:
        raise NotFound(staff_id=staff_id)
    new = _attendee(new_id(now), staff_id, agency_id, row.name, row.email, now)
    said = written(new) | {"search": folded(row.name)}
    added = INSERT[tx.dialect](job_seekers).values(said)
    same = {"index_elements": ["staff_id"], "index_where": job_seekers.c.staff_id.is_not(None)}
    await tx.run(added.on_conflict_do_nothing(**same))
    await follow(tx, staff_id)
    found = await of_staff(tx, staff_id)
    assert found is not None  # written just now, if not before
    return found


async def follow(tx: Tx, staff_id: UUID) -> None:
    """The name and the address are those of the account; nothing for who never attended."""
    row = await tx.row(select(staff.c.name, staff.c.email).where(staff.c.id == staff_id))
    if row:
        first, last = named(row.name)
        new = {"first_name": first, "last_name": last, "search": folded(row.name), "email": row.email}
        await tx.run(update(job_seekers).where(job_seekers.c.staff_id == staff_id).values(new))


async def is_training(tx: Tx, session_id: UUID) -> bool:
    """Whether a session is one for staff."""
    taught = select(workshops.c.audience).join(sessions, sessions.c.workshop_id == workshops.c.id)
    return await tx.value(taught.where(sessions.c.id == session_id)) is Audience.STAFF


async def works_at(tx: Tx, staff_id: UUID, now: datetime) -> set[UUID | None]:
    """The agencies in which this member of staff holds a role now; None stands for the whole network."""
    held = (staff_roles.c.staff_id == staff_id, in_force(now))
    return {row.agency_id for row in await tx.rows(select(staff_roles.c.agency_id).where(*held))}


async def led_meanwhile(tx: Tx, session_id: UUID, job_seeker_id: UUID, now: datetime) -> UUID | None:
    """The session, if any, that this member of staff leads or helps in at a time of this one still to come."""
    own = meetings.alias("own")
    found = (
        select(own.c.session_id)
        .join_from(occupancies, job_seekers, job_seekers.c.staff_id == occupancies.c.holder_id)
        .join(own, own.c.id == occupancies.c.meeting_id)
        .join(meetings, meetings.c.session_id == session_id)
        .where(job_seekers.c.id == job_seeker_id, occupancies.c.booking_id.is_(None), meetings.c.starts_at > now)
        .where(occupancies.c.starts_at < meetings.c.ends_at, occupancies.c.ends_at > meetings.c.starts_at)
    )
    return await tx.value(found.limit(1))  # type: ignore[no-any-return]


def _attendee(id: UUID, staff_id: UUID, agency_id: UUID, name: str, email: str | None, now: datetime) -> JobSeeker:
    first, last = named(name)
    return JobSeeker(
        id=id,
        staff_id=staff_id,
        agency_id=agency_id,
        first_name=first,
        last_name=last,
        email=email,
        preferred=Channel.EMAIL,
        created_at=now,
        changed_at=now,
    )


def named(name: str) -> tuple[str, str]:
    """First name and name; an account has one line for both."""
    first, _, last = name.strip().partition(" ")
    return first, last.strip()
