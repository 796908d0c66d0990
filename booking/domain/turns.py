"""Fair between agencies: whoever has said much lets the others speak, however long its own queue."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from booking.domain.messages import Message

SHARE = 200
# What is more urgent than a reminder waits for nobody's turn.
ORDINARY = 5


class Turns:
    """What one worker took of each agency since all had their turn."""

    def __init__(self, share: int = SHARE) -> None:
        self._share = share
        self._taken: Counter[UUID] = Counter()

    @property
    def over(self) -> frozenset[UUID]:
        """The agencies that had their share."""
        return frozenset(agency_id for agency_id, taken in self._taken.items() if taken >= self._share)

    def count(self, taken: Iterable[Message]) -> None:
        """So many more."""
        self._taken.update(message.agency_id for message in taken if message.priority >= ORDINARY)

    def begin_again(self) -> None:
        """Nobody else waits."""
        self._taken.clear()
