"""From a suggested workshop to the seat that suits best: near, soon, and possible for this person."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from booking.domain.job_seekers import JobSeeker, Need
from booking.domain.prerequisites import missing
from booking.domain.staff import Right, Staff
from booking.domain.suggestions import Suggestion, fitting
from booking.domain.workshops import Workshop
from booking.services import neighbours, searches
from booking.storage import bookings, histories, job_seekers, listings, workshops
from booking.storage.database import Database
from booking.storage.listings import Listed
from booking.storage.narrowing import Narrowed

LOOKED_AT = 8
# A nearer date is worth so many kilometres.
ONE_CLASS_KM = 10


async def best(db: Database, person_id: UUID, wanted: Suggestion, *, by: Staff, now: datetime) -> Listed | None:
    """The nearest session with a free seat that this person can attend, the soonest among those equally near.

    Raises :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.reading() as tx:
        person = await job_seekers.load(tx, person_id)
        by.must(Right.SEE_PEOPLE, person.agency_id)
        meant = fitting(wanted, await workshops.every(tx))
        done = await histories.workshops_done(tx, person_id)
        places = await listings.bookings_of(tx, person_id)
    seated = {one.session.workshop_id for one in places if one.booking.is_active and one.session.ends_at > now}
    possible = [one for one in meant if one.id not in done | seated and not missing(one, person.needs, done)]
    return await _first_possible(db, await _found(db, person, possible, now), person_id, now)


async def _found(db: Database, person: JobSeeker, possible: Sequence[Workshop], now: datetime) -> list[Listed]:
    near = await neighbours.of_agency(db, person.agency_id)
    narrowed = Narrowed(step_free=Need.ACCESSIBLE_PLACE in person.needs)
    around, found = neighbours.around(near), []
    for workshop in possible:
        found += await searches.next_sessions(
            db,
            now=now,
            workshop_id=workshop.id,
            agency_ids=around,
            kept_for=person.agency_id,
            narrowed=narrowed,
            most=LOOKED_AT,
        )
    far = {one.agency.id: one.km // ONE_CLASS_KM if one.km < float("inf") else one.km for one in near}
    # Who sits here for the first time begins at the beginning, where that is possible.
    begun = {one.session.id: one.session.starts_at <= now for one in found}
    return sorted(
        found, key=lambda x: (begun[x.session.id], far[x.session.agency_id], x.session.starts_at, x.session.id)
    )


async def _first_possible(db: Database, found: Sequence[Listed], person_id: UUID, now: datetime) -> Listed | None:
    async with db.reading() as tx:
        for one in found[: LOOKED_AT * 2]:
            if await bookings.overlapping(tx, one.session.id, person_id, now) is None:
                return one
    return None
