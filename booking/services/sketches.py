"""Sketches: a wish, or sessions to copy, drawn into a plan that nobody has agreed to yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.errors import InvalidField, NotFound
from booking.domain.fields import Problems
from booking.domain.planner import Plan, copied, fulfilled
from booking.domain.sessions import FURTHEST_AHEAD, Session
from booking.domain.wishes import MOST_PROPOSALS, Wish
from booking.storage import agencies, sessions, surroundings
from booking.storage.database import Tx
from calendars.recurrence import FARTHEST
from calendars.territories import school_zone_of
from calendars.zones import midnight


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Sessions of one agency to be held again, so many days later, once for each of the ``shifts``."""

    agency_id: UUID
    session_ids: tuple[UUID, ...]
    shifts: tuple[int, ...]


Sketch = Wish | Copy


async def draw(tx: Tx, sketch: Sketch, agency: Agency, now: datetime) -> Plan:
    """The plan it comes to. Raises :class:`InvalidField` beside the field that is wrong, :class:`NotFound`."""
    if isinstance(sketch, Wish):
        return await _of_wish(tx, sketch.checked(now, agency.time_zone), agency)
    _check_shifts(sketch.shifts)
    originals = await _sessions(tx, sketch)
    if sum(len(session.meetings) for session in originals) * len(sketch.shifts) > MOST_PROPOSALS:
        raise InvalidField(fields={"weeks": "too-many-meetings"})
    return copied(originals, sketch.shifts, agency.time_zone)


def _check_shifts(shifts: Sequence[int]) -> None:
    problems = Problems()
    if not shifts:
        problems.add("weeks", "required")
    if 0 in shifts:
        problems.add("weeks", "same-day")
    if any(abs(shift) > FURTHEST_AHEAD.days for shift in shifts):
        problems.add("weeks", "too-far-ahead")
    problems.refuse()


async def _of_wish(tx: Tx, wish: Wish, agency: Agency) -> Plan:
    first = wish.recurrence.first
    last = wish.recurrence.last or first + timedelta(days=FARTHEST)
    await _must_belong(tx, wish, agency, first)
    closures = await surroundings.closures_of(tx, agency.id, first, last)
    school = await surroundings.school_holidays_of(tx, school_zone_of(agency.department), first, last)
    return fulfilled(wish, *wish.days(agency.holiday_territory, closures, school))


async def _must_belong(tx: Tx, wish: Wish, agency: Agency, first: date) -> None:
    """Do nothing, or raise :class:`InvalidField` for a room or a person of another agency."""
    rooms = {room.id for room in await agencies.rooms_of(tx, [agency.id]) if not room.archived_at}
    begins = midnight(first, agency.time_zone)
    people = await surroundings.people_of(tx, agency.id, begins, begins)
    leaders = {person.id for person in people.values() if person.is_facilitator}
    problems = Problems()
    if wish.room_id and wish.room_id not in rooms:
        problems.add("room", "room-of-another-agency")
    if wish.facilitator_id and wish.facilitator_id not in leaders:
        problems.add("facilitator", "not-a-facilitator-here")
    if set(wish.assistant_ids) - people.keys():
        problems.add("assistants", "not-an-assistant-here")
    problems.refuse()


async def _sessions(tx: Tx, sketch: Copy) -> Sequence[Session]:
    found = [await sessions.load(tx, session_id) for session_id in sketch.session_ids]
    if not found or any(session.agency_id != sketch.agency_id for session in found):
        raise NotFound(session_ids=sketch.session_ids)
    return sorted(found, key=lambda session: (session.starts_at, session.id))
