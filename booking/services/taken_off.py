"""Who was added to a roll by mistake is taken off it: the seat that came with his mark is free again."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from booking.domain.bookings import NOT_THERE, Booking, Party
from booking.domain.messages import MessageKind, on_change
from booking.domain.sessions import Session
from booking.domain.staff import Staff
from booking.services import closing, placing, waitlist
from booking.storage import attendance, audit, bookings, outbox
from booking.storage.agendas import MeetingListed
from booking.storage.database import Tx


async def seats_of(tx: Tx, listed: MeetingListed, booking_ids: Collection[UUID], by: Staff) -> list[Booking]:
    """Of those whose mark is taken back, whose seat goes with it: added here, and marked nowhere else.

    Raises :class:`NotAllowed` for who only assists, who could not add them again.
    """
    found = []
    for booking_id in booking_ids:
        marks = await attendance.of_booking(tx, booking_id)
        if marks.keys() == {listed.meeting.id} and marks[listed.meeting.id].is_walk_in:
            closing.must_correct(by, listed.agency_id)
            found.append(await bookings.load(tx, booking_id))
    return found


async def end_places(
    tx: Tx, seen: Collection[Booking], locked: Mapping[UUID, Session], *, by: Staff, now: datetime
) -> None:
    """End these places, and give their seats to who waits as far as somebody may still join.

    A slip that is undone before anybody was told is not told either.
    """
    for one in seen:
        booking = await bookings.load(tx, one.id)
        if not booking.is_active:
            continue
        ended, session = booking.cancelled(Party.SERVICE, NOT_THERE, now), locked[booking.session_id]
        await placing.give_up(tx, booking, ended, now)
        is_slip = ended.is_soon_undone and not await outbox.was_told(tx, booking.id)
        if session.is_to_come(now) and not is_slip:
            place = await placing.place_of(tx, session)
            told = on_change(MessageKind.BOOKING_CANCELLED, ended, session, place, now, by=Party.SERVICE)
            await outbox.plan(tx, told)
        details = {"party": Party.SERVICE, "because": NOT_THERE}
        await audit.record(tx, by, "cancelled", "booking", booking.id, now, booking.agency_id, **details)
    if seen:
        await waitlist.give_seats(tx, locked, by=by, now=now)
