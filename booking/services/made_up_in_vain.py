"""A meeting is removed in which somebody was to make up for another: he is told, and his seat is free."""

from datetime import datetime

from booking.domain.bookings import MEETING_GONE, Party
from booking.domain.messages import MessageKind, on_change
from booking.domain.sessions import Session
from booking.domain.staff import Staff
from booking.services import placing
from booking.storage import audit, bookings, outbox
from booking.storage.database import Tx


async def end(tx: Tx, before: Session, after: Session, *, by: Staff, now: datetime) -> None:
    """End the seats of a locked session whose one meeting is no more. The caller gives them to who waits."""
    gone = {meeting.id: meeting for meeting in before.meetings}
    for meeting in after.meetings:
        gone.pop(meeting.id, None)
    if not gone:
        return
    place = await placing.place_of(tx, before)
    for booking in await bookings.active(tx, before.id):
        if booking.only_meeting_id not in gone:
            continue
        ended = booking.cancelled(Party.SERVICE, MEETING_GONE, now)
        await placing.give_up(tx, booking, ended, now)
        when = gone[booking.only_meeting_id].starts_at.isoformat()
        facts = {"because": MEETING_GONE, "gone": [{"starts_at": when, "zone": place.time_zone}]}
        await outbox.plan(tx, on_change(MessageKind.BOOKING_CANCELLED, ended, before, place, now, **facts))
        details = {"party": Party.SERVICE, "because": MEETING_GONE}
        await audit.record(tx, by, "cancelled", "booking", booking.id, now, booking.agency_id, **details)
