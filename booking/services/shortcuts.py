"""Whether single keys act on the pages that somebody sees: his own choice, kept with his account."""

from booking.domain.staff import Staff
from booking.storage import staff
from booking.storage.database import Database


async def switch(db: Database, *, is_on: bool, by: Staff) -> None:
    """On or off from now on."""
    async with db.transaction() as tx:
        await staff.use_shortcuts(tx, by.id, has_shortcuts=is_on)
