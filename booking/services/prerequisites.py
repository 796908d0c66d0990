"""What a participant should bring along, and what is known of it; what is known to be missing needs a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from booking.domain.job_seekers import JobSeeker
from booking.domain.prerequisites import missing
from booking.domain.staff import Right, Staff
from booking.domain.workshops import Level, Skill, Workshop
from booking.storage import histories, job_seekers, workshops
from booking.storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Prerequisite:
    """One thing asked for: a ``skill``, a workshop by its ``title``, or a ``level`` that is known to be too high.

    ``is_done`` is None for what only the person can say.
    """

    level: Level | None = None
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
    asked = {workshop.id: _asked(workshop, person, known, done) for workshop in known.values()}
    return {workshop_id: things for workshop_id, things in asked.items() if things}


def _asked(
    workshop: Workshop, person: JobSeeker, known: Mapping[UUID, Workshop], done: set[UUID]
) -> list[Prerequisite]:
    lacked = missing(workshop, person.needs, done)
    skills = {one.skill for one in lacked}
    before = sorted((known[id] for id in workshop.after), key=lambda one: one.title)
    return [
        *(Prerequisite(level=one.level, is_done=False) for one in lacked if one.level),
        *(Prerequisite(title=one.title, is_done=one.id in done) for one in before),
        *(Prerequisite(skill=Skill(one), is_done=False if one in skills else None) for one in workshop.skills),
    ]
