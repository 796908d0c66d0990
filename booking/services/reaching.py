"""Who has a place to come and may hear nothing of it: why, and what would reach them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.bookings import Booking
from booking.domain.job_seekers import JobSeeker
from booking.domain.reaching import Remedy, Unreached, remedies
from booking.domain.staff import Right, Staff
from booking.services.to_do import agencies_within_reach
from booking.storage import job_seekers, listings, reaching
from booking.storage.database import Database
from booking.storage.listings import Listed
from booking.storage.reaching import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class HardToReach:
    """Somebody with a place to come, why he may not hear of it, and what to do; ``place`` is where he stands."""

    person: JobSeeker
    booking: Booking
    listed: Listed
    reasons: frozenset[Unreached]
    remedies: list[Remedy]
    place: Place


async def find(
    db: Database, *, by: Staff, now: datetime, after: Place | None = None, most: int = 50
) -> list[HardToReach]:
    """The people of one's agencies who may hear nothing, who is expected first comes first.

    Raises :class:`NotAllowed`.
    """
    by.must_somewhere(Right.REACH)
    async with db.reading() as tx:
        found = await reaching.find(tx, agencies_within_reach(by), now, after, most)
        ids = {person for person, _, _ in found}
        people = await job_seekers.load_many(tx, ids) if ids else {}
        places = await reaching.next_places(tx, ids, now) if ids else {}
        known = await listings.some(tx, {place.session_id for place in places.values()}) if places else {}
    return [
        _told(people[person], places[person], known[places[person].session_id], why, (next_at, person))
        for person, next_at, why in found
        if person in people and person in places
    ]


def _told(
    person: JobSeeker, booking: Booking, listed: Listed, why: frozenset[Unreached], place: tuple[datetime, UUID]
) -> HardToReach:
    return HardToReach(
        person=person, booking=booking, listed=listed, reasons=why, remedies=remedies(person, why), place=place
    )
