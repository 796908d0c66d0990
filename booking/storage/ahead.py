"""What an agency has before it: the sessions that are to come, whom they concern, and who waits for one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select, text

from booking.domain.waits import WaitState
from booking.storage.database import Tx
from booking.storage.tables import bookings, sessions, wait_agencies, waits
from booking.storage.touched import STANDING

# Said exactly as the index of places says it.
_STANDS = text("bookings.state <> 'cancelled'")


async def people(tx: Tx, agency_id: UUID, now: datetime) -> int:
    """How many people have a place, or wait for one, in sessions of this agency that are not over."""
    ahead = (sessions.c.agency_id == agency_id, sessions.c.state.in_(STANDING), sessions.c.ends_at > now)
    found = select(func.count(bookings.c.job_seeker_id.distinct())).join(
        sessions, sessions.c.id == bookings.c.session_id
    )
    return int((await tx.rows(found.where(*ahead, _STANDS)))[0][0])


async def waiting(tx: Tx, agency_id: UUID) -> int:
    """How many wait for any session of a workshop there, or are of this agency and wait anywhere."""
    there = select(wait_agencies.c.wait_id).where(wait_agencies.c.agency_id == agency_id)
    mine = or_(waits.c.agency_id == agency_id, waits.c.id.in_(there))
    return int((await tx.rows(select(func.count()).where(waits.c.state == WaitState.WAITING, mine)))[0][0])
