"""What somebody waits for: how long yet, and whether it may be begun again when its database goes away.

Whoever answers a request opens an errand; the storage notes in it what it did. Jobs have none: the next tick is theirs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from time import monotonic

# Seconds that somebody waits for a database.
PATIENCE = 8.0
# An answer that took longer is a sign of trouble.
SLOW = 1.0


@dataclass(slots=True)
class Errand:
    """``has_written``: something without a key may be in the database; ``has_key``: the deed knows its repeat."""

    ends_at: float = field(default_factory=lambda: monotonic() + PATIENCE)
    has_written: bool = False
    has_key: bool = False
    is_lost: bool = False
    is_slow: bool = False

    @property
    def left(self) -> float:
        """Seconds; what is answered quickly renews them, until the first trouble."""
        return self.ends_at - monotonic()

    @property
    def patience(self) -> float:
        """Seconds for the next that is asked."""
        return max(self.left, 0) if self.is_lost else PATIENCE

    def hear(self, took: float = 0) -> None:
        """The database has answered, after so many seconds."""
        self.is_slow = self.is_slow or took > SLOW
        if not (self.is_lost or self.is_slow):
            self.ends_at = monotonic() + PATIENCE

    def may_repeat(self) -> bool:
        """Whether to do it all again can do nothing twice."""
        return self.is_lost and (self.has_key or not self.has_written)


_CURRENT: ContextVar[Errand | None] = ContextVar("what somebody waits for", default=None)


def current() -> Errand | None:
    """What is being waited for here; None in a job."""
    return _CURRENT.get()


@contextmanager
def errand() -> Iterator[Errand]:
    """Open an errand for the length of the block."""
    opened = Errand()
    before = _CURRENT.set(opened)
    try:
        yield opened
    finally:
        _CURRENT.reset(before)


def know_repeat() -> None:
    """Note that the transaction under way has taken its key: it will know whether it was done already."""
    opened = current()
    if opened is not None:
        opened.has_key = True
