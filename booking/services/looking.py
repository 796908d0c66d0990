"""Looking at a person is written down, once a minute at most for each who looks."""

from datetime import datetime
from uuid import UUID

from booking.domain.job_seekers import JobSeeker
from booking.domain.staff import Staff
from booking.services import job_seekers
from booking.storage import audit
from booking.storage.database import Database


async def show(db: Database, job_seeker_id: UUID, *, by: Staff, now: datetime, way: str = "sheet") -> JobSeeker:
    """One person, and a line that says who saw him; raises :class:`NotFound`, :class:`NotAllowed`."""
    person = await job_seekers.show(db, job_seeker_id, by=by)
    await note(db, person, by=by, now=now, way=way)
    return person


async def note(db: Database, person: JobSeeker, *, by: Staff, now: datetime, way: str) -> None:
    """The same for who was read otherwise."""
    await audit.saw(db, by, "job_seeker", person.id, now, person.agency_id, way=way)


async def took(db: Database, what: str, people: int, *, by: Staff, now: datetime) -> None:
    """A list of many people was printed: how many they are, and no name."""
    await audit.saw(db, by, what, by.id, now, people=people)
