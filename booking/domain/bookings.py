"""A booking is a job seeker's place in a session: a seat, or a place on the waitlist, until somebody cancels it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from booking.domain.attendance import Reason
from booking.domain.codes import code_of
from booking.domain.errors import BookingEnded, BookingStands, NotBooked, NotHeld
from booking.domain.identifiers import new_id

SLIP = timedelta(minutes=10)
FIRST = -1
# What is cancelled by mistake is put right while the person still sits there, or on the telephone.
UNDOABLE = timedelta(minutes=30)
# Why the clock ended a place that was never booked, or that waited in vain: nothing that a person said.
HOLD_OVER, OFFER_OVER, SESSION_BEGAN, MOVED = "hold-over", "offer-over", "session-began", "moved"
DECLINED, ABSENCES, DUPLICATE = "declined", "absences", "duplicate"
# The one meeting of who makes up for another is over, or will not be.
MADE_UP, MEETING_GONE = "made-up", "meeting-gone"
# Who had come without a booking, as was thought by mistake.
NOT_THERE = "not-there"


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

    ``priority`` comes before time on the waitlist (lower is first) and has its reason; ``waiting_since`` stays when the
    seat is given. A seat ``is_from_contingent`` when it was one of those kept for the agency. ``deadline_at`` is until
    when it is held or offered. ``answered_at`` is when the person said that he comes, ``wishes_other_at`` when he asked
    for another date. ``only_meeting_id`` is the one meeting of who makes up for a ``missed_meeting_id`` of another
    booking, ``makes_up_id``. ``link_version`` is how often the person was given a new link to his own page.
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
    cancelled_reason: Reason | None = None
    is_from_contingent: bool = False
    priority_because: str | None = None
    deadline_at: datetime | None = None
    overridden_because: str | None = None
    answered_at: datetime | None = None
    wishes_other_at: datetime | None = None
    wait_id: UUID | None = None
    only_meeting_id: UUID | None = None
    makes_up_id: UUID | None = None
    missed_meeting_id: UUID | None = None
    link_version: int = 0

    @property
    def code(self) -> str:
        """The short code on every paper about it."""
        return code_of(self.id)

    @property
    def is_active(self) -> bool:
        """Whether it still stands."""
        return self.state is not BookingState.CANCELLED

    @property
    def is_soon_undone(self) -> bool:
        """Whether it ended so soon that it may have been a slip: the person still sits there."""
        return not self.is_active and self.changed_at - self.created_at < SLIP

    def promoted(self, now: datetime, *, until: datetime | None = None) -> "Booking":
        """Given a seat from the waitlist, or offered one until a deadline."""
        state = BookingState.OFFERED if until else BookingState.BOOKED
        return replace(self, state=state, deadline_at=until, sequence=self.sequence + 1, changed_at=now)

    def confirmed(self, now: datetime) -> "Booking":
        """A seat held or offered becomes a booked one; raises :class:`BookingEnded`, :class:`NotHeld`."""
        if not self.is_active:
            raise BookingEnded(booking_id=self.id)
        if self.state not in (BookingState.HELD, BookingState.OFFERED):
            raise NotHeld(booking_id=self.id, state=self.state)
        state = BookingState.BOOKED
        return replace(self, state=state, deadline_at=None, sequence=self.sequence + 1, changed_at=now)

    def restored(self, now: datetime) -> "Booking":
        """Booked again after it was cancelled a moment ago; raises :class:`BookingStands`, :class:`BookingEnded`."""
        if self.is_active:
            raise BookingStands(booking_id=self.id)
        if not self.may_be_restored(now):
            raise BookingEnded(booking_id=self.id)
        return replace(
            self,
            state=BookingState.BOOKED,
            cancelled_by=None,
            cancelled_because="",
            cancelled_reason=None,
            sequence=self.sequence + 1,
            changed_at=now,
        )

    def may_be_restored(self, now: datetime) -> bool:
        """Whether it ended so lately, by somebody's word, that it may be taken up again if its seat is free."""
        by_itself = (HOLD_OVER, OFFER_OVER, SESSION_BEGAN, MOVED, DUPLICATE, MADE_UP, MEETING_GONE)
        is_fresh = not self.is_active and now - self.changed_at < UNDOABLE
        return is_fresh and self.cancelled_because not in by_itself

    def coming(self, now: datetime) -> "Booking":
        """The person says that he comes, and no longer wishes another date.

        Raises :class:`BookingEnded`, :class:`NotBooked` for a place that is no seat, or not yet.
        """
        if not self.is_active:
            raise BookingEnded(booking_id=self.id)
        if self.state is not BookingState.BOOKED:
            raise NotBooked(booking_id=self.id, state=self.state)
        return replace(self, answered_at=self.answered_at or now, wishes_other_at=None)

    def wishing_other(self, now: datetime) -> "Booking":
        """The person asks for another date, and keeps what he has; :class:`BookingEnded` when he has one already."""
        if self.has_successor:
            raise BookingEnded(booking_id=self.id)
        return replace(self, answered_at=None, wishes_other_at=self.wishes_other_at or now)

    @property
    def has_successor(self) -> bool:
        """Whether it ended only because another booking took its place."""
        return not self.is_active and self.cancelled_because in (MOVED, DUPLICATE)

    def cancelled(self, by: Party, because: str, now: datetime, reason: Reason | None = None) -> "Booking":
        """Cancelled by this party, with a class of reason if known; raises :class:`BookingEnded` the second time."""
        if not self.is_active:
            raise BookingEnded(booking_id=self.id)
        return replace(
            self,
            state=BookingState.CANCELLED,
            cancelled_by=by,
            cancelled_because=because,
            cancelled_reason=reason,
            deadline_at=None,
            sequence=self.sequence + 1,
            changed_at=now,
        )


def book(
    session_id: UUID, job_seeker_id: UUID, agency_id: UUID, *, by: UUID, now: datetime, because: str | None = None
) -> Booking:
    """A seat for this job seeker; whether there is one is for the session's row to say.

    ``because`` is why he has it in spite of a prerequisite.
    """
    return Booking(
        id=new_id(now),
        session_id=session_id,
        job_seeker_id=job_seeker_id,
        agency_id=agency_id,
        state=BookingState.BOOKED,
        booked_by=by,
        created_at=now,
        changed_at=now,
        overridden_because=because,
    )


def held(booking: Booking, until: datetime) -> Booking:
    """The same booking, as a seat held while one talks."""
    return replace(booking, state=BookingState.HELD, deadline_at=until)


def waiting(booking: Booking, first_because: str = "") -> Booking:
    """The same booking, as a place on the waitlist; a reason puts it before those who came earlier without one."""
    return replace(
        booking,
        state=BookingState.WAITLISTED,
        waiting_since=booking.created_at,
        priority=FIRST if first_because else 0,
        priority_because=first_because or None,
    )
