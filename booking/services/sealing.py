"""Seal what was written down: every few seconds each new line of the audit gets its link in the chain."""

from datetime import datetime

import structlog

from booking.domain.seals import key_of, sealed
from booking.domain.sites import Site
from booking.storage import seals
from booking.storage.constraints import LockTimeout
from booking.storage.database import Database

AT_ONCE = 500
# So long who wants to write may wait for a seal at most; who writes longer than that is sealed next time.
PATIENCE_MS = 100
log = structlog.get_logger()


async def seal(db: Database, now: datetime, *, site: Site) -> int:
    """Seal every line that is there, in the order of their numbers; returns how many.

    Safe in any number of processes at once: one of them seals.
    """
    until = await _until(db)
    count = 0
    while until:
        async with db.transaction() as tx:
            if not await seals.be_alone(tx):
                return count
            head, last = await seals.head(tx)
            lines = await seals.unsealed(tx, last, until, AT_ONCE)
            await seals.add(tx, sealed(lines, head, key_of(site.secret)))
        count += len(lines)
        if len(lines) < AT_ONCE:
            break
    return count


async def _until(db: Database) -> int:
    """The last line that may be sealed; 0 when there is none, or who writes needs too long."""
    async with db.reading() as tx:
        if not await seals.is_behind(tx):
            return 0
    try:
        async with db.transaction() as tx:
            return await seals.last_line(tx, PATIENCE_MS)
    except LockTimeout:
        log.info("audit is sealed later", because="somebody writes")
        return 0
