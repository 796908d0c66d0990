"""What can stand in the way of meetings in one agency: closures, outages, holidays of schools, who and what is busy."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from booking.domain.agencies import Agency
from booking.domain.obstacles import Person, Surroundings
from booking.domain.rooms import Closure, Outage, SchoolHoliday
from booking.domain.staff import LEADERS, Role
from booking.storage import agencies, external_times, occupancies
from booking.storage.database import Tx
from booking.storage.role_times import in_force
from booking.storage.shapes import columns, made
from booking.storage.tables import busy_times, closures, outages, school_holidays, staff, staff_roles
from calendars.territories import school_zone_of

_CLOSURE = columns(Closure, closures)
_OUTAGE = columns(Outage, outages)
_SCHOOL_HOLIDAY = columns(SchoolHoliday, school_holidays)
# Who may be planned: a facilitator leads, an assistant helps.


async def load(
    tx: Tx, agency: Agency, begins: datetime, ends: datetime, besides: Collection[UUID] = ()
) -> Surroundings:
    """Everything known about this agency between two instants; sessions named in ``besides`` do not count."""
    first, last = begins.date(), ends.date()
    rooms = {room.id: room for room in await agencies.rooms_of(tx, [agency.id])}
    people = await people_of(tx, agency.id, begins, ends)
    return Surroundings(
        zone=agency.time_zone,
        territory=agency.holiday_territory,
        closures=await closures_of(tx, agency.id, first, last),
        outages=await outages_of(tx, agency.id, first, last),
        school_holidays=await school_holidays_of(tx, school_zone_of(agency.department), first, last),
        rooms=rooms,
        rooms_busy=await external_times.between(tx, rooms, begins, ends),
        people=people,
        occupied=await occupancies.between(tx, [*rooms, *people], begins, ends, besides),
    )


async def closures_of(tx: Tx, agency_id: UUID, first: date, last: date = date.max) -> list[Closure]:
    """Closures of an agency and its rooms that touch these days, by first day."""
    touched = (closures.c.agency_id == agency_id, closures.c.first_on <= last, closures.c.last_on >= first)
    found = select(*_CLOSURE).where(*touched).order_by(closures.c.first_on, closures.c.id)
    return [made(Closure, row) for row in await tx.rows(found)]


async def outages_of(tx: Tx, agency_id: UUID, first: date, last: date = date.max) -> list[Outage]:
    """Outages in rooms of an agency that touch these days, by first day."""
    touched = (outages.c.agency_id == agency_id, outages.c.first_on <= last, outages.c.last_on >= first)
    found = select(*_OUTAGE).where(*touched).order_by(outages.c.first_on, outages.c.id)
    return [made(Outage, row) for row in await tx.rows(found)]


async def school_holidays_of(tx: Tx, zone: str, first: date, last: date = date.max) -> list[SchoolHoliday]:
    """School holidays of a zone that touch these days, by first day."""
    t = school_holidays.c
    found = select(*_SCHOOL_HOLIDAY).where(t.zone == zone, t.first_on <= last, t.last_on >= first)
    return [made(SchoolHoliday, row) for row in await tx.rows(found.order_by(t.first_on))]


async def people_of(tx: Tx, agency_id: UUID, begins: datetime, ends: datetime) -> dict[UUID, Person]:
    """Who can lead or assist in an agency, by name, with the times at which they are busy."""
    held = (
        select(staff.c.id, staff.c.name, staff.c.availability, staff.c.ends_on, staff_roles.c.role)
        .join(staff_roles, staff_roles.c.staff_id == staff.c.id)
        .where(staff_roles.c.role.in_(LEADERS), staff_roles.c.agency_id == agency_id, staff.c.disabled_at.is_(None))
        .where(in_force(begins))
        .order_by(staff.c.name, staff.c.id)
    )
    rows = await tx.rows(held)
    leaders = {row.id for row in rows if row.role is Role.FACILITATOR}
    busy = await _busy(tx, [row.id for row in rows], begins, ends)
    return {
        row.id: made(Person, row, is_facilitator=row.id in leaders, busy=tuple(busy.get(row.id, ()))) for row in rows
    }


async def _busy(
    tx: Tx, staff_ids: Sequence[UUID], begins: datetime, ends: datetime
) -> dict[UUID, list[tuple[datetime, datetime, str]]]:
    t = busy_times.c
    found = select(t.staff_id, t.starts_at, t.ends_at, t.because)
    found = found.where(t.staff_id.in_(staff_ids), t.starts_at < ends, t.ends_at > begins).order_by(t.starts_at)
    busy: dict[UUID, list[tuple[datetime, datetime, str]]] = {}
    for row in await tx.rows(found):
        busy.setdefault(row.staff_id, []).append((row.starts_at, row.ends_at, row.because))
    for staff_id, spans in (await external_times.between(tx, staff_ids, begins, ends)).items():
        busy.setdefault(staff_id, []).extend((starts_at, ends_at, "") for starts_at, ends_at in spans)
    return busy
