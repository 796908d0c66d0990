"""What lies ahead in every agency of the network, in one question."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import case, func, select

from booking.domain.sessions import SessionState
from booking.storage.database import Tx
from booking.storage.tables import sessions
from booking.storage.touched import STANDING


@dataclass(frozen=True, slots=True)
class Seats:
    """Sessions that are not over, seats free in the open ones, people seated in all of them, and people in line."""

    sessions: int = 0
    free: int = 0
    taken: int = 0
    waiting: int = 0


async def seats(tx: Tx, now: datetime) -> dict[UUID, Seats]:
    """By agency; one that has nothing ahead is not among them."""
    c = sessions.c
    free = case((c.state == SessionState.OPEN, c.capacity + c.allowance - c.taken - c.kept), else_=0)
    sums = (func.count(), func.sum(free), func.sum(c.taken), func.sum(c.waiting))
    found = select(c.agency_id, *sums).where(c.state.in_(STANDING), c.ends_at > now).group_by(c.agency_id)
    return {row[0]: Seats(*map(int, row[1:])) for row in await tx.rows(found)}
