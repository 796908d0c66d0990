"""Whom somebody opened lately, to be found again at once; kept for a working day, and for nobody else."""

from datetime import datetime, timedelta

from booking.domain.job_seekers import JobSeeker
from booking.domain.staff import Right, Staff
from booking.storage import recent_people
from booking.storage.database import Database

A_WORKING_DAY = timedelta(hours=12)
MOST = 8


async def opened(db: Database, person: JobSeeker, *, by: Staff, now: datetime) -> None:
    """Somebody's page was opened."""
    async with db.at_once() as tx:
        await recent_people.keep(tx, by.id, person.id, now)


async def people(db: Database, *, by: Staff, now: datetime) -> list[JobSeeker]:
    """The last ones, the latest first: those that one may still see."""
    where = by.agencies_with(Right.SEE_PEOPLE)
    if where is not None and not where:
        return []
    async with db.reading() as tx:
        return await recent_people.since(tx, by.id, where, now - A_WORKING_DAY, MOST)


async def forget(db: Database, now: datetime) -> int:
    """Let go of what was opened longer ago. Returns how many there were."""
    async with db.transaction() as tx:
        return await recent_people.forget(tx, now - A_WORKING_DAY)
