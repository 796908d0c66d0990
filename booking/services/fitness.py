"""Whether a person has what a workshop asks for; a reason lets him in without it, and stays with the booking."""

from uuid import UUID

from booking.domain.errors import PrerequisiteMissing
from booking.domain.fields import Problems
from booking.domain.prerequisites import Missing, missing
from booking.storage import histories, job_seekers, workshops
from booking.storage.database import Tx

LONGEST_REASON = 200


async def lacking(tx: Tx, workshop_id: UUID, job_seeker_id: UUID) -> list[Missing]:
    """What this person lacks for this workshop, as far as anybody can know."""
    workshop = await workshops.load(tx, workshop_id)
    person = await job_seekers.load_attendee(tx, job_seeker_id)
    done = await histories.workshops_done(tx, job_seeker_id) if workshop.after else ()
    return missing(workshop, person.needs, done)


async def excuse(tx: Tx, workshop_id: UUID, job_seeker_id: UUID, because: str) -> str | None:
    """The reason, if the person needs one, or None. Raises :class:`PrerequisiteMissing`, :class:`InvalidField`."""
    checked_reason(because)
    lacked = await lacking(tx, workshop_id, job_seeker_id)
    if lacked and not because.strip():
        raise PrerequisiteMissing(workshop_id=workshop_id, missing=[one.facts for one in lacked])
    return because.strip() if lacked else None


def checked_reason(because: str, field: str = "because") -> str:
    """A reason as it is kept; raises :class:`InvalidField` for one too long."""
    problems = Problems()
    problems.text(field, because, longest=LONGEST_REASON, required=False)
    problems.refuse()
    return because.strip()
