"""From where a deed comes: by which door, from which part of the network, in which sign-in.

Every line of the audit says so. The door notes it once for whatever it begins, so that no deed can forget it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# So much of an address tells an agency or a household, and nobody in it.
KEPT_BITS = {4: 24, 6: 48}


class Via(StrEnum):
    """A door."""

    PAGE = "page"
    API = "api"
    COMMAND = "command"
    JOB = "job"


@dataclass(frozen=True, slots=True)
class Origin:
    """``place`` is a part of the network, ``sign_in`` the short name of a sign-in or of a program's token."""

    via: Via
    place: str | None = None
    sign_in: str | None = None


CLOCK = Origin(Via.JOB)
_HERE: ContextVar[Origin] = ContextVar("origin")


def come(origin: Origin) -> None:
    """All that this task does from now on comes from there."""
    _HERE.set(origin)


@contextmanager
def at_door(origin: Origin) -> Iterator[None]:
    """All that is done inside comes from there."""
    before = _HERE.set(origin)
    try:
        yield
    finally:
        _HERE.reset(before)


def here() -> Origin:
    """Where what is being done comes from; the clock, unless a door said otherwise."""
    return _HERE.get(CLOCK)


def place_of(address: str | None) -> str | None:
    """The part of the network of an address (RFC 4632, RFC 4291); None for what is no address."""
    try:
        found = _plain(address or "")
    except ValueError:
        return None
    return str(ip_network((found.packed, KEPT_BITS[found.version]), strict=False))


def household(address: str) -> str:
    """What is counted as one who asks: an address, or the 64 bits of IPv6 that one subscriber is given at least."""
    try:
        found = _plain(address)
    except ValueError:
        return address
    return str(found) if found.version == 4 else str(ip_network((found.packed, 64), strict=False))


def _plain(address: str) -> IPv4Address | IPv6Address:
    """A server that listens on both kinds writes ``::ffff:192.0.2.7`` (RFC 4291, 2.5.5.2): of these, all the world
    would be one household. Raises ``ValueError``."""
    found = ip_address(address)
    return (found.version == 6 and found.ipv4_mapped) or found
