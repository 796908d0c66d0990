"""What a person has already been to."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from booking.domain.attendance import Mark
from booking.domain.bookings import BookingState
from booking.domain.sessions import SessionState
from booking.storage.database import Tx
from booking.storage.tables import attendance, bookings, sessions

CAME = (Mark.ATTENDED, Mark.LATE, Mark.LEFT_EARLY)
STAYED_AWAY = (Mark.EXCUSED, Mark.ABSENT)


async def workshops_done(tx: Tx, job_seeker_id: UUID) -> set[UUID]:
    """The workshops where this person was seen; a seat in a session that was held counts where nobody says absent."""
    held = and_(bookings.c.state == BookingState.BOOKED, sessions.c.state == SessionState.HELD, ~_has(STAYED_AWAY))
    found = (
        select(sessions.c.workshop_id)
        .distinct()
        .join_from(bookings, sessions, sessions.c.id == bookings.c.session_id)
        .where(bookings.c.job_seeker_id == job_seeker_id, or_(_has(CAME), held))
    )
    return {row.workshop_id for row in await tx.rows(found)}


def _has(marks: tuple[Mark, ...]) -> ColumnElement[bool]:
    """Whether the booking has one of these marks; asked of each booking, of which one person has few."""
    own = select(1).where(attendance.c.booking_id == bookings.c.id, attendance.c.mark.in_(marks))
    return own.correlate(bookings).exists()
