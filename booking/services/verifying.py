"""Is the audit whole? Walk along its chain, and find what was changed, removed, inserted, reordered or cut off."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from booking.domain.seals import START, Fault, FaultKind, Head, Seal, faults, key_of, was_erased
from booking.domain.sites import Site
from booking.storage import seals
from booking.storage.database import Database

AT_ONCE = 500
MOST_NOTED = 100


@dataclass(slots=True)
class Verified:
    """How many lines were looked at, how many of them say less than they did, what is wrong, and the last seal."""

    lines: int = 0
    erased: int = 0
    faults: list[Fault] = field(default_factory=list)
    head: Head = START

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


async def verify(db: Database, *, site: Site, heads: Sequence[Head] = ()) -> Verified:
    """Everything, from the first line to the last, and that the chain still leads to these heads; changes nothing."""
    found = await walk(db, Head(0, ""), None, site)
    found.faults += await cut(db, heads)
    async with db.reading() as tx:
        found.head, _ = await seals.head(tx)
    return found


async def note(db: Database, found: Verified, now: datetime) -> None:
    """Who looked through everything knows best: what was known to be wrong is forgotten, what is wrong is written."""
    async with db.transaction() as tx:
        await seals.forget_faults(tx)
        await seals.note_faults(tx, found.faults[:MOST_NOTED], now)


async def last_head(db: Database) -> Head:
    """The last seal."""
    async with db.reading() as tx:
        return (await seals.head(tx))[0]


async def walk(db: Database, after: Head, most: int | None, site: Site) -> Verified:
    """So many seals after a head, or all of them; ``head`` is where it ended, or the start when it came to the end."""
    key, found = key_of(site.secret), Verified()
    async with db.reading() as tx:
        last = await seals.one(tx, after.n) if after.n else None
    while most is None or found.lines < most:
        last = await _slice(db, last, key, found)
        if last is None:
            found.head = START
            return found
        found.head = Head(last.n, last.link)
        # Others have their turn.
        await asyncio.sleep(0)
    return found


async def cut(db: Database, heads: Sequence[Head]) -> list[Fault]:
    """The heads to which the chain does not lead any more."""
    async with db.reading() as tx:
        known = [(head, await seals.one(tx, head.n)) for head in heads if head.n]
    return [Fault(FaultKind.CUT, head.n) for head, seal in known if seal is None or seal.link != head.link]


async def _slice(db: Database, last: Seal | None, key: bytes, found: Verified) -> Seal | None:
    """Look at the next few; returns the last of them, None at the end."""
    async with db.reading() as tx:
        pairs = await seals.pairs(tx, last.n if last else 0, AT_ONCE)
        if not pairs:
            return None
        until = max(seal.audit_id for seal, _ in pairs)
        inserted = await seals.without_seal(tx, last.audit_id if last else None, until)
    found.faults += faults(pairs, last, key)
    found.faults += [Fault(FaultKind.INSERTED, line) for line in inserted]
    found.lines += len(pairs)
    found.erased += sum(was_erased(seal, line) for seal, line in pairs if line)
    return pairs[-1][0]
