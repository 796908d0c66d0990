"""A wish: many meetings said in one sentence, "every Tuesday at 9:30, twelve times, in this room"."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID

from booking.domain.errors import InvalidField
from booking.domain.fields import Problems
from booking.domain.rooms import Closure, SchoolHoliday
from booking.domain.sessions import FURTHEST_AHEAD, LONGEST_MEETING, MOST_MEETINGS, MOST_SEATS
from calendars.holidays import holidays, is_often_worked
from calendars.recurrence import NoDayLeft, Recurrence
from calendars.zones import today

MOST_PROPOSALS = 100
MOST_WEEKS_BETWEEN = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants planned: single sessions, or cycles one after another, each of so many meetings.

    ``starts`` and ``ends`` are hours on the wall of the agency. The recurrence counts the meetings of one cycle.
    Public holidays and closures are stepped over unless told otherwise, school holidays only when told so.
    """

    agency_id: UUID
    workshop_id: UUID
    recurrence: Recurrence
    starts: time
    ends: time
    capacity: int
    room_id: UUID | None = None
    facilitator_id: UUID | None = None
    assistant_ids: tuple[UUID, ...] = ()
    is_cycle: bool = False
    cycles: int = 1
    steps_over_closed: bool = True
    steps_over_school: bool = False

    def checked(self, now: datetime, zone: str) -> "Wish":
        """This wish, if it can be fulfilled; otherwise :class:`InvalidField`."""
        problems = Problems()
        problems.between("capacity", self.capacity, 1, MOST_SEATS)
        problems.between("cycles", self.cycles, 1, MOST_PROPOSALS)
        _check_hours(problems, self.starts, self.ends)
        _check_recurrence(problems, self.recurrence, today(now, zone), self.is_cycle)
        if self.cycles > 1 and self.recurrence.count is None:
            problems.add("count", "required")
        elif self.cycles * (self.recurrence.count or 1) > MOST_PROPOSALS:
            problems.add("cycles", "too-many-meetings")
        if self.facilitator_id in self.assistant_ids:
            problems.add("assistants", "leads-and-assists")
        problems.refuse()
        return self

    def days(
        self, territory: str, closures: Iterable[Closure], school: Iterable[SchoolHoliday]
    ) -> tuple[list[date], list[date]]:
        """The days of all meetings, and those stepped over; :class:`InvalidField` when none is left."""
        closures, school = list(closures), list(school)

        def is_closed(day: date) -> bool:
            is_off = day in holidays(territory, day.year) and not is_often_worked(day)
            is_off = is_off or any(closure.concerns(self.room_id, day) for closure in closures)
            is_school = any(off.first_on <= day <= off.last_on for off in school)
            return (self.steps_over_closed and is_off) or (self.steps_over_school and is_school)

        all_of_them = self.recurrence.count and self.recurrence.count * self.cycles
        try:
            found, closed = replace(self.recurrence, count=all_of_them).drawn(is_closed)
        except NoDayLeft as none:
            field = "weekdays" if self.recurrence.last is None else "last"
            raise InvalidField(fields={field: "no-day-left"}) from none
        _must_not_be_too_many(found, self)
        return found, closed


def _check_hours(problems: Problems, starts: time, ends: time) -> None:
    if ends <= starts:
        problems.add("ends", "ends-before-it-starts")
    elif datetime.combine(date.min, ends) - datetime.combine(date.min, starts) > LONGEST_MEETING:
        problems.add("ends", "lasts-too-long")


def _check_recurrence(problems: Problems, wished: Recurrence, today: date, is_cycle: bool) -> None:
    if wished.first < today:
        problems.add("first", "in-the-past")
    elif wished.first > today + FURTHEST_AHEAD:
        problems.add("first", "too-far-ahead")
    if not wished.weekdays or not wished.weekdays <= set(range(7)):
        problems.add("weekdays", "unknown-choice" if wished.weekdays else "required")
    problems.between("every", wished.every, 1, MOST_WEEKS_BETWEEN)
    if wished.count is None and wished.last is None:
        problems.add("count", "required")
    if wished.count is not None:
        problems.between("count", wished.count, 1, MOST_MEETINGS if is_cycle else MOST_PROPOSALS)
    if wished.last is not None and wished.last < wished.first:
        problems.add("last", "ends-before-it-starts")


def _must_not_be_too_many(found: list[date], wish: Wish) -> None:
    most = MOST_MEETINGS * wish.cycles if wish.is_cycle else MOST_PROPOSALS
    if len(found) > most:
        raise InvalidField(fields={"last": "too-many-meetings"})
