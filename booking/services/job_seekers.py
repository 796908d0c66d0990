"""People: find them, add them with the least data, keep the ways that reach them right."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from booking.domain.fields import Problems
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import Channel, JobSeeker, Need, folded
from booking.domain.staff import Right, Staff
from booking.services.contacts import checked_email, checked_phone, phone
from booking.storage import agencies, audit, job_seekers, listings
from booking.storage.database import Database
from booking.storage.listings import BookingListed


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSaid:
    """What was typed about a person; phone and e-mail in any spelling."""

    first_name: str
    last_name: str
    identifier: str | None = None
    birth_year: int | None = None
    email: str | None = None
    phone: str | None = None
    address: str = ""
    postcode: str = ""
    commune: str = ""
    preferred: Channel | None = None
    needs: frozenset[Need] = field(default_factory=frozenset)


async def register(db: Database, agency_id: UUID, said: PersonSaid, *, by: Staff, now: datetime) -> JobSeeker:
    """Add a person.

    Raises :class:`InvalidField` with every problem, :class:`NameTaken` for a known identifier, :class:`NotFound`.
    """
    by.must(Right.BOOK, agency_id)
    blank = JobSeeker(id=new_id(now), agency_id=agency_id, first_name="", last_name="", created_at=now, changed_at=now)
    person = _filled(blank, said, now)
    async with db.transaction() as tx:
        await agencies.load(tx, agency_id)
        await job_seekers.add(tx, person)
        await audit.record(tx, by, "registered", "job_seeker", person.id, now, agency_id)
    return person


async def change(db: Database, job_seeker_id: UUID, said: PersonSaid, *, by: Staff, now: datetime) -> JobSeeker:
    """Write a person anew; messages not yet sent go to the new address. Raises like :func:`register`."""
    async with db.transaction() as tx:
        before = await job_seekers.load(tx, job_seeker_id)
        by.must(Right.BOOK, before.agency_id)
        person = _filled(before, said, now)
        await job_seekers.change(tx, person)
        await audit.record(tx, by, "changed", "job_seeker", person.id, now, person.agency_id)
    return person


def _filled(person: JobSeeker, said: PersonSaid, now: datetime) -> JobSeeker:
    problems = Problems()
    number = checked_phone(said.phone, problems)
    new = replace(
        person,
        first_name=_squeezed(said.first_name),
        last_name=_squeezed(said.last_name),
        identifier=_squeezed(said.identifier or "").upper() or None,
        birth_year=said.birth_year,
        email=checked_email(said.email, problems),
        phone=number.number if number else None,
        phone_takes_sms=bool(number and number.takes_sms),
        address=_squeezed(said.address),
        postcode=_squeezed(said.postcode),
        commune=_squeezed(said.commune),
        preferred=said.preferred,
        needs=said.needs,
        changed_at=now,
    )
    return new.checked(now, problems)


def _squeezed(text: str) -> str:
    # Blanks only: a control character must stay, to be refused.
    return " ".join(filter(None, text.split(" "))).strip()


async def alike(db: Database, agency_id: UUID, said: PersonSaid, *, by: Staff, now: datetime) -> list[JobSeeker]:
    """People who may be the same as the one about to be added."""
    by.must(Right.SEE_PEOPLE, agency_id)
    problems = Problems()
    number = checked_phone(said.phone, problems)
    same = JobSeeker(
        id=new_id(now),
        agency_id=agency_id,
        first_name=said.first_name,
        last_name=said.last_name,
        email=checked_email(said.email, problems),
        phone=number.number if number else None,
        created_at=now,
        changed_at=now,
    )
    async with db.reading() as tx:
        return await job_seekers.alike(tx, same)


async def search(db: Database, said: str, *, by: Staff, most: int = 20) -> list[JobSeeker]:
    """People of one's agencies by name without accents, by identifier, or by phone in any spelling."""
    by.must_somewhere(Right.SEE_PEOPLE)
    if not folded(said):
        return []
    number = phone(said)
    agency_ids = None if by.is_network_wide else by.agency_ids
    async with db.reading() as tx:
        return await job_seekers.search(tx, agency_ids, said, number.number if number else None, most)


async def show(db: Database, job_seeker_id: UUID, *, by: Staff) -> JobSeeker:
    """One person; raises :class:`NotFound` outside one's agencies."""
    async with db.reading() as tx:
        person = await job_seekers.load(tx, job_seeker_id)
    by.must(Right.SEE_PEOPLE, person.agency_id)
    return person


async def history(db: Database, job_seeker_id: UUID, *, by: Staff) -> list[BookingListed]:
    """What this person booked, the latest session first."""
    await show(db, job_seeker_id, by=by)
    async with db.reading() as tx:
        return await listings.bookings_of(tx, job_seeker_id)
