"""Presences as a list tells them: each meeting, who was expected there, and what became of each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.attendance import PARTNER_STATUS, Mark, Reason
from booking.domain.bookings import ABSENCES, MADE_UP, MOVED, BookingState

# What the employment service's partner interface calls a place without any mark.
TAKEN, MOVED_ON, CANCELLED = "PRIS", "MODIFIE", "ANNULE"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingSaid:
    """A meeting with all that a list says of it."""

    id: UUID
    session_id: UUID
    starts_at: datetime
    ends_at: datetime
    position: int
    meetings: int
    is_cancelled: bool
    changed_at: datetime
    agency_id: UUID
    agency_code: str
    agency_name: str
    zone: str
    workshop: str
    room: str
    facilitator_id: UUID | None
    assistant_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """One person and one meeting."""

    meeting_id: UUID
    begins: datetime
    search: str
    first_name: str
    last_name: str
    identifier: str | None
    booking_id: UUID
    code: str
    state: BookingState
    ended_at: datetime
    cancelled_because: str
    cancelled_reason: Reason | None
    mark: Mark | None
    reason: Reason | None
    marked_by: UUID | None
    marked_at: datetime | None
    booked_by: UUID

    @property
    def is_expected(self) -> bool:
        """Whether the person was to come: he has his seat, was marked, or lost it only by what happened on the way."""
        on_the_way = self.cancelled_because in (ABSENCES, MADE_UP) and self.begins <= self.ended_at
        return self.state is BookingState.BOOKED or self.mark is not None or on_the_way

    @property
    def partner_status(self) -> str:
        """One status of the partner interface for each."""
        if self.mark is not None:
            return PARTNER_STATUS[self.mark]
        if self.is_expected:
            return TAKEN
        return MOVED_ON if self.cancelled_because == MOVED else CANCELLED


@dataclass(frozen=True, slots=True)
class MeetingRoll:
    """A meeting and everybody who has or had a seat in it, by name; ``names`` are those of the staff."""

    meeting: MeetingSaid
    people: Sequence[Presence]
    names: dict[UUID, str]

    def named(self, ids: Collection[UUID | None]) -> str:
        """The names of these."""
        return ", ".join(self.names.get(id, "") for id in ids if id)

    @property
    def expected(self) -> list[Presence]:
        """Without those who had cancelled before."""
        return [person for person in self.people if person.is_expected]

    def count(self, *marks: Mark | None) -> int:
        """How many of those expected have one of these marks; None is not filled in."""
        return sum(person.mark in marks for person in self.expected)
