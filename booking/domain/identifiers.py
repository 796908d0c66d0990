"""Where identifiers come from: time-ordered UUIDs, so that new rows stand together on disk."""

from datetime import datetime
from random import Random, SystemRandom
from uuid import UUID

_true_chance = SystemRandom()
_source: Random = _true_chance


def new_id(now: datetime) -> UUID:
    """A new UUID of version 7 (RFC 9562, 5.7): milliseconds since 1970, then 74 random bits."""
    milliseconds = int(now.timestamp() * 1000)
    bits = _source.getrandbits(74)
    version_and_variant = 0x7 << 76 | 0b10 << 62
    return UUID(int=milliseconds << 80 | (bits >> 62) << 64 | bits & (1 << 62) - 1 | version_and_variant)


def draw_from(source: Random) -> None:
    """Draw from this source from now on: the demo draws from a seeded one, so that the same seed gives the same."""
    global _source  # noqa: PLW0603 - one process has one source
    _source = source


def draw_at_random() -> None:
    """Draw from true chance again."""
    draw_from(_true_chance)
