"""Job seekers, and how they are found: by name without accents, by identifier, by phone in any spelling, by a code."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update

from booking.domain.errors import NotFound
from booking.domain.finding import Sought, search_text
from booking.domain.job_seekers import JobSeeker, Need
from booking.storage import finding
from booking.storage.columns import Id
from booking.storage.database import Tx
from booking.storage.driving import hot
from booking.storage.shapes import columns, values
from booking.storage.shapes import made as made_from
from booking.storage.tables import job_seekers

JOB_SEEKER = columns(JobSeeker, job_seekers)
# Neither merged into another nor erased; somebody who attends may be a member of staff, who is no job seeker.
ATTENDS = (job_seekers.c.merged_into.is_(None), job_seekers.c.erased_at.is_(None))
IS_SOMEBODY = (*ATTENDS, job_seekers.c.staff_id.is_(None))
_THERE = hot(
    select(job_seekers.c.id).where(
        job_seekers.c.id == bindparam("person", type_=Id), job_seekers.c.agency_id == bindparam("agency", type_=Id)
    )
)


def made(row: object, prefix: str = "") -> JobSeeker:
    """A job seeker from a row."""
    needs = frozenset(map(Need, row._mapping[prefix + "needs"]))  # type: ignore[attr-defined]
    return made_from(JobSeeker, row, prefix, needs=needs)  # type: ignore[arg-type]


def written(person: JobSeeker) -> dict[str, object]:
    """The row of a person."""
    return values(person, job_seekers, search=search_text(person), needs=sorted(person.needs))


async def add(tx: Tx, person: JobSeeker) -> None:
    """Write a new person; raises :class:`NameTaken` for a known identifier."""
    await tx.run(insert(job_seekers).values(written(person)))
    await finding.keep(tx, person)


async def add_all(tx: Tx, people: Sequence[JobSeeker]) -> None:
    """Write many new people; raises :class:`NameTaken` for a known identifier."""
    if people:
        await tx.run(insert(job_seekers), [written(person) for person in people])
        await finding.keep_new(tx, people)


async def change(tx: Tx, person: JobSeeker) -> None:
    """Write a person anew; raises :class:`NameTaken` for a known identifier."""
    await tx.run(update(job_seekers).where(job_seekers.c.id == person.id).values(written(person)))
    await finding.keep(tx, person)


async def load(tx: Tx, job_seeker_id: UUID, *, for_update: bool = False) -> JobSeeker:
    """One job seeker, whom nobody else changes meanwhile if so asked; raises :class:`NotFound`, also for one erased."""
    found = select(*JOB_SEEKER).where(job_seekers.c.id == job_seeker_id, *IS_SOMEBODY)
    row = await tx.row(found.with_for_update(key_share=True) if for_update else found)
    if row is None:
        raise NotFound(job_seeker_id=job_seeker_id)
    return made(row)


async def load_attendee(tx: Tx, job_seeker_id: UUID) -> JobSeeker:
    """Somebody who attends, a member of staff too; raises :class:`NotFound`."""
    row = await tx.row(select(*JOB_SEEKER).where(job_seekers.c.id == job_seeker_id, *ATTENDS))
    if row is None:
        raise NotFound(job_seeker_id=job_seeker_id)
    return made(row)


async def load_many(tx: Tx, ids: Collection[UUID], *, for_update: bool = False) -> dict[UUID, JobSeeker]:
    """These people by id, whom nobody else changes meanwhile if so asked."""
    found = select(*JOB_SEEKER).where(job_seekers.c.id.in_(ids), *IS_SOMEBODY)
    held = found.order_by(job_seekers.c.id).with_for_update(key_share=True) if for_update else found
    return {row.id: made(row) for row in await tx.rows(held)}


async def must_be_there(tx: Tx, job_seeker_id: UUID, agency_id: UUID) -> None:
    """Do nothing, or raise :class:`NotFound` for somebody who was merged into another since he was read.

    On PostgreSQL the foreign key says it by its name, whoever commits in between.
    """
    if tx.dialect == "sqlite" and await tx.row(_THERE, {"person": job_seeker_id, "agency": agency_id}) is None:
        raise NotFound(job_seeker_id=job_seeker_id)


async def every(tx: Tx, agency_id: UUID) -> list[JobSeeker]:
    """Everybody of an agency, by name."""
    found = select(*JOB_SEEKER).where(job_seekers.c.agency_id == agency_id, *IS_SOMEBODY)
    return [made(row) for row in await tx.rows(found.order_by(job_seekers.c.search, job_seekers.c.id))]


async def search(tx: Tx, agency_ids: Collection[UUID] | None, sought: Sought, most: int) -> list[JobSeeker]:
    """People of these agencies (None is the whole network) who are meant, the surest first."""
    ids = await finding.find(tx, agency_ids, sought, most)
    known = await load_many(tx, ids) if ids else {}
    return [known[id] for id in ids if id in known]


async def merged_into(tx: Tx, job_seeker_id: UUID) -> JobSeeker | None:
    """Who this person turned out to be."""
    gone = select(job_seekers.c.merged_into).where(job_seekers.c.id == job_seeker_id).scalar_subquery()
    row = await tx.row(select(*JOB_SEEKER).where(job_seekers.c.id == gone))
    return made(row) if row else None
