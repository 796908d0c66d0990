"""Where identifiers come from: time-ordered UUIDs, so that new rows stand together on disk."""

from datetime import datetime
from random import Random, SystemRandom
from uuid import UUID

_source: Random = SystemRandom()


def new_id(now: datetime) -> UUID:
    """A new UUID of version 7 (RFC 9562, 5.7): milliseconds since 1970, then 74 random bits."""
    milliseconds = int(now.timestamp() * 1000)
    bits = _source.getrandbits(74)
    version_and_variant = 0x7 << 76 | 0b10 << 62
    return UUID(int=milliseconds << 80 | (bits >> 62) << 64 | bits & (1 << 62) - 1 | version_and_variant)


def draw_from(source: Random) -> None:
    """Draw from this source from now on; the demo draws from a seeded one, so that the same seed gives the same data."""
    global _source  # noqa: PLW0603 - one process has one source
    _source = source
