"""A booking is a job seeker's place in a session: a seat, or a place on the waitlist, until somebody cancels it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from booking.domain.errors import BookingEnded
from booking.domain.identifiers import new_id

SLIP = timedelta(minutes=10)


class BookingState(StrEnum):
    """``held`` and ``offered`` end at a deadline; every state but ``cancelled`` is active."""

    HELD = "held"
    BOOKED = "booked"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"
    CANCELLED = "cancelled"

    @property
    def has_seat(self) -> bool:
        """Whether it counts as taken for everybody else."""
        return self in (BookingState.HELD, BookingState.BOOKED, BookingState.OFFERED)


class Party(StrEnum):
    """Who cancelled; told apart everywhere, in letters too."""

    PERSON = "person"
    ADVISER = "adviser"
    SERVICE = "service"


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """``agency_id`` is the job seeker's agency; ``sequence`` grows with every change of state.

    ``priority`` comes before time on the waitlist (lower is first); ``waiting_since`` stays when the seat is given.
    A seat ``is_from_contingent`` when it was one of those kept for the agency.
    """

    id: UUID
    session_id: UUID
    job_seeker_id: UUID
    agency_id: UUID
    state: BookingState
    sequence: int = 0
    priority: int = 0
    booked_by: UUID
    waiting_since: datetime | None = None
    created_at: datetime
    changed_at: datetime
    cancelled_by: Party | None = None
    cancelled_because: str = ""
    is_from_contingent: bool = False

    @property
    def is_active(self) -> bool:
        """Whether it still stands."""
        return self.state is not BookingState.CANCELLED

    @property
    def is_soon_undone(self) -> bool:
        """Whether it ended so soon that it may have been a slip: the person still sits there."""
        return not self.is_active and self.changed_at - self.created_at < SLIP

    def promoted(self, now: datetime) -> "Booking":
        """Given a seat from the waitlist."""
        return replace(self, state=BookingState.BOOKED, sequence=self.sequence + 1, changed_at=now)

    def cancelled(self, by: Party, because: str, now: datetime) -> "Booking":
        """Cancelled by this party; raises :class:`BookingEnded` the second time."""
        if not self.is_active:
            raise BookingEnded(booking_id=self.id)
        return replace(
            self,
            state=BookingState.CANCELLED,
            cancelled_by=by,
            cancelled_because=because,
            sequence=self.sequence + 1,
            changed_at=now,
        )


def book(session_id: UUID, job_seeker_id: UUID, agency_id: UUID, *, by: UUID, now: datetime) -> Booking:
    """A seat for this job seeker; whether there is one is for the session's row to say."""
    return Booking(
        id=new_id(now),
        session_id=session_id,
        job_seeker_id=job_seeker_id,
        agency_id=agency_id,
        state=BookingState.BOOKED,
        booked_by=by,
        created_at=now,
        changed_at=now,
    )


def waiting(booking: Booking) -> Booking:
    """The same booking, as a place on the waitlist."""
    return replace(booking, state=BookingState.WAITLISTED, waiting_since=booking.created_at)
