"""From an address to a database."""

from pathlib import Path

from sqlalchemy import make_url

from booking.storage.database import Database
from booking.storage.postgres import Postgres
from booking.storage.sqlite import Sqlite


def open_database(url: str, pool_size: int = 10) -> Database:
    """``sqlite:///path`` or ``postgresql://user@host/name``; raises ValueError for anything else.

    An SQLite file must be opened inside the event loop that will use it.
    """
    address = make_url(url)
    kind = address.get_backend_name()
    if kind == "sqlite" and address.database:
        return Sqlite(Path(address.database))
    if kind == "postgresql":
        return Postgres(address.set(drivername="postgresql+asyncpg").render_as_string(hide_password=False), pool_size)
    raise ValueError(f"{kind}: write sqlite:///path or postgresql://user@host/name")
