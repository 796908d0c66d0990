"""Days on which an agency or a room is closed: said, taken back, and whom that concerns."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from booking.domain.errors import InvalidField
from booking.domain.fields import Problems
from booking.domain.rooms import Closure
from booking.domain.staff import Right, Staff
from booking.storage import agencies, audit, rooms, touched
from booking.storage.database import Database, Tx
from booking.storage.touched import Touched
from calendars.zones import wall


async def close(db: Database, closure: Closure, *, by: Staff, now: datetime) -> list[Touched]:
    """Close an agency or one of its rooms. The meetings already planned then are not changed: they are returned.

    Raises :class:`InvalidField`, :class:`NotFound`, :class:`NotAllowed`.
    """
    by.must(Right.PLAN, closure.agency_id)
    closure.checked()
    async with db.transaction() as tx:
        agency = await agencies.load(tx, closure.agency_id)
        if closure.room_id:
            await must_be_of(tx, closure.room_id, closure.agency_id)
        await rooms.close(tx, closure)
        await audit.record(tx, by, "closed", "closure", closure.id, now, closure.agency_id, because=closure.because)
        return concerned(closure, await touched.at(tx, agency.id, now), agency.time_zone)


async def reopen(db: Database, closure_id: UUID, *, by: Staff, now: datetime) -> Closure:
    """Take a closure back. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.transaction() as tx:
        closure = await rooms.closure(tx, closure_id)
        by.must(Right.PLAN, closure.agency_id)
        await rooms.reopen(tx, closure_id)
        await audit.record(tx, by, "reopened", "closure", closure_id, now, closure.agency_id)
    return closure


def concerned(closure: Closure, planned: Iterable[Touched], zone: str) -> list[Touched]:
    """The meetings that lie on days of this closure, by the clock of the place."""
    return [one for one in planned if closure.concerns(one.room_id, wall(one.starts_at, zone).date())]


async def must_be_of(tx: Tx, room_id: UUID, agency_id: UUID) -> None:
    """Do nothing, or raise :class:`InvalidField` for a room of another agency, or one that is archived."""
    room = await agencies.room(tx, room_id)
    problems = Problems()
    if room is None or room.agency_id != agency_id:
        problems.add("room_id", "room-of-another-agency")
    elif room.archived_at:
        problems.add("room_id", "room-archived")
    problems.refuse(InvalidField)
