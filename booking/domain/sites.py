"""What an installation calls itself; calendar identifiers are made of it, so its domain never changes."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Site:
    """``url`` without a slash at the end, as people reach it; ``domain`` for identifiers (RFC 7986, 5.3).

    ``secret`` signs what nobody can guess: the same on every host, never shown.
    """

    url: str
    domain: str
    secret: bytes = field(repr=False)
