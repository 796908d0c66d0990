"""A session ends before its time: everybody in it is moved, offered something else, or told, and nobody is lost."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from booking.domain import bookings as rules
from booking.domain.bookings import Booking, BookingState, Party
from booking.domain.endings import End, Then
from booking.domain.errors import InvalidField, NotFound, SessionFull
from booking.domain.messages import MessageKind, MessageState, on_change
from booking.domain.sessions import Session, SessionState
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.domain.windows import Place
from booking.services import entries, made_up_in_vain, releasing, seats, waitlist
from booking.services.alternatives import Alternatives
from booking.storage import agencies, attendance, audit, bookings, listings, outbox, policies, sessions, waits
from booking.storage.database import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ending:
    """One end while it is written: the session before and after, and where messages say that it takes place."""

    end: End
    before: Session
    after: Session
    place: Place
    alternatives: Alternatives
    by: Staff
    now: datetime

    @property
    def is_cut_short(self) -> bool:
        """Whether some meetings have taken place, so that who is seated keeps them."""
        return self.after.state is SessionState.HELD

    @property
    def gone(self) -> list[dict[str, Any]]:
        """The meetings that will not be held."""
        stay = {meeting.id for meeting in self.after.meetings}
        return [
            {"starts_at": m.starts_at.isoformat(), "zone": self.place.time_zone}
            for m in self.before.meetings
            if m.id not in stay
        ]


async def end(tx: Tx, session_id: UUID, end: End, *, by: Staff, site: Site, now: datetime) -> Session:
    """End a session with everybody in it: seated first, then who waits, in turn.

    Raises :class:`SessionEnded`, :class:`SessionClosed`, :class:`SessionFull` and :class:`InvalidField` for the session
    to move to, :class:`NotFound`, :class:`NotAllowed`.
    """

    async def people() -> Sequence[UUID]:
        return [booking.job_seeker_id for booking in await bookings.active(tx, session_id)]

    locked = await waitlist.lock(tx, [session_id, *([end.into] if end.into else [])], people, now)
    if session_id not in locked:
        raise NotFound(session_id=session_id)
    before = locked[session_id]
    by.must(Right.PLAN, before.agency_id)
    after = before.called_off(end.because, await attendance.marked_in(tx, session_id), now)
    _must_be_another(locked, end, before, now)
    told = await _ending(tx, end, before, after, by, now)
    await releasing.release_all(tx, session_id, now)
    await made_up_in_vain.end(tx, before, after, by=by, now=now)
    await sessions.change(tx, before, after)
    await entries.keep(tx, [session_id], site, now, before=before)
    if before.state is SessionState.OPEN:
        await _end_every_place(tx, told, locked)
    facts = {"because": end.because, "then": end.then} | ({"into": str(end.into)} if end.into else {})
    await audit.record(tx, by, "cancelled", "session", session_id, now, after.agency_id, **facts)
    return after


def _must_be_another(locked: dict[UUID, Session], end: End, before: Session, now: datetime) -> None:
    if end.into is None:
        return
    target = locked.get(end.into)
    if target is None or target.id == before.id or target.workshop_id != before.workshop_id:
        raise InvalidField(fields={"into": "not-a-target"})
    target.must_take_bookings(now)


async def _ending(tx: Tx, end: End, before: Session, after: Session, by: Staff, now: datetime) -> _Ending:
    agency = await agencies.load(tx, before.agency_id)
    listed = await listings.one(tx, before.id)
    assert listed is not None  # its row is locked
    return _Ending(
        end=end,
        before=before,
        after=after,
        place=await policies.place_of(tx, agency, before.workshop_id),
        alternatives=Alternatives(listed, now),
        by=by,
        now=now,
    )


async def _end_every_place(tx: Tx, told: _Ending, locked: dict[UUID, Session]) -> None:
    """Who is freed for a seat he waits for gets it first; then the others are moved as far as there are seats."""
    now = told.now
    await outbox.withdraw_session(tx, told.before.id, MessageState.CANCELLED, now)
    leaving = await bookings.active(tx, told.before.id)
    ended = {booking.id: await _give_up(tx, told, booking) for booking in leaving}
    await waitlist.give_seats(tx, locked, by=told.by, now=now)
    for booking in leaving:
        # Of a seat that was only held nobody has heard, and who came to one meeting has been there.
        if booking.state is BookingState.HELD or (told.is_cut_short and booking.only_meeting_id):
            continue
        stays_away = told.end.into is None or booking.only_meeting_id
        if stays_away or not await _move(tx, told, booking, told.end.into):
            await _tell(tx, told, ended[booking.id])


async def _give_up(tx: Tx, told: _Ending, booking: Booking) -> Booking:
    """The place as it ended; a seat in a session cut short stays, with the meetings that were held."""
    if told.is_cut_short and booking.state is BookingState.BOOKED:
        return booking
    ended = booking.cancelled(Party.SERVICE, told.end.because, told.now)
    await bookings.change(tx, ended)
    await seats.give_up(tx, booking)
    return ended


async def _move(tx: Tx, told: _Ending, booking: Booking, into: UUID) -> bool:
    """A seat in the other session for this person; False when there is none, or he is elsewhere at that time."""
    person, now, by = booking.job_seeker_id, told.now, told.by
    target = await releasing.as_now(tx, await sessions.load(tx, into), now)
    wished = rules.book(into, person, booking.agency_id, by=by.id, now=now)
    moved = await seats.found(tx, target, wished)
    if await bookings.active_of(tx, into, person) or await bookings.overlapping(tx, into, person, now):
        return False
    if moved is None and told.end.must_fit and booking.state.has_seat:
        raise SessionFull(session_id=into, capacity=target.capacity, waiting=target.waiting)
    if moved is None:
        return False
    await bookings.add(tx, moved)
    await seats.count(tx, moved)
    await waits.serve(tx, person, into, now)
    agency = await agencies.load(tx, target.agency_id)
    place = await policies.place_of(tx, agency, target.workshop_id)
    facts = {"because": told.end.because, "moved_from": str(told.before.id)}
    facts |= {} if booking.state.has_seat else {"has_waited": True}
    await outbox.plan(tx, on_change(MessageKind.BOOKING_MOVED, moved, target, place, now, **facts))
    await audit.record(tx, by, "moved", "booking", moved.id, now, moved.agency_id, moved_from=str(booking.id))
    return True


async def _tell(tx: Tx, told: _Ending, booking: Booking) -> None:
    """That it is over, why, and where else one could go unless only the fact was to be told."""
    if told.is_cut_short and not told.gone:
        return
    facts: dict[str, Any] = {"because": told.end.because}
    if told.end.then is not Then.TELL:
        facts["alternatives"] = await told.alternatives.of(tx, booking.job_seeker_id, booking.agency_id)
    kind = MessageKind.SESSION_CANCELLED
    if booking.is_active:
        kind, facts["gone"] = MessageKind.SESSION_CUT_SHORT, told.gone
    # As it was planned: until when this is of use depends on the meetings that people still expect.
    expected = replace(told.after, meetings=told.before.meetings)
    await outbox.plan(tx, on_change(kind, booking, expected, told.place, told.now, **facts))
