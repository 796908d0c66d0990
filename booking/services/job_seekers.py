"""People: find them, add them with the least data, keep the ways that reach them right."""

from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from uuid import UUID

from booking.domain.errors import PossibleDuplicates, StaleEdit
from booking.domain.fields import Problems
from booking.domain.finding import sought
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import Channel, JobSeeker, Need
from booking.domain.staff import Right, Staff
from booking.services import duplicates
from booking.services.contacts import checked_email, checked_phone, phone
from booking.storage import agencies, audit, job_seekers, listings, staff
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
    language: str = ""


async def register(
    db: Database, agency_id: UUID, said: PersonSaid, *, by: Staff, now: datetime, is_sure: bool = True
) -> JobSeeker:
    """Add a person; who is not sure that it is a new one is told of those known who look alike.

    Raises :class:`PossibleDuplicates` with the ``candidates``, :class:`InvalidField` with every problem,
    :class:`NameTaken` for a known identifier, :class:`NotFound`.
    """
    by.must(Right.BOOK, agency_id)
    person = newcomer(agency_id, said, now)
    async with db.transaction() as tx:
        await agencies.load(tx, agency_id)
        known = [] if is_sure else await duplicates.of(tx, person)
        if known:
            raise PossibleDuplicates(candidates=[one.told for one in known])
        await job_seekers.add(tx, person)
        await audit.record(tx, by, "registered", "job_seeker", person.id, now, agency_id)
    return person


def newcomer(agency_id: UUID, said: PersonSaid, now: datetime) -> JobSeeker:
    """A new person as typed, written nowhere yet; raises :class:`InvalidField` with every problem."""
    blank = JobSeeker(id=new_id(now), agency_id=agency_id, first_name="", last_name="", created_at=now, changed_at=now)
    return _filled(blank, said, now)


async def change(
    db: Database, job_seeker_id: UUID, said: PersonSaid, *, by: Staff, now: datetime, version: int | None = None
) -> JobSeeker:
    """Write a person anew; messages not yet sent go to the new address.

    Raises like :func:`register`, and :class:`StaleEdit` when it is no longer the version that was read; None is any.
    """
    async with db.transaction() as tx:
        before = await job_seekers.load(tx, job_seeker_id, for_update=True)
        by.must(Right.BOOK, before.agency_id)
        if version not in (None, before.version):
            raise StaleEdit(job_seeker_id=job_seeker_id, version=before.version)
        person = replace(_filled(before, said, now), version=before.version + 1)
        await job_seekers.change(tx, person)
        changed = _changed(before, person)
        await audit.record(tx, by, "changed", "job_seeker", person.id, now, person.agency_id, fields=changed)
    return person


@dataclass(frozen=True, slots=True)
class LastChange:
    """A person as known now, and who wrote that when, in the time of the agency; None where nobody has."""

    person: JobSeeker
    time_zone: str
    at: datetime | None = None
    by_name: str | None = None


async def last_change(db: Database, job_seeker_id: UUID, *, by: Staff) -> LastChange:
    """Who wrote this person last; raises :class:`NotFound`."""
    person = await show(db, job_seeker_id, by=by)
    async with db.reading() as tx:
        agency = await agencies.load(tx, person.agency_id)
        line = await audit.latest(tx, "changed", job_seeker_id)
        names = await staff.named(tx, [line.staff_id]) if line else {}
    unchanged = LastChange(person, agency.time_zone)
    return replace(unchanged, at=line.at, by_name=names.get(line.staff_id)) if line else unchanged


def _changed(before: JobSeeker, after: JobSeeker) -> list[str]:
    """The names of the fields that are another now; what was in them is nobody's business afterwards."""
    names = [one.name for one in fields(PersonSaid)]
    return [name for name in names if getattr(before, name) != getattr(after, name)]


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
        language=said.language,
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
        identifier=_squeezed(said.identifier or "").upper() or None,
        birth_year=said.birth_year,
        email=checked_email(said.email, problems),
        phone=number.number if number else None,
        created_at=now,
        changed_at=now,
    )
    async with db.reading() as tx:
        return [one.person for one in await duplicates.of(tx, same)]


async def search(db: Database, said: str, *, by: Staff, most: int = 20) -> list[JobSeeker]:
    """People of one's agencies by name without accents, by identifier, by e-mail, by the code of a booking.

    By phone, too: in any spelling, or by its last four figures or more.
    """
    by.must_somewhere(Right.SEE_PEOPLE)
    number = phone(said)
    wanted = sought(said, number.number if number else None)
    if wanted.is_nothing:
        return []
    async with db.reading() as tx:
        return await job_seekers.search(tx, by.agencies_with(Right.SEE_PEOPLE), wanted, most)


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
