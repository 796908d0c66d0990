"""Seats beyond the capacity of a session: given deliberately, with a reason, by somebody whose name stays."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.errors import StaleEdit
from booking.domain.fields import Problems
from booking.domain.sessions import Session
from booking.domain.staff import Right, Staff
from booking.services import waitlist
from booking.storage import audit, sessions, staff
from booking.storage.database import Database, Tx, again_when_contended

MOST_EXTRA = 20


@dataclass(frozen=True, slots=True)
class Allowed:
    """Who allowed the extra seats of a session, when and why."""

    name: str
    at: datetime
    because: str


@again_when_contended
async def allow(
    db: Database, session_id: UUID, extra: int, because: str, *, version: int | None = None, by: Staff, now: datetime
) -> Session:
    """Let so many people more than the capacity into a session, none with 0; new seats go to who waits.

    Raises :class:`InvalidField`, :class:`CapacityBelowTaken` when people already sit on them, :class:`SessionEnded`,
    :class:`StaleEdit` when ``version`` is not the current one, :class:`NotFound`, :class:`NotAllowed`.
    """
    problems = Problems()
    problems.between("extra", extra, 0, MOST_EXTRA)
    problems.text("because", because, longest=200)
    problems.refuse()
    async with db.transaction() as tx:
        before = await sessions.lock_one(tx, session_id)
        by.must(Right.PLAN, before.agency_id)
        if version not in (None, before.version):
            raise StaleEdit(session_id=session_id, version=before.version)
        after = before.allowing(extra, now)
        await sessions.change(tx, before, after)
        facts = {"extra": extra, "because": because.strip()}
        await audit.record(tx, by, "allowed", "session", session_id, now, after.agency_id, **facts)
        await waitlist.give_seats(tx, [session_id], by=by, now=now)
        return await sessions.load(tx, session_id)


async def who_allowed(tx: Tx, session: Session) -> Allowed | None:
    """Who allowed the extra seats that a session has; None when it has none."""
    line = await audit.latest(tx, "allowed", session.id) if session.allowance else None
    if line is None:
        return None
    names = await staff.named(tx, {line.staff_id})
    return Allowed(names.get(line.staff_id, ""), line.at, line.details.get("because", ""))


async def of_session(db: Database, session: Session) -> Allowed | None:
    """The same, for a page."""
    async with db.reading() as tx:
        return await who_allowed(tx, session)
