"""Letting go of evidence whose time is over: a line first, then the document that no line names any more."""

from datetime import datetime

from booking.storage import documents, evidence
from booking.storage.database import Database, again_when_contended

AT_ONCE = 500


async def forget(db: Database, now: datetime) -> int:
    """Let go of what was kept long enough; returns how many lines there were."""
    forgotten = 0
    while gone := await _forget(db, now):
        forgotten += gone
    await _forget_documents(db, now)
    return forgotten


@again_when_contended
async def _forget(db: Database, now: datetime) -> int:
    async with db.transaction() as tx:
        return await evidence.forget(tx, now, AT_ONCE)


@again_when_contended
async def _forget_documents(db: Database, now: datetime) -> int:
    async with db.transaction() as tx:
        return await documents.forget(tx, now)
