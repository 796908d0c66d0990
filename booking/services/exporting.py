"""Long files are made beside, a page at a time; what a worker that vanished has left, another begins anew."""

import asyncio
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid4

import structlog

from booking.documents.data_packages import ZipPackage
from booking.documents.presence_lists import PresenceFile
from booking.domain.exports import MOST_TRIES, Export, ExportState, Format
from booking.domain.sites import Site
from booking.services import moving_out
from booking.services.long_works import Clock, GivenUp, work_off
from booking.services.presences import rolls
from booking.storage import exports
from booking.storage.database import Database, again_when_contended

PIECE = 256 * 1024
A_WHILE = timedelta(seconds=1)
# Folders of workers; what is older than any work was left by one that was killed.
FOLDER = "ateliers-export-"
OLD = timedelta(hours=6)
log = structlog.get_logger()


class _Going(Exception):
    """The worker has to go."""


@dataclass(slots=True)
class _Work:
    """One file in one worker's hands; time goes on from the moment at which it was claimed."""

    db: Database
    site: Site | None
    export: Export
    token: UUID
    clock: Clock

    @property
    def now(self) -> datetime:
        return self.clock.now

    async def say(self, **known: int) -> None:
        async with self.db.transaction() as tx:
            if not await exports.progress(tx, self.export.id, self.token, self.now, **known):
                raise GivenUp

    async def put(self, number: int, content: bytes, size: int) -> None:
        async with self.db.transaction() as tx:
            if not await exports.progress(tx, self.export.id, self.token, self.now, size=size):
                raise GivenUp
            await exports.add_piece(tx, self.export.id, number, content)

    async def settle(self, state: ExportState, **known: int) -> None:
        async with self.db.transaction() as tx:
            await exports.settle(tx, self.export.id, self.token, state, self.now, **known)


async def make_due(
    db: Database, now: datetime, *, site: Site | None = None, is_over: Callable[[], bool] = lambda: False
) -> int:
    """Make what is asked for, the longest waiting first; returns how many files were made.

    A copy of the whole installation says of which ``site`` it is.
    """
    return await work_off(lambda at: _claim(db, site, at), lambda work: _try(work, is_over), now, is_over)


@again_when_contended
async def _claim(db: Database, site: Site | None, now: datetime) -> _Work | None:
    async with db.reading() as tx:
        if not await exports.is_due(tx, now):
            return None
    token = uuid4()
    async with db.transaction() as tx:
        export = await exports.claim(tx, now, token)
    return _Work(db, site, export, token, Clock(now)) if export else None


async def _try(work: _Work, is_over: Callable[[], bool]) -> bool:
    """Whether it is made; what fails again and again is left alone."""
    if work.export.tries > MOST_TRIES:
        await work.settle(ExportState.FAILED)
        return False
    try:
        is_made = await _make(work, is_over)
    except GivenUp:
        return False
    except Exception:
        log.exception("export broke", export=str(work.export.id))
        await work.settle(ExportState.FAILED if work.export.tries >= MOST_TRIES else ExportState.WAITING)
        return False
    if is_made:
        await work.settle(ExportState.DONE)
    else:
        await work.settle(ExportState.WAITING, tries=work.export.tries - 1)  # to go was no failure of the file
    return is_made


async def _make(work: _Work, is_over: Callable[[], bool]) -> bool:
    """False when the worker has to go before the end. The folder goes with it."""
    with tempfile.TemporaryDirectory(prefix=FOLDER) as folder, (Path(folder) / "file").open("w+b") as target:
        make = _whole if work.export.format is Format.ZIP else _presences
        is_made = await make(work, target, Path(folder), is_over)
        if is_made:
            await _put_away(work, target)
    return is_made


async def _presences(work: _Work, target: BinaryIO, folder: Path, is_over: Callable[[], bool]) -> bool:
    file, done = PresenceFile(target, work.export.format, folder), 0
    try:
        async for some in rolls(work.db, work.export.scope):
            await asyncio.to_thread(file.add, some)
            done += len(some)
            await work.say(meetings_done=done, rows_done=file.rows)
            if is_over():
                return False
    finally:
        await asyncio.to_thread(file.close)
    return True


async def _whole(work: _Work, target: BinaryIO, _: Path, is_over: Callable[[], bool]) -> bool:
    """Tables are counted where otherwise meetings are."""
    site, said_at = work.site, work.now
    if site is None:
        raise RuntimeError("nobody said what the installation is called")

    async def told(tables: int, rows: int) -> None:
        nonlocal said_at
        if is_over():
            raise _Going
        if work.now - said_at > A_WHILE:
            said_at = work.now
            await work.say(meetings_done=tables, rows_done=rows)

    try:
        copied = await moving_out.into(
            work.db, ZipPackage(target), with_secrets=False, site=site, now=work.now, told=told
        )
    except _Going:
        return False
    await work.say(meetings_done=copied.tables, meetings_total=copied.tables, rows_done=copied.rows)
    return True


async def _put_away(work: _Work, target: BinaryIO) -> None:
    """Into the database, in pieces."""
    target.seek(0)
    number = size = 0
    while content := target.read(PIECE):
        size += len(content)
        await work.put(number, content, size)
        number += 1


async def forget_expired(db: Database, now: datetime) -> int:
    """Files live for a day; returns how many went. What a killed worker left in this machine's folder goes, too."""
    _sweep(now)
    async with db.transaction() as tx:
        over = await exports.expired(tx, now)
        for id in over:
            await exports.remove(tx, id)
    return len(over)


def _sweep(now: datetime) -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):
        if folder.stat().st_mtime < (now - OLD).timestamp():
            shutil.rmtree(folder, ignore_errors=True)
