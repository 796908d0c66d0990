"""Who leads and assists in an agency: when each can be planned, and what no longer suits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from booking.domain import hours
from booking.domain.agencies import Agency
from booking.domain.changes import changes
from booking.domain.errors import NotFound
from booking.domain.hours import Span
from booking.domain.staff import Right, Staff
from booking.domain.teams import BusyTime, Member
from booking.storage import agencies, audit, inviting_choices, teams, touched
from booking.storage.database import Database, Tx
from booking.storage.inviting_choices import Standing
from booking.storage.touched import Touched
from calendars.zones import wall


@dataclass(frozen=True, slots=True)
class Team:
    """An agency with who leads and assists there, by name, and whether their own calendars are told."""

    agency: Agency
    members: Sequence[Member]
    invited: Mapping[UUID, Standing] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Planned:
    """A member, with the meetings to come that do not suit: they are not changed."""

    agency: Agency
    member: Member
    touched: Sequence[Touched]


async def of_agency(db: Database, agency_id: UUID, *, by: Staff, now: datetime) -> Team:
    """The team of an agency. Raises :class:`NotFound`, :class:`NotAllowed`."""
    by.must(Right.PLAN, agency_id)
    async with db.reading() as tx:
        members = await teams.members(tx, agency_id, now)
        invited = await inviting_choices.standing(tx, [one.id for one in members], now)
        return Team(await agencies.load(tx, agency_id), members, invited)


async def show(db: Database, agency_id: UUID, staff_id: UUID, *, by: Staff, now: datetime) -> Planned:
    """One of the team. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        member = await _own(tx, agency_id, staff_id, by, now)
        agency = await agencies.load(tx, agency_id)
        planned = await touched.of_staff(tx, staff_id, now)
    return Planned(agency, member, [one for one in planned if not suits(member, one, agency.time_zone)])


async def set_hours(
    db: Database,
    agency_id: UUID,
    staff_id: UUID,
    availability: tuple[Span, ...],
    ends_on: date | None,
    *,
    by: Staff,
    now: datetime,
) -> Planned:
    """Say in which hours somebody can be planned (none: always), and the last day of a service that ends.

    Raises :class:`InvalidField`, :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.transaction() as tx:
        before = await _own(tx, agency_id, staff_id, by, now)
        after = before.available(availability, ends_on)
        await teams.set_hours(tx, after)
        await audit.record(tx, by, "changed", "staff", staff_id, now, agency_id, changes=changes(before, after))
    return await show(db, agency_id, staff_id, by=by, now=now)


async def add_busy_time(db: Database, agency_id: UUID, busy: BusyTime, *, by: Staff, now: datetime) -> BusyTime:
    """Somebody cannot be planned at that time. Raises like :func:`set_hours`."""
    async with db.transaction() as tx:
        await _own(tx, agency_id, busy.staff_id, by, now)
        await teams.add_busy_time(tx, busy.checked())
        await audit.record(tx, by, "added", "busy_time", busy.id, now, agency_id, staff_id=str(busy.staff_id))
    return busy


async def remove_busy_time(
    db: Database, agency_id: UUID, staff_id: UUID, busy_time_id: UUID, *, by: Staff, now: datetime
) -> None:
    """Somebody can be planned at that time again. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.transaction() as tx:
        await _own(tx, agency_id, staff_id, by, now)
        if not await teams.remove_busy_time(tx, busy_time_id, staff_id):
            raise NotFound(busy_time_id=busy_time_id)
        await audit.record(tx, by, "removed", "busy_time", busy_time_id, now, agency_id, staff_id=str(staff_id))


def suits(member: Member, one: Touched, zone: str) -> bool:
    """Whether somebody can be in this meeting as things are said now."""
    begins, ends = wall(one.starts_at, zone), wall(one.ends_at, zone)
    serves = member.ends_on is None or begins.date() <= member.ends_on
    spans = [*((busy.starts_at, busy.ends_at) for busy in member.busy), *member.elsewhere]
    is_busy = any(starts_at < one.ends_at and one.starts_at < ends_at for starts_at, ends_at in spans)
    return serves and not is_busy and hours.cover(member.availability, begins, ends)


async def _own(tx: Tx, agency_id: UUID, staff_id: UUID, by: Staff, now: datetime) -> Member:
    by.must(Right.PLAN, agency_id)
    for member in await teams.members(tx, agency_id, now):
        if member.id == staff_id:
            return member
    raise NotFound(staff_id=staff_id)
