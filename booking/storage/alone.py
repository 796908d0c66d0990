"""One server for an SQLite file: two would take the pen from each other, and people would be told that it is locked."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ENDING = ".serving"


class AlreadyServed(Exception):
    """Another server has this file."""


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Be the only server of this file while the block lasts; raises :class:`AlreadyServed`.

    The lock lies on a file beside it, and falls with the process however that ends. Other programs are not concerned.
    """
    with closing(sqlite3.connect(path.with_name(path.name + ENDING), timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise AlreadyServed from error
        yield
