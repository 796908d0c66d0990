"""From an address as an operator writes it to what the toolkit, and PostgreSQL's own programs, read."""

from urllib.parse import quote, urlencode

from sqlalchemy import URL, make_url

from booking.domain.addresses import Host, authority, hosts

# What is ours and no option of the driver.
POOLED = "pooled"
# PostgreSQL's programs try one host after another; one that is silent keeps them no longer, in seconds.
LONGEST_TRY = 5


def read(said: str) -> URL:
    """One address of the toolkit, with one host or several. Raises ValueError, or what the toolkit raises."""
    each = hosts(said) if said.startswith("postgresql") else []
    if len(each) < 2:
        return make_url(said)
    everyone = authority(said)
    who, at, _ = everyone.rpartition("@")
    address = make_url(said.replace(f"://{everyone}", f"://{who}{at}", 1)).difference_update_query(["host"])
    return address.update_query_pairs([("host", _written(one)) for one in each])


def for_programs(said: str) -> str:
    """The same for ``pg_dump`` and its like, without the password; of several hosts they take the one that is written
    to. They say ``sslmode`` where the driver says ``ssl``.
    """
    address = read(said)
    options = {"sslmode" if name == "ssl" else name: value for name, value in address.query.items() if name != POOLED}
    if isinstance(options.get("host"), tuple):
        del options["host"]
        who = f"{quote(address.username, safe='')}@" if address.username else ""
        both = urlencode(options | {"target_session_attrs": "read-write", "connect_timeout": LONGEST_TRY})
        return f"postgresql://{who}{','.join(map(_written, hosts(said)))}/{quote(address.database or '')}?{both}"
    # Told to leave the password away, the toolkit leaves it there.
    bare = URL.create("postgresql", address.username, None, address.host, address.port, address.database, options)
    return bare.render_as_string()


def _written(one: Host) -> str:
    name, port = one
    return f"[{name}]:{port}" if ":" in name else f"{name}:{port}"
