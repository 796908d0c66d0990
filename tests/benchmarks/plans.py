"""What planning costs beside the reconciler: the rows alone, and a session moved with everybody in it."""

import time

from sqlalchemy import delete, select

from booking.domain.messages import Message
from booking.domain.sessions import Session
from booking.services import scheduling
from booking.storage import outbox, sessions, tables
from booking.storage.shapes import columns, made
from tests.benchmarks.outboxes import Outbox
from tests.given import DAY, NOW, SITE, meeting

AT_ONCE = 5000


async def write_alone(box: Outbox) -> float:
    """Rows a second, written anew as the reconciler and every booking write them."""
    async with box.db.reading() as tx:
        found = await tx.rows(select(*columns(Message, tables.messages)))
    said = [made(Message, row) for row in found]
    async with box.db.transaction() as tx:
        await tx.run(delete(tables.messages))
    begun = time.perf_counter()
    async with box.db.transaction() as tx:
        for first in range(0, len(said), AT_ONCE):
            await outbox.plan(tx, said[first : first + AT_ONCE])
    return len(said) / (time.perf_counter() - begun)


async def moved(box: Outbox) -> float:
    """Seconds until a session and the reminders of its seats stand at another day."""
    async with box.db.reading() as tx:
        id = await tx.value(select(tables.sessions.c.id).order_by(tables.sessions.c.starts_at).limit(1))
        session: Session = await sessions.load(tx, id)
    planned = meeting(session.starts_at + 3 * DAY, id=session.meetings[0].id)
    usual = {"capacity": session.capacity, "version": None, "by": box.world.manager, "site": SITE, "now": NOW}
    begun = time.perf_counter()
    await scheduling.change(box.db, id, meetings=[planned], **usual)
    return time.perf_counter() - begun
