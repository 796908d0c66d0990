"""Planned meetings at a time at which a calendar elsewhere says that the person, or the room, is busy."""

from datetime import datetime
from uuid import UUID

from booking.domain.errors import SessionClosed
from booking.domain.fields import Problems
from booking.domain.staff import Right, Staff
from booking.services.decisions import where_one_plans
from booking.services.fitness import LONGEST_REASON
from booking.storage import audit, external_clashes, sessions
from booking.storage.database import Database
from booking.storage.external_clashes import ExternalClash
from booking.storage.touched import STANDING


async def to_decide(db: Database, *, by: Staff, now: datetime) -> list[ExternalClash]:
    """Those of the agencies where one plans that nobody has decided about, by start. Raises :class:`NotAllowed`."""
    by.must_somewhere(Right.PLAN)
    async with db.reading() as tx:
        return await external_clashes.to_decide(tx, where_one_plans(by), now)


async def hold_anyway(db: Database, session_id: UUID, because: str, *, by: Staff, now: datetime) -> None:
    """The session takes place all the same, for a reason.

    Raises :class:`InvalidField` without one, :class:`SessionClosed` when it is over or cancelled, :class:`NotFound`,
    :class:`NotAllowed`.
    """
    problems = Problems()
    problems.text("because", because, longest=LONGEST_REASON)
    problems.refuse()
    async with db.transaction() as tx:
        session = await sessions.lock_one(tx, session_id)
        by.must(Right.PLAN, session.agency_id)
        if session.state not in STANDING:
            raise SessionClosed(session_id=session_id, state=session.state)
        await external_clashes.hold_anyway(tx, session_id, because.strip())
        said = {"overridden_because": because.strip()}
        await audit.record(tx, by, "confirmed", "session", session_id, now, session.agency_id, **said)


async def of_session(db: Database, session_id: UUID, *, by: Staff, now: datetime) -> list[ExternalClash]:
    """Those of one session, for who plans there; nobody else is told who is busy when."""
    async with db.reading() as tx:
        found = await external_clashes.of_session(tx, session_id, now)
    return [one for one in found if by.may(Right.PLAN, one.agency_id)]
