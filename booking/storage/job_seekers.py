"""Job seekers, found by name without accents, by identifier, or by phone in any spelling."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, and_, insert, or_, select, update

from booking.domain.errors import NotFound
from booking.domain.job_seekers import JobSeeker, Need, folded
from booking.storage.database import Tx
from booking.storage.shapes import columns, values
from booking.storage.shapes import made as made_from
from booking.storage.tables import job_seekers

MOST_WORDS = 8
JOB_SEEKER = columns(JobSeeker, job_seekers)


def made(row: object, prefix: str = "") -> JobSeeker:
    """A job seeker from a row."""
    needs = frozenset(map(Need, row._mapping[prefix + "needs"]))  # type: ignore[attr-defined]
    return made_from(JobSeeker, row, prefix, needs=needs)  # type: ignore[arg-type]


def _written(person: JobSeeker) -> dict[str, object]:
    """A search text of names both ways round, and the identifier."""
    search = folded(f"{person.last_name} {person.first_name} {person.last_name} {person.identifier or ''}")
    return values(person, job_seekers, search=search, needs=sorted(person.needs))


async def add(tx: Tx, person: JobSeeker) -> None:
    """Write a new person; raises :class:`NameTaken` for a known identifier."""
    await tx.run(insert(job_seekers).values(_written(person)))


async def change(tx: Tx, person: JobSeeker) -> None:
    """Write a person anew; raises :class:`NameTaken` for a known identifier."""
    await tx.run(update(job_seekers).where(job_seekers.c.id == person.id).values(_written(person)))


async def load(tx: Tx, job_seeker_id: UUID) -> JobSeeker:
    """One person; raises :class:`NotFound`."""
    row = await tx.row(select(*JOB_SEEKER).where(job_seekers.c.id == job_seeker_id))
    if row is None:
        raise NotFound(job_seeker_id=job_seeker_id)
    return made(row)


async def load_many(tx: Tx, ids: Collection[UUID]) -> dict[UUID, JobSeeker]:
    """These people by id."""
    found = select(*JOB_SEEKER).where(job_seekers.c.id.in_(ids))
    return {row.id: made(row) for row in await tx.rows(found)}


async def search(
    tx: Tx, agency_ids: Collection[UUID] | None, said: str, phone: str | None, most: int
) -> list[JobSeeker]:
    """People of these agencies (None is the whole network) whose words begin like the words said, by name."""
    whose = [] if agency_ids is None else [job_seekers.c.agency_id.in_(agency_ids)]
    matches = _begins_with_each(said)
    if phone:
        matches = or_(matches, job_seekers.c.phone == phone)
    found = select(*JOB_SEEKER).where(*whose, matches).order_by(job_seekers.c.search, job_seekers.c.id)
    return [made(row) for row in await tx.rows(found.limit(most))]


def _begins_with_each(said: str) -> ColumnElement[bool]:
    text = job_seekers.c.search
    words = folded(said).split()[:MOST_WORDS]
    return and_(
        *(or_(text.startswith(word, autoescape=True), text.contains(f" {word}", autoescape=True)) for word in words)
    )


async def alike(tx: Tx, person: JobSeeker) -> list[JobSeeker]:
    """People of the same agency with the same name, or the same phone or e-mail."""
    name = folded(f"{person.last_name} {person.first_name}")
    same = [job_seekers.c.search.startswith(name + " ", autoescape=True)]
    same += [job_seekers.c.phone == person.phone] if person.phone else []
    same += [job_seekers.c.email == person.email] if person.email else []
    found = select(*JOB_SEEKER).where(job_seekers.c.agency_id == person.agency_id, or_(*same))
    return [made(row) for row in await tx.rows(found.order_by(job_seekers.c.search, job_seekers.c.id).limit(5))]
