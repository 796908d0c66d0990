"""Duplicates: people who may be one, shown before a second entry is made and in a list of an agency."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from booking.domain.errors import NotOneAgency
from booking.domain.finding import signs_of
from booking.domain.job_seekers import JobSeeker
from booking.domain.likeness import Likeness, alike, pairs
from booking.domain.staff import Right, Staff
from booking.storage import agencies, audit, finding, job_seekers, telling_apart
from booking.storage.database import Database, Tx
from booking.storage.telling_apart import pair_of

MOST_LOOKED_AT = 500
MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody known who may be the person meant, and why."""

    person: JobSeeker
    because: Likeness

    @property
    def told(self) -> dict[str, Any]:
        """What tells one candidate from the other."""
        person = self.person
        known = {"first_name": person.first_name, "last_name": person.last_name, "birth_year": person.birth_year}
        return {"job_seeker_id": person.id, **known, "because": self.because}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who may be one; ``one`` came first."""

    one: JobSeeker
    other: JobSeeker
    because: Likeness


async def of(tx: Tx, person: JobSeeker) -> list[Candidate]:
    """People of the same agency who may be this one, the surest first: who is alike has some sign in common."""
    ids = await finding.sharing(tx, person.agency_id, signs_of(person), MOST_LOOKED_AT)
    known = await job_seekers.load_many(tx, ids) if ids else {}
    found = [Candidate(one, why) for one in known.values() if one.id != person.id and (why := alike(one, person))]
    order = list(Likeness)
    return sorted(found, key=lambda one: (order.index(one.because), one.person.name, one.person.id))[:MOST_SHOWN]


async def in_agency(db: Database, agency_id: UUID, *, by: Staff) -> list[Pair]:
    """Every two people of an agency who may be one, the surest first, but not who were told apart.

    Raises :class:`NotFound`, :class:`NotAllowed`.
    """
    by.must(Right.BOOK, agency_id)
    async with db.reading() as tx:
        await agencies.load(tx, agency_id)
        people = await job_seekers.every(tx, agency_id)
        known = await telling_apart.in_agency(tx, agency_id)
    return [
        Pair(*sorted((one, other), key=lambda p: (p.created_at, p.id)), why)
        for one, other, why in await asyncio.to_thread(pairs, people)
        if pair_of(one.id, other.id) not in known
    ]


async def tell_apart(db: Database, one_id: UUID, other_id: UUID, *, by: Staff, now: datetime) -> None:
    """These are two people: the list of likely duplicates shows them no more.

    Raises :class:`NotOneAgency` for people of two agencies, :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.transaction() as tx:
        agency_id = await _both(tx, one_id, other_id, by)
        await telling_apart.add(tx, pair_of(one_id, other_id), by.id, now)
        facts = {"other": str(other_id)}
        await audit.record(tx, by, "told_apart", "job_seeker", one_id, now, agency_id, **facts)


async def leave_open(db: Database, one_id: UUID, other_id: UUID, *, by: Staff, now: datetime) -> None:
    """Whether these are one is open again. Raises like :func:`tell_apart`."""
    async with db.transaction() as tx:
        agency_id = await _both(tx, one_id, other_id, by)
        await telling_apart.remove(tx, pair_of(one_id, other_id))
        facts = {"other": str(other_id)}
        await audit.record(tx, by, "left_open", "job_seeker", one_id, now, agency_id, **facts)


async def _both(tx: Tx, one_id: UUID, other_id: UUID, by: Staff) -> UUID:
    one, other = await job_seekers.load(tx, one_id), await job_seekers.load(tx, other_id)
    by.must(Right.BOOK, one.agency_id)
    by.must(Right.BOOK, other.agency_id)
    if one.agency_id != other.agency_id or one.id == other.id:
        raise NotOneAgency(job_seeker_id=one_id, other_id=other_id)
    return one.agency_id


async def of_person(db: Database, job_seeker_id: UUID, *, by: Staff) -> list[Candidate]:
    """Who may be the same as somebody known, the surest first; raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        person = await job_seekers.load(tx, job_seeker_id)
        by.must(Right.BOOK, person.agency_id)
        return await of(tx, person)
