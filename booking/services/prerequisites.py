"""What a participant should bring along: told to the adviser, never a reason to refuse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from booking.domain.staff import Right, Staff
from booking.domain.workshops import Skill, Workshop
from booking.storage import histories, job_seekers, workshops
from booking.storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Prerequisite:
    """One thing asked for: a ``skill``, or a workshop by its ``title``.

    ``is_done`` is None for what only the person can say.
    """

    skill: Skill | None = None
    title: str = ""
    is_done: bool | None = None


async def of_person(db: Database, job_seeker_id: UUID, *, by: Staff) -> Mapping[UUID, Sequence[Prerequisite]]:
    """By workshop that asks for something, what it asks for, and whether this person has done it.

    Raises :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.reading() as tx:
        person = await job_seekers.load(tx, job_seeker_id)
        by.must(Right.SEE_PEOPLE, person.agency_id)
        known = {workshop.id: workshop for workshop in await workshops.every(tx, with_archived=True)}
        done = await histories.workshops_done(tx, job_seeker_id)
    asking = (workshop for workshop in known.values() if workshop.skills or workshop.after)
    return {workshop.id: _asked(workshop, known, done) for workshop in asking}


def _asked(workshop: Workshop, known: Mapping[UUID, Workshop], done: set[UUID]) -> list[Prerequisite]:
    before = sorted((known[id] for id in workshop.after), key=lambda one: one.title)
    return [
        *(Prerequisite(title=one.title, is_done=one.id in done) for one in before),
        *(Prerequisite(skill=Skill(skill)) for skill in workshop.skills),
    ]
