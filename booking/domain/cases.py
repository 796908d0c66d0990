"""A case is all that a message speaks of: who, which place in which session, where, and who answers questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.attending import attended
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

    def meetings_ahead(self, now: datetime) -> tuple[Meeting, ...]:
        """The meetings that the person attends and that are not over; all of them once the last one is."""
        own = attended(self.booking, self.session) or self.session.meetings
        return tuple(m for m in own if m.ends_at > now) or own
