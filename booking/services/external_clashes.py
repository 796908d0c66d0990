"""Planned meetings at a time at which a calendar elsewhere says that the person, or the room, is busy."""

from datetime import datetime
from uuid import UUID

from booking.domain.staff import Right, Staff
from booking.services.decisions import where_one_plans
from booking.storage import external_clashes
from booking.storage.database import Database
from booking.storage.external_clashes import ExternalClash


async def to_decide(db: Database, *, by: Staff, now: datetime) -> list[ExternalClash]:
    """Those of the agencies where one plans that nobody has decided about, by start. Raises :class:`NotAllowed`."""
    by.must_somewhere(Right.PLAN)
    async with db.reading() as tx:
        return await external_clashes.to_decide(tx, where_one_plans(by), now)


async def of_session(db: Database, session_id: UUID, *, by: Staff, now: datetime) -> list[ExternalClash]:
    """Those of one session, for who plans there; nobody else is told who is busy when."""
    async with db.reading() as tx:
        found = await external_clashes.of_session(tx, session_id, now)
    return [one for one in found if by.may(Right.PLAN, one.agency_id)]
