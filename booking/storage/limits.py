"""Tallies of who tries how often, shared by every process on every host."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from booking.domain.limits import Tally
from booking.storage.database import Tx
from booking.storage.idempotency import INSERT
from booking.storage.shapes import columns, made, values
from booking.storage.tables import tallies

LEEWAY = timedelta(minutes=15)
_TALLY = columns(Tally, tallies)


async def hold(tx: Tx, keys: Collection[str], now: datetime) -> dict[str, Tally]:
    """What is known of these, locked in the order of their keys until the transaction ends."""
    new = INSERT[tx.dialect](tallies).on_conflict_do_nothing(index_elements=["key"])
    # Free by the clock of every host, also of one that is a little behind.
    fresh = [values(Tally(key, 0, now - LEEWAY, now), tallies) for key in sorted(keys)]
    await tx.run(new, fresh)
    known = select(*_TALLY).where(tallies.c.key.in_(keys)).order_by(tallies.c.key).with_for_update()
    return {row.key: made(Tally, row) for row in await tx.rows(known)}


async def keep(tx: Tx, tally: Tally) -> None:
    """Write a tally that is held."""
    await tx.run(update(tallies).where(tallies.c.key == tally.key).values(values(tally, tallies)))


async def drop(tx: Tx, keys: Collection[str]) -> None:
    """Begin anew with these."""
    await tx.run(delete(tallies).where(tallies.c.key.in_(keys)))


async def forget(tx: Tx, now: datetime) -> int:
    """Drop what no longer counts; returns how many."""
    return await tx.run(delete(tallies).where(tallies.c.forgotten_at <= now, tallies.c.free_at <= now))
