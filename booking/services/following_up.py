"""Whoever stayed away without excuse is asked whether he wants another date; a corrected mark takes that back."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from booking.domain.attendance import Attendance, Mark
from booking.domain.following_up import OF_USE, after_absence, has_more
from booking.domain.messages import Message
from booking.domain.sessions import Meeting
from booking.domain.windows import Place
from booking.services import placing
from booking.services.alternatives import Alternatives
from booking.storage import bookings, following_up, listings, outbox
from booking.storage.database import Tx


async def follow_up(
    tx: Tx, meeting: Meeting, marks: Mapping[UUID, Mark | None], before: Mapping[UUID, Attendance], now: datetime
) -> None:
    """Plan what follows from these marks of a meeting, in the transaction that writes them; once for each absence."""
    changed = {
        booking_id: mark
        for booking_id, mark in marks.items()
        if mark is not (before[booking_id].mark if booking_id in before else None)
    }
    absent = {booking_id for booking_id, mark in changed.items() if mark is Mark.ABSENT}
    corrected = {booking_id for booking_id in changed if booking_id in before}
    if corrected:
        await following_up.take_back(tx, corrected, meeting.id, now)
    if absent and now - meeting.ends_at < OF_USE:
        told = await following_up.followed(tx, absent, meeting.id)
        await outbox.plan(tx, await _words(tx, meeting, absent - told, now))


async def _words(tx: Tx, meeting: Meeting, absent: Collection[UUID], now: datetime) -> list[Message]:
    """A word to each of these who still holds his place; the places of some may just have ended."""
    listed = await listings.one(tx, meeting.session_id)
    if listed is None or not absent:
        return []
    place: Place = await placing.place_of(tx, listed.session)
    elsewhere, found = Alternatives(listed, now), []
    again = await following_up.seated_again(tx, absent, now)
    for booking_id in sorted(set(absent) - again):
        booking = await bookings.load(tx, booking_id)
        if not booking.state.has_seat:
            continue
        stays = has_more(booking, listed.session, now)
        others = [] if stays else await elsewhere.of(tx, booking.job_seeker_id, booking.agency_id)
        found.append(after_absence(booking, listed.session, meeting, place, now, others))
    return found
