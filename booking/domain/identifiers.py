"""Where identifiers come from: time-ordered UUIDs, so that new rows stand together on disk."""

from datetime import datetime
from random import Random, SystemRandom
from uuid import UUID

_true_chance = SystemRandom()
_source: Random = _true_chance
# The millisecond of the last one drawn, and its random bits.
_last = (0, 0)


def new_id(now: datetime) -> UUID:
    """A new UUID of version 7 (RFC 9562, 5.7): milliseconds since 1970, then 74 random bits.

    Those of one process and one millisecond come in the order in which they are made (RFC 9562, 6.2, method 2), so that
    who came first stays first.
    """
    global _last  # noqa: PLW0603 - one process draws from one source
    milliseconds = int(now.timestamp() * 1000)
    before, drawn = _last
    bits = (drawn + 1 + _source.getrandbits(32)) % (1 << 74) if milliseconds == before else _source.getrandbits(74)
    _last = (milliseconds, bits)
    version_and_variant = 0x7 << 76 | 0b10 << 62
    return UUID(int=milliseconds << 80 | (bits >> 62) << 64 | bits & (1 << 62) - 1 | version_and_variant)


def draw_from(source: Random) -> None:
    """Draw from this source from now on: the demo draws from a seeded one, so that the same seed gives the same."""
    global _source, _last
    _source, _last = source, (0, 0)


def draw_at_random() -> None:
    """Draw from true chance again."""
    draw_from(_true_chance)
