"""Erasing a person: his places are cancelled and he hears of it, then nothing of him is known any more.

Who came, when and where stays without a name, so that counts stay true. The journal keeps a keyed hash, by which a
restored copy is put right (:mod:`booking.services.restoring`).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.bookings import Party
from booking.domain.disputes import Dispute
from booking.domain.erasures import GIVEN, LONGEST_WAIT, Cause, Erasure, Request, hash_of
from booking.domain.errors import BookingEnded, InDispute, InvalidField
from booking.domain.job_seekers import JobSeeker
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.domain.suppressions import hashes_of
from booking.domain.waits import WaitState
from booking.services import bookings
from booking.storage import audit, disputes, erasing, erasures, holds, job_seekers, listings, sessions, waits
from booking.storage.database import Database, Tx, again_when_contended
from booking.storage.listings import Listed

AT_ONCE = 50
BY_PERSON = {Cause.ASKED: Party.PERSON}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What erasing this person would do: the places that are cancelled first, and how many rows of each table go or
    stay without a name. ``asked`` is a request that waits until ``unsaid`` messages have left."""

    person: JobSeeker
    places: list[Listed]
    waits: int
    unsaid: int
    counts: dict[str, int]
    asked: Request | None
    dispute: Dispute | None


async def preview(db: Database, person_id: UUID, *, site: Site, by: Staff, now: datetime) -> Preview:
    """What :func:`ask` would do now. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        person = await _seen(tx, person_id, by)
        places = await erasing.places_to_come(tx, person_id, now)
        known = await listings.some(tx, {place.session_id for place in places}) if places else {}
        return Preview(
            person=person,
            places=[known[place.session_id] for place in places],
            waits=len(await waits.of_person(tx, person_id)),
            unsaid=await erasing.unsaid(tx, person_id),
            counts=await erasing.counts(tx, [person_id], _hashes(person, site)),
            asked=await erasures.asked(tx, person_id),
            dispute=await disputes.running(tx, person_id),
        )


async def ask(db: Database, person_id: UUID, because: Cause, *, site: Site, by: Staff, now: datetime) -> bool:
    """Cancel what is to come, and erase at once, or as soon as the person has heard of it; True when it is done.

    Raises :class:`InDispute`, :class:`InvalidField`, :class:`NotFound`, :class:`NotAllowed`.
    """
    if because not in GIVEN:
        raise InvalidField(fields={"because": "unknown-choice"})
    request = Request(job_seeker_id=person_id, because=because, asked_at=now, asked_by=by.id)
    async with db.transaction() as tx:
        person = await _seen(tx, person_id, by)
        await _must_have_no_dispute(tx, person_id)
        await erasures.ask(tx, request)
        await audit.record(tx, by, "erasure-asked", "job_seeker", person_id, now, person.agency_id, way=because)
    await end_places(db, person_id, BY_PERSON.get(because, Party.SERVICE), by=by, now=now)
    return await carry_out(db, request, site=site, now=now)


async def take_back(db: Database, person_id: UUID, *, by: Staff, now: datetime) -> None:
    """The person stays after all; what was cancelled stays so. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.transaction() as tx:
        person = await _seen(tx, person_id, by)
        if await erasures.withdraw(tx, person_id):
            await audit.record(tx, by, "erasure-withdrawn", "job_seeker", person_id, now, person.agency_id)


async def carry_out_ready(db: Database, site: Site, now: datetime) -> int:
    """Erase who was to be erased and has heard what he had to hear; returns how many."""
    async with db.reading() as tx:
        ready = await erasures.ready(tx, now - LONGEST_WAIT, AT_ONCE)
    erased = 0
    for request in ready:
        await end_places(db, request.job_seeker_id, BY_PERSON.get(request.because, Party.SERVICE), by=None, now=now)
        erased += await carry_out(db, request, site=site, now=now)
    return erased


@again_when_contended
async def carry_out(db: Database, request: Request, *, site: Site, now: datetime, is_forced: bool = False) -> bool:
    """Erase, unless the person has something to hear before; False when he stays for now, or is gone already.

    ``is_forced`` is for a copy that was restored, and for who has nothing to come: nobody is told anything.
    """
    person_id = request.job_seeker_id
    async with db.transaction() as tx:
        # Sessions first, as everywhere: who cancels one of his places holds its session and waits for him.
        await sessions.lock(tx, *await erasing.sessions_of(tx, person_id))
        await holds.hold(tx, person_id)
        people = await erasing.lock(tx, person_id)
        if not people or await disputes.running(tx, person_id):
            return False
        # It was taken back since it was read.
        if request.because in GIVEN and not await erasures.asked(tx, person_id):
            return False
        # Somebody gave him a place since: it is cancelled before the next try.
        if await erasing.places_to_come(tx, person_id, now) or await waits.of_person(tx, person_id):
            return False
        may_wait = not is_forced and request.may_wait(now)
        if await erasing.leaves_now(tx, person_id) or (may_wait and await erasing.unsaid(tx, person_id)):
            return False
        await _erase(tx, people, request, site, now)
    return True


async def _erase(tx: Tx, people: list[UUID], request: Request, site: Site, now: datetime) -> None:
    person = await job_seekers.load(tx, request.job_seeker_id)
    by = request.asked_by if request.because in GIVEN else None
    await erasing.erase(tx, people, person, _hashes(person, site), now)
    written = [
        Erasure(
            person_hash=hash_of(site.secret, one),
            because=request.because,
            at=now,
            agency_id=person.agency_id,
            erased_by=by,
        )
        for one in people
    ]
    await erasures.write(tx, written)
    await audit.record(tx, None, "erased", "job_seeker", person.id, now, person.agency_id, way=request.because)


async def end_places(db: Database, person_id: UUID, party: Party, *, by: Staff | None, now: datetime) -> None:
    """Cancel every place to come, and every wait; a seat goes to who waits for it."""
    async with db.reading() as tx:
        places = await erasing.places_to_come(tx, person_id, now)
    for place in places:
        try:
            await bookings.cancel(db, place.id, party=party, by=by, now=now)
        except BookingEnded:
            continue
    async with db.transaction() as tx:
        for wait in await waits.of_person(tx, person_id):
            if await waits.end(tx, wait.id, WaitState.LEFT, "erased", now):
                await audit.record(tx, by, "left", "wait", wait.id, now, wait.agency_id)


async def _seen(tx: Tx, person_id: UUID, by: Staff) -> JobSeeker:
    person = await job_seekers.load(tx, person_id)
    by.must(Right.PLAN, person.agency_id)
    return person


async def _must_have_no_dispute(tx: Tx, person_id: UUID) -> None:
    if await disputes.running(tx, person_id):
        raise InDispute(job_seeker_id=person_id)


def _hashes(person: JobSeeker, site: Site) -> set[str]:
    return set(hashes_of(site.secret, person).values())
