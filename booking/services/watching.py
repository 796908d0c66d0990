"""Watch over the audit while the program runs: look at what is new and at a part of what is old, and keep the head."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

import structlog

from booking.domain.seals import START, Fault, Head
from booking.domain.sites import Site
from booking.services import verifying
from booking.storage import seals
from booking.storage.database import Database

# Each round looks at all of a short audit; of a long one at the newest lines, and further along the older ones.
NEWEST, OLDER = 5000, 15000
log = structlog.get_logger()


class Watch:
    """One process that looks every few seconds. Heads are kept outside the database, where there is a file for them."""

    def __init__(self, site: Site, file: Path | None = None) -> None:
        self._site, self._file = site, file
        self._head = last_kept(file) if file else START
        self._place = START

    async def look(self, db: Database, now: datetime) -> int:
        """Look around, write what is wrong, and keep the head if all is well; returns how many lines were seen."""
        async with db.reading() as tx:
            head, _ = await seals.head(tx)
            begin = await seals.one(tx, head.n - NEWEST) if head.n > NEWEST else None
        found = await verifying.cut(db, [self._head])
        newest = await verifying.walk(db, Head(begin.n, begin.link) if begin else START, None, self._site)
        found, seen = found + newest.faults, newest.lines
        if begin:
            older = await verifying.walk(db, self._place, OLDER, self._site)
            self._place, seen = older.head, seen + older.lines
            found += older.faults
        if found:
            await _tell(db, found, now)
        elif head.n > self._head.n:
            self._keep(head, now)
        return seen

    def _keep(self, head: Head, now: datetime) -> None:
        self._head = head
        log.info("audit is whole", seals=head.n, head=head.link)
        if self._file:
            with self._file.open("a") as kept:
                kept.write(written(head, now) + "\n")


async def _tell(db: Database, found: list[Fault], now: datetime) -> None:
    async with db.transaction() as tx:
        await seals.note_faults(tx, found[: verifying.MOST_NOTED], now)
    log.error("audit was tampered with", faults=len(found), first=f"{found[0].kind} {found[0].line}")


def written(head: Head, now: datetime) -> str:
    """A head as a line of the file, and as an auditor notes it."""
    return f"{now:%Y-%m-%dT%H:%M:%SZ} {head.n}:{head.link}"


def read(said: str) -> Head:
    """The head of such a line, with or without its time; raises :class:`ValueError`."""
    n, _, link = said.strip().rpartition(" ")[2].partition(":")
    if len(link) != len(START.link) or not set(link) <= set("0123456789abcdef"):
        raise ValueError(said)
    return Head(int(n), link)


def last_kept(file: Path) -> Head:
    """The head that was kept last; the start where nothing was, or where the line was cut short."""
    for line in reversed(file.read_text().splitlines() if file.exists() else []):
        with suppress(ValueError):
            return read(line)
    return START
