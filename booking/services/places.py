"""The rooms of an agency with all that takes them out of use from today on, for who plans there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.rooms import Closure, Outage, Room, SchoolHoliday
from booking.domain.staff import Right, Staff
from booking.services import closures, outages
from booking.storage import agencies, surroundings, touched
from booking.storage.database import Database, Tx
from booking.storage.touched import Touched
from calendars.territories import school_zone_of
from calendars.zones import today


@dataclass(frozen=True, slots=True)
class Closed:
    """A closure, and the meetings planned then in spite of it."""

    closure: Closure
    touched: Sequence[Touched]


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """An outage, and the meetings that no longer fit."""

    outage: Outage
    touched: Sequence[Touched]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An agency as who plans there needs to know it; archived rooms come last."""

    agency: Agency
    rooms: Sequence[Room]
    closed: Sequence[Closed]
    out_of_order: Sequence[OutOfOrder]
    school_holidays: Sequence[SchoolHoliday]

    @property
    def room_names(self) -> dict[UUID, str]:
        """Every room by name."""
        return {room.id: room.name for room in self.rooms}


async def show(db: Database, agency_id: UUID, *, by: Staff, now: datetime) -> Place:
    """An agency from today on. Raises :class:`NotFound`, :class:`NotAllowed`."""
    by.must(Right.PLAN, agency_id)
    async with db.reading() as tx:
        agency = await agencies.load(tx, agency_id)
        return await _place(tx, agency, now)


async def _place(tx: Tx, agency: Agency, now: datetime) -> Place:
    day, zone = today(now, agency.time_zone), agency.time_zone
    rooms = {room.id: room for room in await agencies.rooms_of(tx, [agency.id])}
    planned = await touched.at(tx, agency.id, now)
    closed = await surroundings.closures_of(tx, agency.id, day)
    broken = await surroundings.outages_of(tx, agency.id, day)
    return Place(
        agency=agency,
        rooms=sorted(rooms.values(), key=lambda room: room.archived_at is not None),
        closed=[Closed(one, closures.concerned(one, planned, zone)) for one in closed],
        out_of_order=[
            OutOfOrder(one, outages.concerned(one, rooms[one.room_id], broken, planned, zone)) for one in broken
        ],
        school_holidays=await surroundings.school_holidays_of(tx, school_zone_of(agency.department), day),
    )
