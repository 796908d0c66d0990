"""What a person has already been to."""

from uuid import UUID

from sqlalchemy import and_, or_, select

from booking.domain.attendance import Mark
from booking.domain.bookings import BookingState
from booking.domain.sessions import SessionState
from booking.storage.database import Tx
from booking.storage.tables import attendance, bookings, sessions

CAME = (Mark.ATTENDED, Mark.LATE, Mark.LEFT_EARLY)
STAYED_AWAY = (Mark.EXCUSED, Mark.ABSENT)


async def workshops_done(tx: Tx, job_seeker_id: UUID) -> set[UUID]:
    """The workshops where this person was seen; a seat in a session that was held counts where nobody says absent."""
    came, away = (select(attendance.c.booking_id).where(attendance.c.mark.in_(marks)) for marks in (CAME, STAYED_AWAY))
    held = and_(
        bookings.c.state == BookingState.BOOKED, sessions.c.state == SessionState.HELD, bookings.c.id.not_in(away)
    )
    found = (
        select(sessions.c.workshop_id)
        .distinct()
        .join_from(bookings, sessions, sessions.c.id == bookings.c.session_id)
        .where(bookings.c.job_seeker_id == job_seeker_id, or_(bookings.c.id.in_(came), held))
    )
    return {row.workshop_id for row in await tx.rows(found)}
