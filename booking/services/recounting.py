"""Every figure anew, from the rows and not from what happened: after a repair, and to test the other way."""

from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID

from booking.services import counting
from booking.storage import agencies, figure_marks, figures, person_steps, referral_figures, touching
from booking.storage.database import Database


async def count_all(db: Database, now: datetime) -> int:
    """Everything anew, from the rows and not from what happened; returns how many sessions there are.

    People go on booking meanwhile: what they do is followed as ever.
    """
    async with db.reading() as tx:
        until = await touching.last_line(tx)
    number = 0
    async for some in _batches(db, "sessions"):
        number += len(some)
        async with db.transaction() as tx:
            await figure_marks.mark(tx, now)
            await counting.count_sessions(tx, some, now)
    async for some in _batches(db, "job_seekers"):
        async with db.transaction() as tx:
            await figure_marks.mark(tx, now)
            await person_steps.rewrite(tx, some)
    async with db.reading() as tx:
        places = [one.id for one in await agencies.every(tx)]
    for agency_id in places:
        async with db.transaction() as tx:
            await figure_marks.mark(tx, now)
            await figures.sum_up_agency(tx, agency_id)
            await person_steps.sum_up_agency(tx, agency_id)
            await referral_figures.sum_up_agency(tx, agency_id)
    async with db.transaction() as tx:
        await figure_marks.advance(tx, max(until, await figure_marks.mark(tx, now)), now)
    return number


async def _batches(db: Database, of: str) -> AsyncIterator[list[UUID]]:
    after = None
    while True:
        async with db.reading() as tx:
            some = await touching.next_ids(tx, of, after, counting.AT_ONCE)
        if not some:
            return
        yield some
        after = some[-1]
