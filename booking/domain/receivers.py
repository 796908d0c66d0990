"""Where another program may be called: on the public Internet, by https, and nowhere else."""

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from booking.domain.networks import is_public

VISIBLE = re.compile(r"[!-~]+")


def is_callable(url: str, *, may_be_local: bool = False) -> bool:
    """Whether a program may be called there: https on its usual port, at a public place, without a password.

    Who tries out may call this machine as well, by http and on any port.
    """
    try:
        parts = urlsplit(url) if VISIBLE.fullmatch(url) else None
        port = parts.port if parts else None
    except ValueError:
        return False
    if parts is None or not parts.hostname or "@" in parts.netloc or "#" in url or "\\" in url:
        return False
    if may_be_local:
        return parts.scheme in ("http", "https")
    return parts.scheme == "https" and port in (None, 443) and _may_be_public(parts.hostname)


def _may_be_public(host: str) -> bool:
    """A name may be until it is resolved; an address says it itself."""
    try:
        return is_public(ip_address(host))
    except ValueError:
        return "." in host.rstrip(".")
