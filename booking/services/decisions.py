"""Three days before, too few people: hold the session all the same, merge it with another, or cancel it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from booking.domain.errors import SessionClosed
from booking.domain.staff import ROLES_WITH, Right, Staff
from booking.storage import audit, decisions, listings, sessions
from booking.storage.database import Database
from booking.storage.listings import Listed

NOTICE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Decision:
    """A session to decide about, and how many people it needs at least."""

    listed: Listed
    minimum: int


async def to_decide(db: Database, *, by: Staff, now: datetime) -> list[Decision]:
    """The sessions of the agencies where one plans that begin within three days with too few people, by start.

    Raises :class:`NotAllowed`.
    """
    by.must_somewhere(Right.PLAN)
    async with db.reading() as tx:
        needed = await decisions.too_few(tx, where_one_plans(by), now, now + NOTICE)
        found = await listings.some(tx, needed)
    by_start = sorted(found.values(), key=lambda x: (x.session.starts_at, x.session.id))
    return [Decision(listed, needed[listed.session.id]) for listed in by_start]


def where_one_plans(by: Staff) -> frozenset[UUID] | None:
    """The agencies where this person plans; None is everywhere."""
    if any(agency is None and role in ROLES_WITH[Right.PLAN] for agency, role in by.roles):
        return None
    return frozenset(agency for agency in by.agency_ids if by.may(Right.PLAN, agency))


async def hold_anyway(db: Database, session_id: UUID, *, by: Staff, now: datetime) -> None:
    """Few people are enough: the session is held, and nobody is asked again.

    Raises :class:`SessionClosed` when it is not open or has begun, :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.transaction() as tx:
        session = await sessions.lock_one(tx, session_id)
        by.must(Right.PLAN, session.agency_id)
        if session.has_begun(now):
            raise SessionClosed(session_id=session_id, state=session.state)
        await decisions.confirm(tx, session_id, now)
        await audit.record(tx, by, "confirmed", "session", session_id, now, session.agency_id, taken=session.taken)
