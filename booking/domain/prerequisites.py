"""What a workshop asks of whoever comes, against what is known of a person."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from booking.domain.job_seekers import Need
from booking.domain.workshops import Level, Skill, Workshop

# What somebody with this need cannot have yet; of other skills only he can say.
LACKED = {
    Need.NEVER_USED_COMPUTER: (Skill.USES_MOUSE, Skill.USES_KEYBOARD),
    Need.READS_LITTLE: (Skill.READS_FRENCH, Skill.WRITES_FRENCH),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing that is not there: the ``level``, a ``skill``, or a workshop that comes before."""

    level: Level | None = None
    skill: Skill | None = None
    workshop_id: UUID | None = None

    @property
    def facts(self) -> dict[str, str]:
        """The same as a refusal tells it."""
        named = {"level": self.level, "skill": self.skill, "workshop_id": self.workshop_id}
        return {name: str(value) for name, value in named.items() if value}


def beyond(level: Level, skills: Collection[str], needs: Collection[Need]) -> list[Missing]:
    """What of the level and the skills is known to be beyond somebody with these needs."""
    lacked = {skill for need in needs for skill in LACKED.get(need, ())}
    too_hard = level is not Level.BEGINNER and Need.NEVER_USED_COMPUTER in needs
    found = [Missing(level=level)] if too_hard else []
    return found + [Missing(skill=Skill(skill)) for skill in skills if skill in lacked]


def missing(workshop: Workshop, needs: Collection[Need], done: Collection[UUID]) -> list[Missing]:
    """The same, and the workshops that come before and have not been done."""
    before = [Missing(workshop_id=id) for id in workshop.after if id not in done]
    return beyond(workshop.level, workshop.skills, needs) + before
