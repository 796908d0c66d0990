"""The digital diagnosis in the interview: asked, answered, repeated, and taken back if it was a slip."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.diagnoses import Choice, Diagnosis
from booking.domain.errors import DiagnosisStands, NotFound
from booking.domain.idempotency import Once
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import JobSeeker
from booking.domain.questionnaires import Questionnaire
from booking.domain.staff import Right, Staff
from booking.domain.suggestions import Suggested, suggested
from booking.storage import (
    agencies,
    audit,
    diagnoses,
    diagnosis_fruits,
    idempotency,
    job_seekers,
    questionnaires,
    staff,
)
from booking.storage.database import Database, Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A diagnosis in the wording of its questionnaire, with what its rules suggest and what was decided of it."""

    diagnosis: Diagnosis
    questionnaire: Questionnaire
    choices: Sequence[Choice]
    time_zone: str
    by_name: str = ""

    @property
    def suggested(self) -> list[Suggested]:
        """What the rules of its version say to the answers."""
        return suggested(self.questionnaire.rules, self.diagnosis.answers)

    @property
    def undecided(self) -> int:
        """Of how many suggestions nothing was decided."""
        decided = {choice.suggestion for choice in self.choices}
        return sum(one.suggestion.key not in decided for one in self.suggested)

    def choice(self, key: str) -> Choice | None:
        """What was decided of the suggestion of this name."""
        return next((one for one in self.choices if one.suggestion == key), None)

    def named(self, key: str) -> Suggested:
        """The suggestion of this name; raises :class:`NotFound` for one that the rules do not make."""
        for one in self.suggested:
            if one.suggestion.key == key:
                return one
        raise NotFound(suggestion=key)


async def of_person(db: Database, person_id: UUID, *, by: Staff) -> list[Known]:
    """The diagnoses of somebody, the last one first. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        person = await job_seekers.load(tx, person_id)
        by.must(Right.SEE_PEOPLE, person.agency_id)
        return await _known(tx, await diagnoses.of_person(tx, person_id))


async def show(db: Database, diagnosis_id: UUID, *, by: Staff) -> Known:
    """One diagnosis. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        return await load(tx, diagnosis_id, by)


async def load(tx: Tx, diagnosis_id: UUID, by: Staff, right: Right = Right.SEE_PEOPLE, *, held: bool = False) -> Known:
    """The same within a transaction; ``held``, nobody else decides about it meanwhile."""
    found = await diagnoses.load(tx, diagnosis_id, for_update=held)
    by.must(right, found.agency_id)
    return (await _known(tx, [found]))[0]


async def answer(
    db: Database,
    person_id: UUID,
    said: Mapping[str, Sequence[str]],
    *,
    version: int | None = None,
    once: Once | None = None,
    by: Staff,
    now: datetime,
) -> Diagnosis:
    """Keep what somebody answered, by the version that he was asked; None is the one that counts.

    Raises :class:`InvalidField` by question, :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.transaction() as tx:
        person = await job_seekers.load(tx, person_id)
        by.must(Right.BOOK, person.agency_id)
        kept = await idempotency.claim(tx, once, now)
        if kept is not None:
            return await diagnoses.load(tx, UUID(kept["diagnosis_id"]))
        new = await _answered(tx, person, said, version, by, now)
        await diagnoses.add(tx, new)
        await audit.record(tx, by, "added", "diagnosis", new.id, now, new.agency_id)
        await idempotency.settle(tx, once, {"diagnosis_id": str(new.id)})
    return new


async def take_back(db: Database, diagnosis_id: UUID, *, by: Staff, now: datetime) -> UUID:
    """Remove one that was a slip, with what was decided of it; returns whose it was.

    Raises :class:`DiagnosisStands` after ten minutes, or once a seat or a referral came of it; :class:`NotFound`,
    :class:`NotAllowed`.
    """
    async with db.transaction() as tx:
        found = await load(tx, diagnosis_id, by, Right.BOOK, held=True)
        found.diagnosis.must_be_fresh(now)
        if any(choice.booking_id for choice in found.choices) or await diagnosis_fruits.referrals_of(tx, diagnosis_id):
            raise DiagnosisStands(diagnosis_id=diagnosis_id)
        await diagnoses.remove(tx, diagnosis_id)
        await audit.record(tx, by, "taken-back", "diagnosis", diagnosis_id, now, found.diagnosis.agency_id)
    return found.diagnosis.job_seeker_id


async def _answered(
    tx: Tx, person: JobSeeker, said: Mapping[str, Sequence[str]], version: int | None, by: Staff, now: datetime
) -> Diagnosis:
    asked = await (questionnaires.current(tx) if version is None else questionnaires.load(tx, version))
    if asked.published_at is None:
        raise NotFound(version=version)
    answers = asked.answered(said)
    await questionnaires.write_shipped(tx)
    return Diagnosis(
        id=new_id(now),
        job_seeker_id=person.id,
        agency_id=person.agency_id,
        questionnaire_id=asked.id,
        answers=answers,
        answered_at=now,
        answered_by=by.id,
    )


async def _known(tx: Tx, found: Sequence[Diagnosis]) -> list[Known]:
    asked = {one.id: one for one in await questionnaires.every(tx)} if found else {}
    decided = await diagnoses.choices_of(tx, [one.id for one in found]) if found else []
    names = await staff.named(tx, {one.answered_by for one in found})
    there = {one.id: one for one in await agencies.some(tx, {one.agency_id for one in found})} if found else {}
    return [
        Known(
            diagnosis=one,
            questionnaire=asked[one.questionnaire_id],
            choices=[choice for choice in decided if choice.diagnosis_id == one.id],
            time_zone=there[one.agency_id].time_zone,
            by_name=names.get(one.answered_by, ""),
        )
        for one in found
    ]
