"""The rooms of an agency: adding one, changing it, laying it aside."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.domain.changes import changes
from booking.domain.errors import StillUsed
from booking.domain.rooms import Room
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.services import entries
from booking.storage import agencies, audit, rooms, sessions, touched
from booking.storage.database import Database, Tx, again_when_contended
from booking.storage.touched import Touched


async def show(db: Database, room_id: UUID, *, by: Staff) -> Room:
    """One room, for who may plan in it. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        return await _own(tx, room_id, by)


async def add(db: Database, room: Room, *, by: Staff, now: datetime) -> Room:
    """Add a room to an agency.

    Raises :class:`InvalidField`, :class:`NameTaken`, :class:`NotFound`, :class:`NotAllowed`.
    """
    by.must(Right.PLAN, room.agency_id)
    async with db.transaction() as tx:
        await agencies.load(tx, room.agency_id)
        await agencies.add_room(tx, room.checked())
        await audit.record(tx, by, "added", "room", room.id, now, room.agency_id)
    return room


@again_when_contended
async def change(db: Database, room: Room, *, by: Staff, site: Site, now: datetime) -> Room:
    """Write a room anew; what is planned in it stays, and calendars show its new name.

    Raises like :func:`add`, and :class:`NotFound`.
    """
    async with db.transaction() as tx:
        before = await _own(tx, room.id, by)
        after = replace(room.checked(), agency_id=before.agency_id, archived_at=before.archived_at)
        await rooms.change(tx, after)
        if after.name != before.name:
            shown = {one.session_id for one in await touched.in_room(tx, before.id, now)}
            await sessions.lock(tx, *shown)
            await entries.keep(tx, shown, site, now)
        await audit.record(tx, by, "changed", "room", room.id, now, before.agency_id, changes=changes(before, after))
    return after


async def archive(db: Database, room_id: UUID, *, by: Staff, now: datetime) -> Room:
    """Nothing new is planned in this room; what took place in it keeps it.

    Raises :class:`StillUsed`, which names the meetings to come, :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.transaction() as tx:
        before = await _own(tx, room_id, by)
        used = await touched.in_room(tx, room_id, now)
        if used:
            raise StillUsed(meetings=[named(one) for one in used])
        return await _set_aside(tx, before, before.archived_at or now, by, now)


async def restore(db: Database, room_id: UUID, *, by: Staff, now: datetime) -> Room:
    """A room laid aside can be planned again. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.transaction() as tx:
        return await _set_aside(tx, await _own(tx, room_id, by), None, by, now)


def named(one: Touched) -> dict[str, object]:
    """A meeting as the facts of a refusal name it."""
    return {"session_id": one.session_id, "title": one.title, "starts_at": one.starts_at}


async def _set_aside(tx: Tx, before: Room, archived_at: datetime | None, by: Staff, now: datetime) -> Room:
    after = replace(before, archived_at=archived_at)
    if after != before:
        await rooms.change(tx, after)
        await audit.record(tx, by, "archived" if archived_at else "restored", "room", after.id, now, after.agency_id)
    return after


async def _own(tx: Tx, room_id: UUID, by: Staff) -> Room:
    room = await rooms.load(tx, room_id)
    by.must(Right.PLAN, room.agency_id)
    return room
