"""The card of somebody's first visits, which names what he does most: shown until he puts it away, on any computer."""

from datetime import datetime

from booking.domain.staff import Staff
from booking.storage import first_steps
from booking.storage.database import Database, again_when_contended


async def are_shown(db: Database, *, by: Staff) -> bool:
    """Whether the card still stands on the first page."""
    async with db.reading() as tx:
        return await first_steps.away_at(tx, by.id) is None


@again_when_contended
async def put_away(db: Database, *, by: Staff, now: datetime) -> None:
    """He knows."""
    async with db.transaction() as tx:
        await first_steps.put(tx, by.id, now)


@again_when_contended
async def bring_back(db: Database, *, by: Staff) -> None:
    """He would like to read it again."""
    async with db.transaction() as tx:
        await first_steps.put(tx, by.id, None)
