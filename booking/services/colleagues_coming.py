"""Colleagues who come to a training without a booking, found by name among those who work where it takes place."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.finding import sought
from booking.domain.job_seekers import folded
from booking.domain.staff import Staff
from booking.services import walk_ins
from booking.storage import attendees, trainings
from booking.storage.database import Database


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of staff as a roll names him."""

    id: UUID
    first_name: str
    last_name: str
    birth_year: int | None = None


async def search(db: Database, meeting_id: UUID, said: str, *, by: Staff, now: datetime) -> list[Colleague] | None:
    """Who is meant, the first few by name; None where the meeting is of no training.

    Raises :class:`NotFound`, :class:`NotAllowed`.
    """
    meeting = await walk_ins.meeting_of(db, meeting_id, by=by)
    words = sought(said).words
    async with db.reading() as tx:
        if not await attendees.is_training(tx, meeting.meeting.session_id):
            return None
        known = await trainings.colleagues(tx, [meeting.agency_id], now) if words else []
    meant = [one for one in known if all(_is_in(word, one.name) for word in words)]
    return [Colleague(one.id, *attendees.named(one.name)) for one in meant[: walk_ins.MOST]]


def _is_in(word: str, name: str) -> bool:
    return any(part.startswith(word) for part in folded(name).split())
