"""Figures follow what happens: whatever was touched since the last look is counted anew, and nothing else.

A deed only writes its line in the audit, as it always did. Seconds later the clock reads the new lines and counts the
sessions and people behind them; a page that is looked at in between does so first.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from booking.storage import figure_facts, figure_marks, figures, person_steps, referral_figures, touching
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
        heard_id, at = await figure_marks.counted(tx)
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
        heard_id = await figure_marks.mark(tx, now)
        touched = await touching.since(tx, heard_id, LINES, now)
        sessions, people = sorted(touched.sessions), sorted(touched.people)
        for start in range(0, len(sessions), AT_ONCE):
            await figures.sum_up(tx, await count_sessions(tx, sessions[start : start + AT_ONCE], now))
        for start in range(0, len(people), AT_ONCE):
            await count_people(tx, people[start : start + AT_ONCE])
        await referral_figures.sum_up(tx, await referral_figures.cells(tx, touched.referrals))
        await figure_marks.advance(tx, touched.until, now)
        return len(sessions), touched.until - heard_id < LINES


async def count_sessions(tx: Tx, session_ids: Sequence[UUID], now: datetime) -> set[figures.Cell]:
    """These sessions anew; returns the cells to sum up."""
    return await figures.rewrite(tx, session_ids, await figure_facts.of_sessions(tx, session_ids), now)


async def count_people(tx: Tx, people: Sequence[UUID]) -> None:
    """How far these people have come, and what became of their referrals, with the sums."""
    await person_steps.count(tx, people)
    await referral_figures.sum_up(tx, await referral_figures.cells_of_people(tx, people))
