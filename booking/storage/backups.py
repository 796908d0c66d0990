"""Whole copies of a database, made while it is in use, looked at before they are believed, and put back.

An SQLite file is copied by ``VACUUM INTO``: one moment of it, written anew. PostgreSQL is copied by its own programs
``pg_dump`` and ``pg_restore``, which have to be on the path and no older than the server.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from booking.storage import addresses

WAL_FILES = ("-wal", "-shm")
SHOWN = 5


class NotACopy(Exception):
    """This file is no whole copy of a database of this product."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class InUse(Exception):
    """Another program has the file open."""


class NotEmpty(Exception):
    """There is already something in the database into which a copy was to be put."""


class ProgramFailed(Exception):
    """A program of PostgreSQL is not there, or did not do what it was asked for; the argument says why."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A file that was read from end to end: bytes, bookings in it, and the version of its schema."""

    size: int
    bookings: int
    version: str


def copy_file(source: Path, target: Path) -> Whole:
    """Copy an SQLite database that others write to meanwhile; the copy is on the disk and whole when this returns.

    Raises FileExistsError, :class:`NotACopy` when what was written cannot be read.
    """
    if target.exists():
        raise FileExistsError(17, "File exists", str(target))
    part = _beside(target)
    try:
        # Not mode=ro: SQLite 3.40 then miscounts the columns of a table with a generated one.
        with closing(sqlite3.connect(f"file:{source}?mode=rw", uri=True)) as connection:
            connection.execute("PRAGMA busy_timeout = 30000")
            connection.execute("VACUUM INTO ?", (str(part),))
        found = look(part)
        _keep(part)
        part.rename(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _keep(target.parent)
    return found


def look(file: Path) -> Whole:
    """Read a copy from end to end. Raises :class:`NotACopy` with what is wrong."""
    if not file.exists():
        raise FileNotFoundError(2, "No such file", str(file))
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)) as connection:
            faults = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            orphans = connection.execute("PRAGMA foreign_key_check").fetchmany(SHOWN)
            if faults or orphans:
                raise NotACopy("; ".join([*faults[:SHOWN], *(f"{row[0]} {row[1]}" for row in orphans)]))
            (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            (bookings,) = connection.execute("SELECT count(*) FROM bookings").fetchone()
    except (sqlite3.DatabaseError, TypeError) as error:
        raise NotACopy(str(error)) from error
    return Whole(file.stat().st_size, bookings, version)


def put_back(copy: Path, target: Path, aside: Path) -> Whole:
    """Put a copy where the database is; what was there lies ``aside`` afterwards, whole, and is never overwritten.

    Raises :class:`NotACopy`, and :class:`InUse` while another program has the database open.
    """
    found = look(copy)
    part = _beside(target)
    shutil.copyfile(copy, part)
    _keep(part)
    if target.exists():
        _leave(target)
        os.link(target, aside)
    part.rename(target)
    _keep(target.parent)
    return found


def _leave(file: Path) -> None:
    """Write its journal into the file and leave it alone in its folder, or raise :class:`InUse`."""
    with closing(sqlite3.connect(file, timeout=2)) as connection:
        try:
            (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        except sqlite3.OperationalError as error:
            raise InUse from error
    if mode != "delete" or any(file.with_name(file.name + end).exists() for end in WAL_FILES):
        raise InUse


def shrink(file: Path) -> tuple[int, int]:
    """Give what is free in the file back to the disk; returns its size before and after, with its journal. Writers
    wait meanwhile."""
    before = _size(file)
    with closing(sqlite3.connect(file, timeout=30, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("VACUUM")
        connection.execute("PRAGMA optimize")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return before, _size(file)


def _size(file: Path) -> int:
    parts = (file, *(file.with_name(file.name + end) for end in WAL_FILES))
    return sum(part.stat().st_size for part in parts if part.exists())


def dump(url: str, target: Path) -> int:
    """Copy a PostgreSQL database into a file of ``pg_dump``'s own form; returns its size in bytes.

    Raises FileExistsError, :class:`ProgramFailed`.
    """
    if target.exists():
        raise FileExistsError(17, "File exists", str(target))
    part = _beside(target)
    try:
        _say("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", "--file", str(part))
        # What cannot be listed could not be put back either.
        _say("pg_restore", None, "--list", str(part))
        _keep(part)
        part.rename(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _keep(target.parent)
    return target.stat().st_size


def fill(url: str, copy: Path) -> None:
    """Put a copy of :func:`dump` into an empty database, all or nothing. Raises :class:`ProgramFailed`."""
    if not copy.exists():
        raise FileNotFoundError(2, "No such file", str(copy))
    _say("pg_restore", url, "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", str(copy))


def _say(program: str, url: str | None, *arguments: str) -> None:
    """Run a program of PostgreSQL; the password is in no list of processes."""
    known = dict(os.environ)
    if url is not None:
        if (password := addresses.read(url).password) is not None:
            known["PGPASSWORD"] = str(password)
        arguments = (f"--dbname={addresses.for_programs(url)}", *arguments)
    if shutil.which(program) is None:
        raise ProgramFailed(f"{program} est introuvable")
    ended = subprocess.run([program, *arguments], env=known, capture_output=True, text=True, check=False)  # noqa: S603
    if ended.returncode:
        raise ProgramFailed((ended.stderr.strip().splitlines() or [f"{program} : {ended.returncode}"])[0])


def _beside(target: Path) -> Path:
    """An empty file in the same folder, for its owner only from its first byte on."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return part


def _keep(path: Path) -> None:
    """On the disk before it is believed; of a folder, the names in it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
