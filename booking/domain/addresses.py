"""The address of a database as an operator writes it: one host, or several of which one takes writes."""

import re
from urllib.parse import parse_qs, urlsplit

POSTGRESQL_PORT = 5432
Host = tuple[str, int]


def hosts(said: str) -> list[Host]:
    """Every host of ``postgresql://user@h1:5432,h2:5432/name``, or of ``?host=h1:5432&host=h2:5432``, with its port.

    Empty where none is named. Raises ValueError for a port that is no number, and for a comma with nothing beside it.
    """
    named = authority(said).rpartition("@")[2]
    each = named.split(",") if named else parse_qs(said.partition("?")[2]).get("host", [])
    return [_host(one) for one in each]


def authority(said: str) -> str:
    """What stands between ``//`` and the name of the database; of several hosts the standard library takes some for
    a bad address.
    """
    return re.split("[/?#]", said.partition("://")[2], maxsplit=1)[0]


def _host(said: str) -> Host:
    if said.startswith("/"):
        return said, POSTGRESQL_PORT
    one = urlsplit(f"//{said}")
    if not one.hostname:
        raise ValueError(f"no host: {said}")
    return one.hostname, one.port or POSTGRESQL_PORT
