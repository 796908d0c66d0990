"""All that is held about a person: for the person who asks for it, and who has looked at it, for who answers for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.job_seekers import JobSeeker
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.domain.suppressions import hashes_of
from booking.storage import agencies, audit, dossiers, job_seekers, listings
from booking.storage.database import Database
from booking.storage.dossiers import Look
from booking.storage.listings import BookingListed

FORMAT, VERSION = "ateliers/person", 1
MOST_LOOKS = 100
MOST_BOOKINGS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """``records`` are the rows by table; ``places`` the bookings as people read them; ``looks`` who looked when."""

    person: JobSeeker
    agency: Agency
    made_at: datetime
    records: dict[str, list[dict[str, Any]]]
    places: list[BookingListed]
    looks: list[Look]

    @property
    def data(self) -> dict[str, Any]:
        """As a program reads it; the data page of the product says what each table and column is for."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "made_at": self.made_at,
            "held_by": self.agency.name,
            "records": self.records,
            "looked_at": [{"at": one.at, "via": one.via} for one in self.looks],
        }


async def of_person(db: Database, person_id: UUID, *, way: str, site: Site, by: Staff, now: datetime) -> Dossier:
    """Everything; taking it is written in the audit. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        person = await job_seekers.load(tx, person_id)
        by.must(Right.BOOK, person.agency_id)
        hashes = set(hashes_of(site.secret, person).values())
        found = Dossier(
            person=person,
            agency=await agencies.load(tx, person.agency_id),
            made_at=now,
            records=await dossiers.records(tx, person_id, hashes),
            places=await listings.bookings_of(tx, person_id, MOST_BOOKINGS),
            looks=[look for _, look in await dossiers.looks(tx, person_id, MOST_LOOKS)],
        )
    async with db.transaction() as tx:
        await audit.record(tx, by, "exported", "job_seeker", person_id, now, person.agency_id, way=way)
    return found


@dataclass(frozen=True, slots=True)
class Looked:
    """A page of looks, the latest first; ``next`` is where the one after it begins, or None."""

    person: JobSeeker
    agency: Agency
    looks: list[Look]
    next: int | None


async def looked(db: Database, person_id: UUID, *, by: Staff, before: int | None = None, most: int = 50) -> Looked:
    """Who looked at this person's sheet. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        person = await job_seekers.load(tx, person_id)
        by.must(Right.PLAN, person.agency_id)
        found = await dossiers.looks(tx, person_id, most + 1, before)
        agency = await agencies.load(tx, person.agency_id)
    shown = found[:most]
    return Looked(person, agency, [look for _, look in shown], shown[-1][0] if len(found) > most else None)
