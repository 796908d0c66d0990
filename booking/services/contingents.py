"""Seats of a session kept for the people of one agency until a moment: given, changed, taken back, shown."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.contingents import Contingent, checked
from booking.domain.errors import SessionClosed
from booking.domain.sessions import Session, SessionState
from booking.domain.staff import Right, Staff
from booking.services import releasing, seats, sessions, waitlist
from booking.storage import agencies, audit, contingents
from booking.storage import sessions as stored
from booking.storage.database import Database, Tx, again_when_contended


@dataclass(frozen=True, slots=True)
class Kept:
    """A contingent and the name of the agency it is for."""

    contingent: Contingent
    agency: str


async def of_session(db: Database, session_id: UUID, *, by: Staff) -> list[Kept]:
    """What is kept in a session, by agency. Raises :class:`NotFound` for a draft where one may not plan."""
    async with db.reading() as tx:
        await sessions.visible(tx, session_id, by)
        running = await contingents.running(tx, session_id)
        names = {agency.id: agency.name for agency in await agencies.some(tx, {one.agency_id for one in running})}
    return sorted((Kept(one, names[one.agency_id]) for one in running), key=lambda kept: kept.agency)


async def of_sessions(db: Database, session_ids: Collection[UUID]) -> dict[UUID, list[Kept]]:
    """What is still kept in each of these sessions, by agency."""
    async with db.reading() as tx:
        found = await contingents.running_of(tx, session_ids)
    return {session_id: [Kept(*one) for one in kept] for session_id, kept in found.items()}


@again_when_contended
async def keep(
    db: Database, session_id: UUID, agency_id: UUID, *, places: int, until_at: datetime, by: Staff, now: datetime
) -> Contingent:
    """Keep so many seats for the people of this agency; those that they have of it already count among them.

    Raises :class:`InvalidField` for more than there are free or fewer than are used, :class:`SessionClosed`,
    :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.transaction() as tx:
        session = await releasing.as_now(tx, await _own(tx, session_id, by, now), now)
        await agencies.load(tx, agency_id)
        before = await _unused(tx, session_id, agency_id)
        used = await contingents.used(tx, session_id, agency_id)
        wished = Contingent(
            session_id=session_id, agency_id=agency_id, seats=places, unused=places - used, until_at=until_at
        )
        kept = checked(wished, before, session, now)
        await contingents.put(tx, kept)
        await stored.count(tx, session_id, kept=kept.unused - before)
        facts = {"agency": str(agency_id), "places": places, "until": until_at.isoformat()}
        await audit.record(tx, by, "kept", "session", session_id, now, session.agency_id, **facts)
        await waitlist.give_seats(tx, [session_id], by=by, now=now)
    return kept


@again_when_contended
async def let_go(db: Database, session_id: UUID, agency_id: UUID, *, by: Staff, now: datetime) -> None:
    """Keep nothing more for this agency: who sits stays, what is free is for all and for who waits.

    Nothing happens when nothing is kept. Raises :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.transaction() as tx:
        session = await stored.lock_one(tx, session_id)
        by.must(Right.PLAN, session.agency_id)
        if agency_id not in {one.agency_id for one in await contingents.running(tx, session_id)}:
            return
        await seats.release(tx, session_id, await contingents.release(tx, session_id, now, agency_id=agency_id))
        facts = {"agency": str(agency_id)}
        await audit.record(tx, by, "released", "session", session_id, now, session.agency_id, **facts)
        await waitlist.give_seats(tx, [session_id], by=by, now=now)


async def _own(tx: Tx, session_id: UUID, by: Staff, now: datetime) -> Session:
    session = await stored.lock_one(tx, session_id)
    by.must(Right.PLAN, session.agency_id)
    if session.state not in (SessionState.DRAFT, SessionState.OPEN) or session.starts_at <= now:
        raise SessionClosed(session_id=session_id, state=session.state)
    return session


async def _unused(tx: Tx, session_id: UUID, agency_id: UUID) -> int:
    return sum(one.unused for one in await contingents.running(tx, session_id) if one.agency_id == agency_id)
