"""Diagnoses, what was decided of their suggestions, and the seats that came of it."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, insert, select, update

from booking.domain.diagnoses import Choice, Diagnosis
from booking.domain.errors import NotFound
from booking.storage import job_seekers
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import diagnoses
from booking.storage.tables import diagnosis_choices as choices

_DIAGNOSIS = columns(Diagnosis, diagnoses)
_CHOICE = columns(Choice, choices)


async def add(tx: Tx, new: Diagnosis) -> None:
    """Write a new diagnosis; raises :class:`NotFound` for who was merged into another."""
    await job_seekers.must_be_there(tx, new.job_seeker_id, new.agency_id)
    kept = {question: list(given) for question, given in new.answers.items()}
    await tx.run(insert(diagnoses).values(values(new, diagnoses, answers=kept)))


async def load(tx: Tx, diagnosis_id: UUID, *, for_update: bool = False) -> Diagnosis:
    """One diagnosis; raises :class:`NotFound`."""
    found = select(*_DIAGNOSIS).where(diagnoses.c.id == diagnosis_id)
    row = await tx.row(found.with_for_update(key_share=True) if for_update else found)
    if row is None:
        raise NotFound(diagnosis_id=diagnosis_id)
    return _made(row)


async def of_person(tx: Tx, job_seeker_id: UUID, most: int = 50) -> list[Diagnosis]:
    """The diagnoses of this person, the last one first."""
    theirs = select(*_DIAGNOSIS).where(diagnoses.c.job_seeker_id == job_seeker_id)
    ordered = theirs.order_by(diagnoses.c.answered_at.desc(), diagnoses.c.id.desc()).limit(most)
    return [_made(row) for row in await tx.rows(ordered)]


async def choices_of(tx: Tx, diagnosis_ids: Collection[UUID]) -> list[Choice]:
    """What was decided of these, the first decision first."""
    theirs = select(*_CHOICE).where(choices.c.diagnosis_id.in_(diagnosis_ids))
    rows = await tx.rows(theirs.order_by(choices.c.decided_at, choices.c.id))
    return [made(Choice, row) for row in rows]


async def decide(tx: Tx, new: Choice) -> Choice:
    """Write what was decided of a suggestion, instead of what was decided before.

    Two at a time wait for each other at the diagnosis, which whoever decides has locked.
    """
    this = (choices.c.diagnosis_id == new.diagnosis_id, choices.c.suggestion == new.suggestion)
    said = {name: value for name, value in values(new, choices).items() if name != "id"}
    if not await tx.run(update(choices).where(*this).values(said)):
        await tx.run(insert(choices).values(values(new, choices)))
    row = await tx.row(select(*_CHOICE).where(*this))
    assert row is not None
    return made(Choice, row)


async def undecide(tx: Tx, diagnosis_id: UUID, suggestion: str) -> bool:
    """Forget what was decided of a suggestion; False when nothing was."""
    this = (choices.c.diagnosis_id == diagnosis_id, choices.c.suggestion == suggestion)
    return bool(await tx.run(delete(choices).where(*this)))


async def remove(tx: Tx, diagnosis_id: UUID) -> None:
    """Take a diagnosis away with what was decided of it; raises :class:`DiagnosisStands` where a referral names it."""
    await tx.run(delete(choices).where(choices.c.diagnosis_id == diagnosis_id))
    await tx.run(delete(diagnoses).where(diagnoses.c.id == diagnosis_id))


def _made(row: Row[Any]) -> Diagnosis:
    return made(Diagnosis, row, answers={question: tuple(given) for question, given in row.answers.items()})
