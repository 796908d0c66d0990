"""Equipment out of order: said, changed, repaired, and which meetings no longer fit into their room."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from booking.domain.rooms import Outage, Room
from booking.domain.staff import Right, Staff
from booking.services.closures import must_be_of
from booking.storage import agencies, audit, rooms, surroundings, touched
from booking.storage.database import Database, Tx
from booking.storage.touched import Touched
from calendars.zones import today, wall

DAY = timedelta(days=1)


async def show(db: Database, outage_id: UUID, *, by: Staff) -> Outage:
    """One outage. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        return await _own(tx, outage_id, by)


async def report(db: Database, outage: Outage, *, by: Staff, now: datetime) -> list[Touched]:
    """Workstations are out of order. The meetings that no longer fit are not changed: they are returned.

    Raises :class:`InvalidField`, :class:`NotFound`, :class:`NotAllowed`.
    """
    by.must(Right.PLAN, outage.agency_id)
    outage.checked()
    async with db.transaction() as tx:
        await must_be_of(tx, outage.room_id, outage.agency_id)
        await rooms.put_out_of_order(tx, outage)
        await audit.record(tx, by, "reported", "outage", outage.id, now, outage.agency_id, because=outage.because)
        return await _no_longer_fit(tx, outage, now)


async def change(db: Database, outage: Outage, *, by: Staff, now: datetime) -> list[Touched]:
    """Write an outage anew; its room stays. Raises and returns like :func:`report`."""
    async with db.transaction() as tx:
        before = await _own(tx, outage.id, by)
        after = replace(outage, room_id=before.room_id, agency_id=before.agency_id).checked()
        await rooms.change_outage(tx, after)
        await audit.record(tx, by, "changed", "outage", outage.id, now, before.agency_id)
        return await _no_longer_fit(tx, after, now)


async def end(db: Database, outage_id: UUID, *, by: Staff, now: datetime) -> Outage:
    """All works again from today on; what had not begun is forgotten. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.transaction() as tx:
        before = await _own(tx, outage_id, by)
        agency = await agencies.load(tx, before.agency_id)
        yesterday = today(now, agency.time_zone) - DAY
        if yesterday < before.first_on:
            await rooms.repair(tx, outage_id)
        elif yesterday < before.last_on:
            await rooms.change_outage(tx, replace(before, last_on=yesterday))
        await audit.record(tx, by, "ended", "outage", outage_id, now, before.agency_id)
    return before


async def remove(db: Database, outage_id: UUID, *, by: Staff, now: datetime) -> Outage:
    """Take an outage back, as if it had not been. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.transaction() as tx:
        before = await _own(tx, outage_id, by)
        await rooms.repair(tx, outage_id)
        await audit.record(tx, by, "removed", "outage", outage_id, now, before.agency_id)
    return before


def concerned(
    outage: Outage, room: Room, outages: Sequence[Outage], planned: Iterable[Touched], zone: str
) -> list[Touched]:
    """The meetings planned for more people than the room then holds; with enough left, nobody is concerned."""
    found = []
    for one in planned:
        day = wall(one.starts_at, zone).date()
        is_then = one.room_id == room.id and outage.first_on <= day <= outage.last_on
        if is_then and room.capacity_on(day, outages) < one.capacity:
            found.append(one)
    return found


async def _no_longer_fit(tx: Tx, outage: Outage, now: datetime) -> list[Touched]:
    agency = await agencies.load(tx, outage.agency_id)
    known = await surroundings.outages_of(tx, agency.id, outage.first_on, outage.last_on)
    planned = await touched.at(tx, agency.id, now)
    return concerned(outage, await rooms.load(tx, outage.room_id), known, planned, agency.time_zone)


async def _own(tx: Tx, outage_id: UUID, by: Staff) -> Outage:
    outage = await rooms.outage(tx, outage_id)
    by.must(Right.PLAN, outage.agency_id)
    return outage
