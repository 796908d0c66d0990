"""How a session ends before its time, and what is to become of its people."""

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from booking.domain.fields import Problems


class Then(StrEnum):
    """What becomes of the people: only told, told with other dates, or moved as far as they can be."""

    TELL = "tell"
    OFFER = "offer"
    MOVE = "move"


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """Why a session ends, and what becomes of its people; ``into`` is where they are moved.

    With ``must_fit`` it does not end at all when somebody seated would find no seat there.
    """

    because: str
    then: Then = Then.TELL
    into: UUID | None = None
    must_fit: bool = False

    def checked(self) -> "End":
        """This end with its reason; raises :class:`InvalidField`."""
        problems = Problems()
        problems.text("because", self.because, longest=200)
        if (self.then is Then.MOVE) != (self.into is not None):
            problems.add("into", "required" if self.into is None else "unknown-choice")
        problems.refuse()
        return replace(self, because=self.because.strip())
