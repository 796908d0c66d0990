"""Whether this process can serve: its database answers, and has the schema that this code needs."""

from booking.storage.constraints import Unavailable
from booking.storage.database import Database
from booking.storage.migrating import is_migrated


async def why_not(db: Database) -> str | None:
    """``database`` or ``schema``, whichever is missing; None when both are there."""
    try:
        async with db.reading() as tx:
            return None if await is_migrated(tx) else "schema"
    except Unavailable:
        return "database"
