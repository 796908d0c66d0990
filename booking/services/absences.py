"""Two absences in a row without excuse end a place in a cycle, where its workshop says so."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from booking.domain.absences import has_stayed_away
from booking.domain.bookings import ABSENCES, Booking, BookingState, Party
from booking.domain.messages import MessageKind, on_change
from booking.domain.sessions import Session
from booking.domain.staff import Staff
from booking.services import placing, waitlist
from booking.storage import audit, bookings, make_ups, marks, outbox, sessions, workshops
from booking.storage.database import Tx


async def watched(tx: Tx, workshop_id: UUID, booking_ids: Collection[UUID]) -> list[Booking]:
    """Whose places these absences may end: those marked, and what is made up for by them."""
    if not booking_ids or not (await workshops.load(tx, workshop_id)).frees_when_absent:
        return []
    marked = [await bookings.load(tx, booking_id) for booking_id in booking_ids]
    return [await bookings.load(tx, one.makes_up_id) if one.makes_up_id else one for one in marked]


async def lock(tx: Tx, session_id: UUID, seen: Sequence[Booking], now: datetime) -> Mapping[UUID, Session]:
    """The session in which is marked, with every other one that the end of a place can touch."""
    if not seen:
        return {session_id: await sessions.lock_one(tx, session_id)}

    async def people() -> list[UUID]:
        return [booking.job_seeker_id for booking in seen]

    touched = {booking.session_id for booking in seen}
    for booking in seen:
        touched |= await make_ups.sessions_for(tx, booking.id)
    return await waitlist.lock(tx, [session_id, *touched], people, now)


async def end_places(
    tx: Tx, seen: Sequence[Booking], locked: Mapping[UUID, Session], *, by: Staff, now: datetime
) -> None:
    """End those of these places whose holders missed their last two meetings, from the next meeting on.

    They are told, marks stay, and the seats go to who waits, as far as somebody may still join.
    """
    ids = {booking.id for booking in seen}
    meetings, marked = await marks.meetings_of(tx, ids), await marks.counting(tx, ids)
    ended = False
    for booking_id in sorted(ids):
        is_to_come = any(starts_at > now for _, starts_at in meetings[booking_id])
        booking = await bookings.load(tx, booking_id)
        is_seated = booking.state is BookingState.BOOKED and is_to_come
        if is_seated and has_stayed_away(meetings[booking_id], marked[booking_id], now):
            await _end(tx, booking, locked[booking.session_id], by, now)
            ended = True
    if ended:
        await waitlist.give_seats(tx, locked, by=by, now=now)


async def _end(tx: Tx, booking: Booking, session: Session, by: Staff, now: datetime) -> None:
    ended = booking.cancelled(Party.SERVICE, ABSENCES, now)
    await placing.give_up(tx, booking, ended, now)
    facts = {"by": Party.SERVICE, "because": ABSENCES}
    place = await placing.place_of(tx, session)
    await outbox.plan(tx, on_change(MessageKind.BOOKING_CANCELLED, ended, session, place, now, **facts))
    details = {"party": Party.SERVICE, "because": ABSENCES}
    await audit.record(tx, by, "cancelled", "booking", booking.id, now, booking.agency_id, **details)
