"""Who has a place to come and may hear nothing of it: why, and what would reach them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.bookings import Booking
from booking.domain.job_seekers import Channel, JobSeeker
from booking.domain.reaching import Remedy, Unreached, remedies
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.domain.suppressions import hash_of
from booking.services.to_do import agencies_within_reach
from booking.storage import job_seekers, listings, reaching, suppressions
from booking.storage.database import Database, Tx
from booking.storage.listings import Listed
from booking.storage.reaching import Place

# More than this no statement should name.
MOST_NOT_WANTED = 500


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
    db: Database, *, by: Staff, now: datetime, after: Place | None = None, most: int = 50, site: Site | None = None
) -> list[HardToReach]:
    """The people of one's agencies who may hear nothing, who is expected first comes first.

    With a ``site`` those too who have no other way than one that they do not want. Raises :class:`NotAllowed`.
    """
    by.must_somewhere(Right.REACH)
    within = agencies_within_reach(by)
    async with db.reading() as tx:
        not_wanted = await _not_wanted(tx, within, site, now) if site else []
        found = await reaching.find(tx, within, now, after, most, not_wanted)
        ids = {person for person, _, _ in found}
        people = await job_seekers.load_many(tx, ids) if ids else {}
        places = await reaching.next_places(tx, ids, now) if ids else {}
        known = await listings.some(tx, {place.session_id for place in places.values()}) if places else {}
    return [
        _told(people[person], places[person], known[places[person].session_id], why, (next_at, person))
        for person, next_at, why in found
        if person in people and person in places
    ]


async def _not_wanted(tx: Tx, agency_ids: Collection[UUID] | None, site: Site, now: datetime) -> list[UUID]:
    closed = await suppressions.open_hashes(tx, Channel.EMAIL)
    people = await reaching.by_mail_only(tx, agency_ids, now) if closed else []
    refuse = [who for who, mail in people if hash_of(site.secret, Channel.EMAIL, mail) in closed]
    return refuse[:MOST_NOT_WANTED]


def _told(
    person: JobSeeker, booking: Booking, listed: Listed, why: frozenset[Unreached], place: tuple[datetime, UUID]
) -> HardToReach:
    return HardToReach(
        person=person, booking=booking, listed=listed, reasons=why, remedies=remedies(person, why), place=place
    )
