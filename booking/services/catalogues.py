"""The catalogue of workshops, as everybody who works here may read it."""

from uuid import UUID

from booking.domain.workshops import Workshop
from booking.storage import workshops
from booking.storage.database import Database


async def every(db: Database, *, with_archived: bool = False) -> list[Workshop]:
    """The workshops by title."""
    async with db.reading() as tx:
        return await workshops.every(tx, with_archived=with_archived)


async def show(db: Database, workshop_id: UUID) -> Workshop:
    """One workshop; raises :class:`NotFound`."""
    async with db.reading() as tx:
        return await workshops.load(tx, workshop_id)
