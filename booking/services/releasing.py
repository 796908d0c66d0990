"""What contingents keep falls back to all when their time is over, and who waits has it in the same transaction."""

from datetime import datetime
from uuid import UUID

from booking.domain.sessions import Session
from booking.services import seats, waitlist
from booking.storage import audit, contingents, sessions
from booking.storage.database import Database, Tx, again_when_contended

MOST_AT_ONCE = 200


async def release_due(db: Database, now: datetime) -> int:
    """Release every contingent whose time is over; returns of how many sessions. A clash in one leaves the others."""
    async with db.reading() as tx:
        over = await contingents.due(tx, now, MOST_AT_ONCE)
    for session_id in over:
        await _release(db, session_id, now)
    return len(over)


@again_when_contended
async def _release(db: Database, session_id: UUID, now: datetime) -> None:
    async with db.transaction() as tx:
        await fall_back(tx, await sessions.lock_one(tx, session_id), now)


async def fall_back(tx: Tx, session: Session, now: datetime) -> Session:
    """A locked session after what is due has been released, and given to who waits."""
    freed = await contingents.release(tx, session.id, now, due_at=now)
    if not freed:
        return session
    await seats.release(tx, session.id, freed)
    await audit.record(tx, None, "released", "session", session.id, now, session.agency_id, seats=freed)
    await waitlist.give_seats(tx, [session.id], by=None, now=now)
    return await sessions.load(tx, session.id)


async def as_now(tx: Tx, session: Session, now: datetime) -> Session:
    """A locked session as it is once what is due has fallen back; no work for one that keeps nothing."""
    return await fall_back(tx, session, now) if session.kept else session


async def release_all(tx: Tx, session_id: UUID, now: datetime) -> None:
    """A locked session that ends keeps nothing any more; nobody is given a seat."""
    await seats.release(tx, session_id, await contingents.release(tx, session_id, now))
