"""From an address to a database."""

from pathlib import Path

from booking.storage import addresses
from booking.storage.database import Database
from booking.storage.postgres import Postgres
from booking.storage.sqlite import Sqlite


def open_database(url: str, pool_size: int = 10) -> Database:
    """``sqlite:///path`` or ``postgresql://user@host/name``, with several hosts as ``user@h1:5432,h2:5432``; raises
    ValueError for anything else.

    An SQLite file must be opened inside the event loop that will use it.
    """
    address = addresses.read(url)
    kind = address.get_backend_name()
    if kind == "sqlite" and address.database:
        return Sqlite(Path(address.database))
    if kind == "postgresql":
        return Postgres(url, pool_size)
    raise ValueError(f"{kind}: write sqlite:///path or postgresql://user@host/name")
