"""A restored copy knows again who was erased since it was made: the journal says so, and they are erased again."""

import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from booking.domain.bookings import Party
from booking.domain.erasures import Cause, Erasure, Request, hash_of
from booking.domain.sites import Site
from booking.services import erasing
from booking.services.doctor import Finding
from booking.storage import erasures
from booking.storage.database import Database

# Beside the database, and in no copy of it.
ERASURES_FILE = "erasures"
BATCH = 1000
SHOWN = 20
STAY_ERASED = ("erased-stay-erased", "Who was erased is known no more, not even from a restored copy.")
NOBODY = UUID(int=0)


def read(file: Path) -> list[Erasure]:
    """The journal as it is kept outside the database; empty where there is none yet. A torn last line is no erasure."""
    lines = file.read_text().splitlines() if file.exists() else []
    found = []
    for line in lines:
        try:
            said = json.loads(line)
        except ValueError:
            continue
        found.append(Erasure(person_hash=said["person"], because=Cause(said["because"]), at=_instant(said["at"])))
    return found


async def keep_outside(db: Database, file: Path) -> int:
    """Write at the end of the file what it does not say yet; returns how much. Saying it twice does no harm."""
    async with db.reading() as tx:
        every = await erasures.every(tx)
    known = {one.person_hash for one in read(file)}
    new = [one for one in every if one.person_hash not in known]
    if new:
        _append(file, new)
    return len(new)


def _append(file: Path, new: Iterable[Erasure]) -> None:
    """For its owner only, on the disk before it is believed; begun with a line end, in case the last one was torn."""
    lines = [json.dumps({"person": x.person_hash, "because": x.because, "at": x.at.isoformat()}) for x in new]
    with open(os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a") as journal:
        journal.write("\n" + "\n".join(lines) + "\n")
        journal.flush()
        os.fsync(journal.fileno())


def _instant(said: str) -> datetime:
    return datetime.fromisoformat(said)


class Journal:
    """One process that keeps the file. The first time it looks whether the database is a copy from before."""

    def __init__(self, site: Site, file: Path | None) -> None:
        self._site, self._file = site, file
        self._has_looked = False

    async def carry_on(self, db: Database, now: datetime) -> int:
        """Erase who was to be erased, and write in the file who was, here or elsewhere; returns how many went."""
        erased = 0
        if self._file and not self._has_looked:
            erased = await reapply(db, self._site, read(self._file), now)
            self._has_looked = True
        erased += await erasing.carry_out_ready(db, self._site, now)
        if self._file:
            await keep_outside(db, self._file)
        return erased


async def returned(db: Database, site: Site, outside: Iterable[Erasure] = ()) -> list[UUID]:
    """Who is known here although the journal says that he was erased."""
    async with db.reading() as tx:
        gone = {one.person_hash for one in (*await erasures.every(tx), *outside)}
        found: list[UUID] = []
        after = None
        while gone and (batch := await erasures.people(tx, after, BATCH)):
            found += [one for one in batch if hash_of(site.secret, one) in gone]
            after = batch[-1]
    return found


def found_again(people: list[UUID]) -> Finding:
    """What the doctor says of them."""
    return Finding(*STAY_ERASED, len(people), tuple(map(str, people[:SHOWN])))


async def reapply(db: Database, site: Site, outside: Iterable[Erasure], now: datetime) -> int:
    """Erase again who was erased before the copy came back, without telling anybody; returns how many.

    Doing it again changes nothing.
    """
    known = list(outside)
    erased = 0
    for person_id in await returned(db, site, known):
        await erasing.end_places(db, person_id, Party.SERVICE, by=None, now=now)
        request = Request(job_seeker_id=person_id, because=Cause.RESTORED, asked_at=now, asked_by=NOBODY)
        erased += await erasing.carry_out(db, request, site=site, now=now, is_forced=True)
    async with db.transaction() as tx:
        await erasures.write(tx, known)
    return erased
