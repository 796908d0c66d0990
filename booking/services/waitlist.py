"""A freed seat goes to the first who can take it, in the transaction that frees it: newcomers never see it."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.bookings import Booking
from booking.domain.errors import JobSeekerElsewhere
from booking.domain.messages import MessageKind, MessageState, on_change
from booking.domain.sessions import Session
from booking.domain.staff import Staff
from booking.domain.windows import Place
from booking.services import seats
from booking.storage import agencies, audit, bookings, contingents, holds, outbox, sessions
from booking.storage.constraints import Contended
from booking.storage.database import Tx


async def lock(
    tx: Tx, session_ids: Sequence[UUID], people: Callable[[], Awaitable[Sequence[UUID]]]
) -> dict[UUID, Session]:
    """These sessions, locked with every other one where these people wait, for which a seat given up sets them free.

    Nobody else places these people meanwhile. Raises :class:`Contended` when one of them joins a waitlist just now.
    """
    locked = await sessions.lock(tx, *session_ids, *await bookings.waits_in(tx, *await people()))
    held = await people()
    await holds.hold(tx, *held)
    if not await bookings.waits_in(tx, *held) <= locked.keys():
        raise Contended
    return locked


async def give_seats(
    tx: Tx, locked: Mapping[UUID, Session] | Iterable[UUID], *, by: Staff | None, now: datetime
) -> list[Booking]:
    """Give every free seat of these locked sessions to who waits there, in turn; returns who was promoted."""
    promoted = []
    for session_id in list(locked):
        session = await sessions.load(tx, session_id)
        if session.waiting and session.free + session.kept and session.takes_bookings(now):
            promoted += await _give_seats_of(tx, session, by, now)
    return promoted


async def _give_seats_of(tx: Tx, session: Session, by: Staff | None, now: datetime) -> list[Booking]:
    agency = await agency_of(tx, session)
    place = Place(agency.time_zone, agency.holiday_territory)
    # Seats kept for an agency first: its people then leave those for all to the others.
    kept = [(one.agency_id, one.unused) for one in await contingents.running(tx, session.id)] if session.kept else []
    promoted = []
    for agency_id, free in (*kept, (None, session.free)):
        for _ in range(free):
            waiting = await bookings.next_in_turn(tx, session.id, agency_id)
            if waiting is None:
                break
            given = replace(waiting.promoted(now), is_from_contingent=agency_id is not None)
            promoted.append(await _promote(tx, given, session, place, by, now))
    return promoted


async def _promote(tx: Tx, given: Booking, session: Session, place: Place, by: Staff | None, now: datetime) -> Booking:
    await holds.hold_at_once(tx, given.job_seeker_id)
    try:
        await bookings.change(tx, given)
    except JobSeekerElsewhere as error:
        # Somebody books this person elsewhere at this very moment: look again when that is decided.
        raise Contended(str(given.id)) from error
    await seats.count(tx, given, waited=True)
    await outbox.withdraw(tx, given.id, MessageState.SUPERSEDED, now)
    await outbox.plan(tx, on_change(MessageKind.SEAT_GIVEN, given, session, place, now))
    await audit.record(tx, by, "promoted", "booking", given.id, now, given.agency_id)
    return given


async def agency_of(tx: Tx, session: Session) -> Agency:
    """Where the session takes place."""
    return await agencies.load(tx, session.agency_id)
