"""Which meetings of a session somebody attends: those to come when he was given his seat, or a single one."""

from datetime import datetime

from booking.domain.bookings import Booking
from booking.domain.sessions import Meeting, Session

# Under this name a message remembers the one meeting of which it speaks.
ONLY = "only_meeting"


def attended(booking: Booking, session: Session) -> tuple[Meeting, ...]:
    """The meetings that a place is for. Who joins a cycle on its way comes from the next meeting on; who makes up for
    a meeting comes to that one only."""
    if booking.only_meeting_id:
        return tuple(m for m in session.meetings if m.id == booking.only_meeting_id)
    if not booking.state.has_seat:
        return session.meetings
    return tuple(m for m in session.meetings if m.starts_at > booking.changed_at)


def first_of(booking: Booking, session: Session) -> Meeting | None:
    """The meeting with which somebody begins."""
    return next(iter(attended(booking, session)), None)


def next_at(booking: Booking, session: Session, now: datetime) -> datetime:
    """When somebody is expected next: at his own next meeting, else at any other, else never but at the end."""
    ahead = (*attended(booking, session), *session.meetings)
    return next((m.starts_at for m in ahead if m.starts_at > now), session.ends_at)
