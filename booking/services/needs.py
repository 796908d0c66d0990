"""What waits for whoever works here: how many of each kind, where he may do something about it."""

from datetime import datetime

from booking.domain.needs import RIGHTS, Need
from booking.domain.staff import Right, Staff
from booking.storage import needs
from booking.storage.database import Database
from booking.storage.needs import Week


async def waiting(db: Database, *, by: Staff, now: datetime) -> dict[Need, int]:
    """What there is of each, the most urgent first; nothing that there is none of."""
    where = {need: by.agencies_with(RIGHTS[need]) for need in Need}
    known = {need: near for need, near in where.items() if near is None or near}
    async with db.reading() as tx:
        found = await needs.counts(tx, known, by.id, now)
    return {need: number for need, number in found.items() if number}


async def week(db: Database, *, by: Staff, begins_at: datetime, ends_at: datetime) -> Week:
    """The sessions of this time where one plans. Raises :class:`NotAllowed`."""
    by.must_somewhere(Right.PLAN)
    async with db.reading() as tx:
        return await needs.week(tx, by.agencies_with(Right.PLAN), begins_at, ends_at)
