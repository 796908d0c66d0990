"""Rolls of the meetings of some days, page by page."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from uuid import UUID

from booking.domain.exports import Scope
from booking.domain.presences import MeetingRoll, MeetingSaid, Presence
from booking.storage import presences, staff
from booking.storage.database import Database, Tx
from booking.storage.presences import Span
from calendars.zones import midnight

# So many meetings at a time: some hundreds of people.
PAGE = 50
DAY = timedelta(days=1)


async def spans(tx: Tx, scope: Scope) -> list[Span]:
    """The days of a scope by the clock of each place."""
    if scope.first_on is None or scope.last_on is None:
        return []
    first, after = scope.first_on, scope.last_on + DAY
    return [
        Span(zone, midnight(first, zone), midnight(after, zone)) for zone in await presences.zones(tx, scope.agency_id)
    ]


async def rolls(db: Database, scope: Scope) -> AsyncIterator[list[MeetingRoll]]:
    """Every roll, a page at a time; what changes on the way is told as it is when its page is read."""
    async with db.reading() as tx:
        days = await spans(tx, scope)
    after = None
    while True:
        async with db.reading() as tx:
            found = await presences.page(tx, scope, days, after, PAGE)
            if not found:
                return
            made = await _rolls(tx, found)
        yield made
        after = (found[-1].starts_at, found[-1].id)


async def _rolls(tx: Tx, found: Sequence[MeetingSaid]) -> list[MeetingRoll]:
    people = await presences.of_meetings(tx, [meeting.id for meeting in found])
    by_meeting: dict[UUID, list[Presence]] = {meeting.id: [] for meeting in found}
    for one in people:
        by_meeting[one.meeting_id].append(one)
    leaders = {id for meeting in found for id in (meeting.facilitator_id, *meeting.assistant_ids) if id}
    writers = {id for one in people for id in (one.booked_by, one.marked_by) if id}
    names = await staff.named(tx, leaders | writers)
    return [MeetingRoll(meeting, by_meeting[meeting.id], names) for meeting in found]
