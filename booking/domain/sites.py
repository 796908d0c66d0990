"""What an installation calls itself; calendar identifiers are made of it, so its domain never changes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Site:
    """``url`` without a slash at the end, as people reach it; ``domain`` for identifiers (RFC 7986, 5.3)."""

    url: str
    domain: str
