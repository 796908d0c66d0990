"""Writing rooms, and what takes them out of use for some days."""

from uuid import UUID

from sqlalchemy import delete, insert, select, update

from booking.domain.errors import NotFound
from booking.domain.rooms import Closure, Outage, Room
from booking.storage import agencies
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import closures, outages, rooms

_CLOSURE = columns(Closure, closures)
_OUTAGE = columns(Outage, outages)


async def load(tx: Tx, room_id: UUID) -> Room:
    """One room; raises :class:`NotFound`."""
    found = await agencies.room(tx, room_id)
    if found is None:
        raise NotFound(room_id=room_id)
    return found


async def change(tx: Tx, room: Room) -> None:
    """Write a room anew; raises :class:`NameTaken`."""
    await tx.run(update(rooms).where(rooms.c.id == room.id).values(values(room, rooms)))


async def close(tx: Tx, closure: Closure) -> None:
    """Write a closure."""
    await tx.run(insert(closures).values(values(closure, closures)))


async def closure(tx: Tx, closure_id: UUID) -> Closure:
    """One closure; raises :class:`NotFound`."""
    row = await tx.row(select(*_CLOSURE).where(closures.c.id == closure_id))
    if row is None:
        raise NotFound(closure_id=closure_id)
    return made(Closure, row)


async def reopen(tx: Tx, closure_id: UUID) -> None:
    """Forget a closure."""
    await tx.run(delete(closures).where(closures.c.id == closure_id))


async def put_out_of_order(tx: Tx, outage: Outage) -> None:
    """Write an outage."""
    await tx.run(insert(outages).values(values(outage, outages)))


async def outage(tx: Tx, outage_id: UUID) -> Outage:
    """One outage; raises :class:`NotFound`."""
    row = await tx.row(select(*_OUTAGE).where(outages.c.id == outage_id))
    if row is None:
        raise NotFound(outage_id=outage_id)
    return made(Outage, row)


async def change_outage(tx: Tx, outage: Outage) -> None:
    """Write an outage anew."""
    await tx.run(update(outages).where(outages.c.id == outage.id).values(values(outage, outages)))


async def repair(tx: Tx, outage_id: UUID) -> None:
    """Forget an outage."""
    await tx.run(delete(outages).where(outages.c.id == outage_id))
