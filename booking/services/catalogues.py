"""The catalogue of workshops, as everybody who works here may read it."""

from dataclasses import dataclass
from uuid import UUID

from booking.domain.fields import Problems
from booking.domain.workshops import Workshop, comes_round
from booking.storage import workshops
from booking.storage.database import Database, Tx


@dataclass(frozen=True, slots=True)
class Entry:
    """A workshop with those that come before it, and those it opens the way to."""

    workshop: Workshop
    before: list[Workshop]
    next: list[Workshop]


async def every(db: Database, *, with_archived: bool = False) -> list[Workshop]:
    """The workshops by title."""
    async with db.reading() as tx:
        return await workshops.every(tx, with_archived=with_archived)


async def show(db: Database, workshop_id: UUID) -> Workshop:
    """One workshop; raises :class:`NotFound`."""
    async with db.reading() as tx:
        return await workshops.load(tx, workshop_id)


async def entry(db: Database, workshop_id: UUID) -> Entry:
    """One workshop among its neighbours; raises :class:`NotFound`."""
    async with db.reading() as tx:
        workshop = await workshops.load(tx, workshop_id)
        known = await workshops.every(tx, with_archived=True)
    before = [one for one in known if one.id in workshop.after]
    return Entry(workshop, before, [one for one in known if workshop.id in one.after and one.archived_at is None])


async def checked(tx: Tx, workshop: Workshop) -> Workshop:
    """This workshop, if it can stand in the catalogue among the others. Raises :class:`InvalidField`."""
    workshop.checked()
    known = {one.id: one.after for one in await workshops.every(tx, with_archived=True)}
    problems = Problems()
    if set(workshop.after) - known.keys():
        problems.add("after", "unknown-choice")
    if comes_round(workshop, known):
        problems.add("after", "comes-round")
    problems.refuse()
    return workshop
