"""Read the mailbox of replies: each mail is marked only after what it says is committed, and none blocks the next."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog

from booking.delivery.mailbox import Letterbox, Mailbox
from booking.domain.sites import Site
from booking.services import replying
from booking.storage.database import Database

ROUND = 50
log = structlog.get_logger()


def reading(where: Mailbox, site: Site) -> Callable[[Database, datetime], Awaitable[int]]:
    """The work of a tick: a look into this mailbox."""

    async def work(db: Database, now: datetime) -> int:
        return await read(db, Letterbox(where), site=site, now=now)

    return work


async def read(db: Database, box: Letterbox, *, site: Site, now: datetime) -> int:
    """Take what has arrived; returns how many mails. Raises :class:`MailboxFailed`."""
    taken = 0
    try:
        for uid in await box.unread(ROUND):
            is_poison = not await _take(db, await box.content(uid), site, now)
            await box.mark(uid, is_poison=is_poison)
            taken += 1
    finally:
        await box.close()
    return taken


async def _take(db: Database, content: bytes | None, site: Site, now: datetime) -> bool:
    """False for a mail that cannot be read at all; it is moved on from. Raises when the database is away."""
    if content is None:
        log.warning("mail too large for a reply")
        return True
    try:
        await replying.take(db, content, site=site, now=now)
    except Exception as error:  # noqa: BLE001 - what it says may hold an address, and stays out of the log
        # Away with the database: the mail stays unread, and is taken with the next look.
        await db.now()
        log.error("mail cannot be taken", failure=type(error).__name__)
        return False
    return True
