"""What stands against holding a meeting: a clash is final, most obstacles need a reason, some only want to be known."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from booking.domain import hours
from booking.domain.hours import Span
from booking.domain.rooms import Closure, Outage, Room, SchoolHoliday
from booking.domain.sessions import Meeting
from calendars.holidays import holidays, is_often_worked
from calendars.zones import wall


class Weight(StrEnum):
    """How much an obstacle weighs: ``clash`` cannot be overcome, ``blocks`` needs a reason, ``warns`` is only said."""

    CLASH = "clash"
    BLOCKS = "blocks"
    WARNS = "warns"


class ObstacleKind(StrEnum):
    """What stands in the way."""

    ROOM_TAKEN = "room-taken"
    STAFF_TAKEN = "staff-taken"
    PUBLIC_HOLIDAY = "public-holiday"
    AGENCY_CLOSED = "agency-closed"
    ROOM_CLOSED = "room-closed"
    OUTSIDE_OPENING_HOURS = "outside-opening-hours"
    ROOM_TOO_SMALL = "room-too-small"
    ROOM_BUSY = "room-busy"
    STAFF_BUSY = "staff-busy"
    STAFF_UNAVAILABLE = "staff-unavailable"
    SERVICE_ENDED = "service-ended"
    WORKED_HOLIDAY = "worked-holiday"
    SCHOOL_HOLIDAY = "school-holiday"

    @property
    def weight(self) -> Weight:
        """How much this kind weighs."""
        if self in (ObstacleKind.ROOM_TAKEN, ObstacleKind.STAFF_TAKEN):
            return Weight.CLASH
        if self in (ObstacleKind.WORKED_HOLIDAY, ObstacleKind.SCHOOL_HOLIDAY):
            return Weight.WARNS
        return Weight.BLOCKS


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing in the way of one meeting; ``what`` names it (a holiday, a workshop, a reason), ``who`` a person.

    ``seats`` is what a room that is too small would hold.
    """

    kind: ObstacleKind
    what: str = ""
    who: str = ""
    seats: int | None = None

    @property
    def weight(self) -> Weight:
        """How much it weighs."""
        return self.kind.weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupied:
    """Where a room or a member of staff already is: in a session of a workshop of this title."""

    holder_id: UUID
    starts_at: datetime
    ends_at: datetime
    session_id: UUID
    agency_id: UUID
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member of staff who can lead or assist: when in the week, until which day, and when not.

    What keeps somebody ``busy`` has no reason when it is his calendar elsewhere that says so.
    """

    id: UUID
    name: str
    availability: tuple[Span, ...] = ()
    ends_on: date | None = None
    is_facilitator: bool = True
    busy: tuple[tuple[datetime, datetime, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """All that can stand in the way in one agency during some weeks."""

    zone: str
    territory: str
    closures: Sequence[Closure] = ()
    outages: Sequence[Outage] = ()
    school_holidays: Sequence[SchoolHoliday] = ()
    rooms: Mapping[UUID, Room] = field(default_factory=dict)
    # When rooms are taken, as their calendars elsewhere say.
    rooms_busy: Mapping[UUID, Sequence[tuple[datetime, datetime]]] = field(default_factory=dict)
    people: Mapping[UUID, Person] = field(default_factory=dict)
    occupied: Sequence[Occupied] = ()

    def obstacles(self, meeting: Meeting, capacity: int) -> list[Obstacle]:
        """What stands against this meeting with so many seats, the heaviest first."""
        begins, ends = wall(meeting.starts_at, self.zone), wall(meeting.ends_at, self.zone)
        found = [
            *self._clashes(meeting),
            *self.of_the_day(begins.date(), meeting.room_id),
            *self._of_the_room(meeting.room_id, begins, ends, capacity),
            *self._elsewhere(meeting),
            *(obstacle for id in meeting.staff_ids for obstacle in self._of_a_person(id, meeting, begins, ends)),
        ]
        return sorted(found, key=lambda obstacle: list(Weight).index(obstacle.weight))

    def is_free(self, holder_id: UUID, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether a room or a person is in no session at that time."""
        return not any(self._taken(holder_id, starts_at, ends_at))

    def _taken(self, holder_id: UUID, starts_at: datetime, ends_at: datetime) -> Iterator[Occupied]:
        for other in self.occupied:
            if other.holder_id == holder_id and other.starts_at < ends_at and starts_at < other.ends_at:
                yield other

    def _clashes(self, meeting: Meeting) -> Iterator[Obstacle]:
        if meeting.room_id:
            for other in self._taken(meeting.room_id, meeting.starts_at, meeting.ends_at):
                yield Obstacle(ObstacleKind.ROOM_TAKEN, other.title)
        for id in meeting.staff_ids:
            for other in self._taken(id, meeting.starts_at, meeting.ends_at):
                yield Obstacle(ObstacleKind.STAFF_TAKEN, other.title, self._name(id))

    def of_the_day(self, day: date, room_id: UUID | None = None) -> Iterator[Obstacle]:
        """What stands against meetings of that day, whatever their hour; of closed rooms only for this one."""
        holiday = holidays(self.territory, day.year).get(day)
        if holiday:
            is_worked = is_often_worked(day)
            yield Obstacle(ObstacleKind.WORKED_HOLIDAY if is_worked else ObstacleKind.PUBLIC_HOLIDAY, holiday)
        for closure in self.closures:
            if closure.concerns(room_id, day):
                kind = ObstacleKind.ROOM_CLOSED if closure.room_id else ObstacleKind.AGENCY_CLOSED
                yield Obstacle(kind, closure.because)
        for off in self.school_holidays:
            if off.first_on <= day <= off.last_on:
                yield Obstacle(ObstacleKind.SCHOOL_HOLIDAY, off.name)

    def _of_the_room(self, room_id: UUID | None, begins: datetime, ends: datetime, capacity: int) -> Iterator[Obstacle]:
        room = self.rooms.get(room_id) if room_id else None
        if room is None:
            return
        if not hours.cover(room.opening_hours, begins, ends):
            yield Obstacle(ObstacleKind.OUTSIDE_OPENING_HOURS, room.name)
        seats = room.capacity_on(begins.date(), self.outages)
        if seats < capacity:
            yield Obstacle(ObstacleKind.ROOM_TOO_SMALL, room.name, seats=seats)

    def _elsewhere(self, meeting: Meeting) -> Iterator[Obstacle]:
        room = self.rooms.get(meeting.room_id) if meeting.room_id else None
        busy = self.rooms_busy.get(room.id, ()) if room else ()
        if room and any(begins < meeting.ends_at and meeting.starts_at < ends for begins, ends in busy):
            yield Obstacle(ObstacleKind.ROOM_BUSY, room.name)

    def _of_a_person(self, id: UUID, meeting: Meeting, begins: datetime, ends: datetime) -> Iterator[Obstacle]:
        person = self.people.get(id)
        if person is None:
            return
        if person.ends_on and begins.date() > person.ends_on:
            yield Obstacle(ObstacleKind.SERVICE_ENDED, person.ends_on.isoformat(), person.name)
        if not hours.cover(person.availability, begins, ends):
            yield Obstacle(ObstacleKind.STAFF_UNAVAILABLE, who=person.name)
        for starts_at, ends_at, because in person.busy:
            if starts_at < meeting.ends_at and meeting.starts_at < ends_at:
                yield Obstacle(ObstacleKind.STAFF_BUSY, because, person.name)

    def _name(self, id: UUID) -> str:
        return self.people[id].name if id in self.people else ""


def heaviest(obstacles: Iterable[Obstacle]) -> Weight | None:
    """What weighs most among these; None where nothing stands in the way."""
    weights = {obstacle.weight for obstacle in obstacles}
    return next((weight for weight in Weight if weight in weights), None)


def around(meetings: Sequence[Meeting]) -> tuple[datetime, datetime]:
    """From a day before the first of these meetings to a day after the last: no zone is further from UTC than that."""
    day = timedelta(days=1)
    return min(m.starts_at for m in meetings) - day, max(m.ends_at for m in meetings) + day
