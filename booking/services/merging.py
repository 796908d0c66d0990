"""Two entries of one person become one: nothing that was booked, marked or said is lost, and nobody is told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain import merging as rules
from booking.domain.bookings import DUPLICATE, Booking, BookingState, Party
from booking.domain.errors import JobSeekerElsewhere, NotOneAgency
from booking.domain.job_seekers import JobSeeker
from booking.domain.staff import Right, Staff
from booking.services import placing, waitlist
from booking.storage import audit, job_seekers, listings, merging, referral_people, waits
from booking.storage.constraints import Contended
from booking.storage.database import Database, Tx, again_when_contended
from booking.storage.listings import Listed


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do: the fields as they will stand, whose places go along, and what stands against it."""

    kept: JobSeeker
    gone: JobSeeker
    fields: list[rules.Field]
    places: list[tuple[Booking, Listed]]
    # Places that end, because the person has a better one in the same session.
    doubles: list[tuple[Booking, Listed]]
    clashes: list[tuple[Listed, Listed]]


async def preview(db: Database, kept_id: UUID, gone_id: UUID, *, by: Staff, now: datetime) -> Preview:
    """What :func:`merge` would do now; raises :class:`NotOneAgency`, :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        kept, gone = await _both(tx, kept_id, gone_id, by)
        places = await merging.places(tx, kept_id, gone_id)
        clashes = await merging.clashes(tx, kept_id, gone_id)
        ids = {place.session_id for place in places} | {id for two in clashes for id in two}
        known = await listings.some(tx, ids) if ids else {}
    ending = [other for _, other in rules.doubles(places)]
    moving = [place for place in places if place.job_seeker_id == gone_id and place not in ending]
    return Preview(
        kept,
        gone,
        rules.fields(kept, gone, now),
        [(place, known[place.session_id]) for place in moving],
        [(place, known[place.session_id]) for place in ending],
        [(known[one], known[other]) for one, other in clashes],
    )


@again_when_contended
async def merge(db: Database, kept_id: UUID, gone_id: UUID, *, by: Staff, now: datetime) -> JobSeeker:
    """Everything of one entry goes to the other; of the first nothing stays but who he turned out to be.

    Of two places in one session the better one stays; a seat set free goes to who waits. Raises
    :class:`JobSeekerElsewhere` with the ``clashes`` of seats at the same time, of which one must be cancelled before,
    :class:`NotOneAgency`, :class:`NotFound`, :class:`NotAllowed`.
    """

    async def people() -> list[UUID]:
        return [kept_id, gone_id]

    async with db.transaction() as tx:
        await _both(tx, kept_id, gone_id, by)
        seen = {place.session_id for place in await merging.places(tx, *await people())}
        locked = await waitlist.lock(tx, sorted(seen), people, now)
        places = await merging.places(tx, *await people())
        if not {place.session_id for place in places} <= locked.keys():
            raise Contended(str(gone_id))
        kept, gone = await _both(tx, kept_id, gone_id, by, for_update=True)
        await _end_doubles(tx, places, by, now)
        await _must_not_clash(tx, kept_id, gone_id)
        await merging.end_double_waits(tx, gone_id, kept_id, now)
        await referral_people.end_doubles(tx, gone_id, kept_id, now)
        await merging.hand_over(tx, gone_id, kept_id)
        stays = rules.filled(kept, gone, now)
        await merging.write(tx, rules.emptied(gone, kept, now), stays)
        for place in places:
            if place.state is BookingState.BOOKED and locked[place.session_id].is_to_come(now):
                await waits.serve(tx, kept_id, place.session_id, now)
        await audit.record(tx, by, "merged", "job_seeker", kept_id, now, kept.agency_id, gone=str(gone_id))
        await waitlist.give_seats(tx, locked, by=by, now=now)
    return stays


async def into(db: Database, job_seeker_id: UUID, *, by: Staff) -> UUID | None:
    """Who this person turned out to be, if he was merged into somebody whom one may see."""
    async with db.reading() as tx:
        kept = await job_seekers.merged_into(tx, job_seeker_id)
    return kept.id if kept and kept.agency_id and by.may(Right.SEE_PEOPLE, kept.agency_id) else None


async def _both(
    tx: Tx, kept_id: UUID, gone_id: UUID, by: Staff, *, for_update: bool = False
) -> tuple[JobSeeker, JobSeeker]:
    ids = sorted({kept_id, gone_id})
    found = {id: await job_seekers.load(tx, id, for_update=for_update) for id in ids}
    for person in found.values():
        by.must(Right.BOOK, person.agency_id)
    kept, gone = found[kept_id], found[gone_id]
    if kept.agency_id != gone.agency_id or kept.id == gone.id:
        raise NotOneAgency(job_seeker_id=gone_id, agency_id=gone.agency_id)
    return kept, gone


async def _end_doubles(tx: Tx, places: list[Booking], by: Staff, now: datetime) -> None:
    for better, other in rules.doubles(places):
        await merging.hand_over_marks(tx, better, other)
        await placing.give_up(tx, other, other.cancelled(Party.SERVICE, DUPLICATE, now), now)
        told = {"party": Party.SERVICE, "because": DUPLICATE}
        await audit.record(tx, by, "cancelled", "booking", other.id, now, other.agency_id, **told)


async def _must_not_clash(tx: Tx, kept_id: UUID, gone_id: UUID) -> None:
    clashes = await merging.clashes(tx, kept_id, gone_id)
    if clashes:
        one, other = clashes[0]
        raise JobSeekerElsewhere(session_id=one, other_session_id=other, clashes=clashes)
