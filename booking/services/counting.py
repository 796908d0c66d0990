"""Figures follow what happens: whatever was touched since the last look is counted anew, and nothing else.

A deed only writes its line in the audit, as it always did. Seconds later the clock reads the new lines and counts the
sessions and people behind them; a page that is looked at in between does so first.
"""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from uuid import UUID

from booking.storage import agencies, figure_facts, figures, person_steps, referral_figures, touching
from booking.storage.constraints import LockTimeout
from booking.storage.database import Database, Tx

LINES, AT_ONCE = 2000, 500
# A page waits for no more than this.
LITTLE = 2 * LINES


async def follow(db: Database, now: datetime) -> int:
    """Count what was touched until now; returns how many sessions. Safe in any number of processes at once."""
    count = 0
    while True:
        found, is_all = await _round(db, now)
        count += found
        if is_all:
            return count


async def catch_up(db: Database, now: datetime) -> datetime | None:
    """Count what is new if it is little; returns up to when everything is counted, None if nothing ever was.

    Raises nothing when somebody else counts: what he has counted so far is shown.
    """
    async with db.reading() as tx:
        heard_id, at = await touching.counted(tx)
        behind = await touching.last_line(tx) - heard_id
    if behind > LITTLE:
        return at
    try:
        await follow(db, now)
    except LockTimeout:
        return at
    return now


async def _round(db: Database, now: datetime) -> tuple[int, bool]:
    async with db.transaction() as tx:
        heard_id = await touching.mark(tx, now)
        touched = await touching.since(tx, heard_id, LINES, now)
        sessions, people = sorted(touched.sessions), sorted(touched.people)
        for start in range(0, len(sessions), AT_ONCE):
            await figures.sum_up(tx, await count_sessions(tx, sessions[start : start + AT_ONCE], now))
        for start in range(0, len(people), AT_ONCE):
            await count_people(tx, people[start : start + AT_ONCE])
        await referral_figures.sum_up(tx, await referral_figures.cells(tx, touched.referrals))
        await touching.advance(tx, touched.until, now)
        return len(sessions), touched.until - heard_id < LINES


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
            await touching.mark(tx, now)
            await count_sessions(tx, some, now)
    async for some in _batches(db, "job_seekers"):
        async with db.transaction() as tx:
            await touching.mark(tx, now)
            await person_steps.rewrite(tx, some)
    async with db.reading() as tx:
        places = [one.id for one in await agencies.every(tx)]
    for agency_id in places:
        async with db.transaction() as tx:
            await touching.mark(tx, now)
            await figures.sum_up_agency(tx, agency_id)
            await person_steps.sum_up_agency(tx, agency_id)
            await referral_figures.sum_up_agency(tx, agency_id)
    async with db.transaction() as tx:
        await touching.advance(tx, max(until, await touching.mark(tx, now)), now)
    return number


async def _batches(db: Database, of: str) -> AsyncIterator[list[UUID]]:
    after = None
    while True:
        async with db.reading() as tx:
            some = await touching.next_ids(tx, of, after, AT_ONCE)
        if not some:
            return
        yield some
        after = some[-1]


async def count_sessions(tx: Tx, session_ids: Sequence[UUID], now: datetime) -> set[figures.Cell]:
    """These sessions anew; returns the cells to sum up."""
    return await figures.rewrite(tx, session_ids, await figure_facts.of_sessions(tx, session_ids), now)


async def count_people(tx: Tx, people: Sequence[UUID]) -> None:
    """How far these people have come, and what became of their referrals, with the sums."""
    await person_steps.count(tx, people)
    await referral_figures.sum_up(tx, await referral_figures.cells_of_people(tx, people))
