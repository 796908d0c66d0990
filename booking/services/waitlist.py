"""A freed seat goes to the first who can take it, in the transaction that frees it: newcomers never see it."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.bookings import Booking
from booking.domain.sessions import Session
from booking.domain.staff import Staff
from booking.domain.waits import Skip
from booking.services import fitness, offering
from booking.storage import agencies, bookings, contingents, holds, lines, sessions, waits
from booking.storage.constraints import Contended
from booking.storage.database import Tx
from booking.storage.lines import Waiter


async def lock(
    tx: Tx, session_ids: Sequence[UUID], people: Callable[[], Awaitable[Sequence[UUID]]], now: datetime
) -> dict[UUID, Session]:
    """These sessions, locked with every other one where these people wait, for which a seat given up sets them free.

    Nobody else places these people meanwhile. Raises :class:`Contended` when one of them joins a waitlist just now.
    """
    locked = await sessions.lock(tx, *session_ids, *await _awaited(tx, await people(), now))
    held = await people()
    await holds.hold(tx, *held)
    if not await _awaited(tx, held, now) <= locked.keys():
        raise Contended
    return locked


async def _awaited(tx: Tx, people: Sequence[UUID], now: datetime) -> set[UUID]:
    return await bookings.waits_in(tx, *people) | await waits.could_be_served(tx, people, now)


async def give_seats(
    tx: Tx, locked: Mapping[UUID, Session] | Iterable[UUID], *, by: Staff | None, now: datetime
) -> list[Booking]:
    """Give every free seat of these locked sessions to who waits there, in turn; returns who got one or was asked."""
    given = []
    for session_id in list(locked):
        session = await sessions.load(tx, session_id)
        if session.free + session.kept and session.takes_bookings(now) and await _is_awaited(tx, session):
            given += await _give_seats_of(tx, session, by, now)
    return given


async def serve_opened(tx: Tx, opened: Sequence[Session], *, by: Staff, now: datetime) -> list[Booking]:
    """Give the seats of sessions that open in this transaction; who joins the line of their workshop at this moment
    comes before or after it, never between."""
    await holds.hold(tx, *{session.workshop_id for session in opened})
    return await give_seats(tx, [session.id for session in opened], by=by, now=now)


async def _is_awaited(tx: Tx, session: Session) -> bool:
    return bool(session.waiting) or await waits.waits_at(tx, session.workshop_id, session.agency_id)


async def _give_seats_of(tx: Tx, session: Session, by: Staff | None, now: datetime) -> list[Booking]:
    agency = await agency_of(tx, session)
    # Seats kept for an agency first: its people then leave those for all to the others.
    kept = [(one.agency_id, one.unused) for one in await contingents.running(tx, session.id)] if session.kept else []
    given = []
    for agency_id, free in (*kept, (None, session.free)):
        for _ in range(free):
            waiter = await _next(tx, session, agency_id, now)
            if waiter is None:
                break
            is_kept = agency_id is not None
            given.append(await offering.give(tx, waiter, session, agency, is_kept=is_kept, by=by, now=now))
    return given


async def _next(tx: Tx, session: Session, agency_id: UUID | None, now: datetime) -> Waiter | None:
    """The first in line, of this agency or of any, who can come; why the others cannot is written down."""
    passed: list[tuple[Waiter, Skip]] = []
    found = None
    for waiter in await lines.of_session(tx, session, now):
        if agency_id not in (None, waiter.agency_id):
            continue
        why = await why_not(tx, session, waiter)
        if why is None:
            found = waiter
            break
        passed.append((waiter, why))
    await lines.note(tx, session.id, passed, now)
    return found


async def why_not(tx: Tx, session: Session, waiter: Waiter) -> Skip | None:
    """Why this one cannot have a seat now; None when he can."""
    if waiter.skip:
        return waiter.skip
    lacks = not waiter.is_excused and await fitness.lacking(tx, session.workshop_id, waiter.job_seeker_id)
    return Skip.PREREQUISITE if lacks else None


async def agency_of(tx: Tx, session: Session) -> Agency:
    """Where the session takes place."""
    return await agencies.load(tx, session.agency_id)
