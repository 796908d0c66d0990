"""Making up for a missed meeting in a sister session: the same meeting of the same workshop, on another day."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.domain import bookings as rules
from booking.domain.attendance import Mark
from booking.domain.bookings import Booking, BookingState
from booking.domain.errors import BookingEnded, InvalidField, NotBooked, SessionClosed
from booking.domain.sessions import Meeting, Session, SessionState


def may_be_made_up(booking: Booking, meeting: Meeting, marks: Mapping[UUID, Mark | None], now: datetime) -> bool:
    """Whether a meeting was missed, or is still to come and will be."""
    mark = marks.get(meeting.id)
    return meeting.starts_at > now if mark is None else not mark.is_present


def must_hold_a_seat(booking: Booking) -> None:
    """Only who has a seat in a cycle makes up for a meeting of it; :class:`BookingEnded`, :class:`NotBooked`."""
    if not booking.is_active:
        raise BookingEnded(booking_id=booking.id)
    if booking.state is not BookingState.BOOKED or booking.only_meeting_id:
        raise NotBooked(booking_id=booking.id, state=booking.state)


def sister_of(missed: Meeting, sister: Session, now: datetime) -> Meeting | None:
    """The same meeting of a sister session, if it is still to come."""
    same = (m for m in sister.meetings if m.position == missed.position and m.starts_at > now)
    return next(same, None) if sister.state is SessionState.OPEN and sister.id != missed.session_id else None


def made_up(
    booking: Booking, missed: Meeting, sister: Session, meeting_id: UUID, *, by: UUID, now: datetime
) -> Booking:
    """The seat that is wished in the sister session, for one meeting.

    Raises :class:`InvalidField` for another meeting, :class:`SessionClosed` for one that is over or will not be.
    """
    if meeting_id not in {m.id for m in sister.meetings if m.position == missed.position}:
        raise InvalidField(fields={"meeting_id": "not-the-same-meeting"})
    if sister_of(missed, sister, now) is None:
        raise SessionClosed(session_id=sister.id, state=sister.state)
    wished = rules.book(sister.id, booking.job_seeker_id, booking.agency_id, by=by, now=now)
    excused = booking.overridden_because
    return replace(
        wished,
        only_meeting_id=meeting_id,
        makes_up_id=booking.id,
        missed_meeting_id=missed.id,
        overridden_because=excused,
    )
