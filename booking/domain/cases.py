"""A case is all that a message speaks of: who, which place in which session, where, and who answers questions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.attending import ONLY, attended
from booking.domain.bookings import Booking
from booking.domain.job_seekers import JobSeeker
from booking.domain.policies import DEFAULT, Policy
from booking.domain.sessions import Meeting, Session
from booking.domain.windows import Place
from booking.domain.workshops import Workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """``agency`` is where the session takes place, ``home`` the job seeker's own; ``rooms`` are names by id.

    ``policy`` is what that agency decided about messages of this workshop.
    """

    booking: Booking
    person: JobSeeker
    session: Session
    workshop: Workshop
    agency: Agency
    home: Agency
    rooms: Mapping[UUID, str]
    policy: Policy = DEFAULT

    @property
    def place(self) -> Place:
        """The clock and the calendar by which the session is held."""
        return Place(self.agency.time_zone, self.agency.holiday_territory, self.policy)

    def about(self, details: Mapping[str, Any] | None) -> "Case":
        """The same with the one meeting of which a message with these details speaks, if it speaks of one only."""
        only = (details or {}).get(ONLY)
        alone = tuple(m for m in self.session.meetings if str(m.id) == only)
        return replace(self, session=replace(self.session, meetings=alone)) if alone else self

    def meetings_ahead(self, now: datetime) -> tuple[Meeting, ...]:
        """The meetings that the person attends and that are not over; all of them once the last one is."""
        own = attended(self.booking, self.session) or self.session.meetings
        return tuple(m for m in own if m.ends_at > now) or own
