"""What an agency needs before people are sent to it: each point is found in the data, or is not needed, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.fields import Problems

LONGEST_REASON = 200


class Item(StrEnum):
    """One point of the list, in the order in which an agency comes to it."""

    ROOMS = "rooms"
    HOURS = "hours"
    DIRECTIONS = "directions"
    MANAGERS = "managers"
    ADVISERS = "advisers"
    FACILITATORS = "facilitators"
    TRAINED = "trained"
    TEXTS = "texts"
    POLICY = "policy"
    PARTNERS = "partners"
    SESSIONS = "sessions"
    CALENDAR = "calendar"
    LETTER = "letter"


# Who hosts no workshop needs none of these.
OF_HOSTS = frozenset({Item.ROOMS, Item.HOURS, Item.FACILITATORS, Item.SESSIONS, Item.CALENDAR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Somebody says that a point is not needed there, and why."""

    agency_id: UUID
    item: Item
    because: str
    noted_by: UUID
    noted_at: datetime

    def checked(self) -> "Note":
        """This note, if it says why; otherwise :class:`InvalidField`."""
        problems = Problems()
        problems.text("because", self.because, longest=LONGEST_REASON)
        problems.refuse()
        return self


@dataclass(frozen=True, slots=True)
class Point:
    """One point: how much of it there is, and what was said about it."""

    item: Item
    count: int
    note: Note | None = None

    @property
    def is_done(self) -> bool:
        """Whether it is there, or is not needed."""
        return self.count > 0 or self.note is not None


@dataclass(frozen=True, slots=True)
class Checklist:
    """All the points of an agency."""

    points: Sequence[Point]

    @property
    def done(self) -> int:
        """How many points are done."""
        return sum(point.is_done for point in self.points)

    @property
    def percent(self) -> int:
        """The share of these, rounded down: a hundred is all."""
        return 100 * self.done // len(self.points)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return self.done == len(self.points)

    @property
    def missing(self) -> Sequence[Item]:
        """What is still to be done."""
        return [point.item for point in self.points if not point.is_done]


def checklist(agency: Agency, counts: Mapping[Item, int], notes: Mapping[Item, Note]) -> Checklist:
    """The list of this agency; who hosts nothing is not asked for rooms."""
    asked = [item for item in Item if agency.hosts or item not in OF_HOSTS]
    return Checklist([Point(item, counts.get(item, 0), notes.get(item)) for item in asked])
