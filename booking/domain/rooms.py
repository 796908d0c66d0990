"""Rooms: how many people work in one, when it is open, and what takes it out of use."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from booking.domain import hours
from booking.domain.fields import Problems
from booking.domain.hours import Span

# No calendar shows what lies beyond.
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room of an agency: how many people it seats and how many workstations stand in it.

    Without ``opening_hours`` it is open whenever the agency is.
    """

    id: UUID
    agency_id: UUID
    name: str
    seats: int
    workstations: int
    has_step_free_access: bool = False
    has_hearing_loop: bool = False
    opening_hours: tuple[Span, ...] = ()
    archived_at: datetime | None = None

    @property
    def capacity(self) -> int:
        """How many people can work here at once."""
        return min(self.seats, self.workstations)

    def capacity_on(self, day: date, outages: Iterable["Outage"]) -> int:
        """The same on a day, without what is out of order."""
        missing = sum(o.workstations for o in outages if o.room_id == self.id and o.first_on <= day <= o.last_on)
        return min(self.seats, max(0, self.workstations - missing))

    def checked(self) -> "Room":
        """This room, if it can be used; otherwise :class:`InvalidField`."""
        problems = Problems()
        problems.text("name", self.name, longest=60)
        problems.between("seats", self.seats, 1, 500)
        problems.between("workstations", self.workstations, 1, 500)
        hours.check(problems, "opening_hours", self.opening_hours)
        problems.refuse()
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """Workstations of a room that are out of order, from the first day to the last."""

    id: UUID
    room_id: UUID
    agency_id: UUID
    workstations: int
    first_on: date
    last_on: date
    because: str

    def checked(self) -> "Outage":
        """This outage, if it says something; otherwise :class:`InvalidField`."""
        problems = Problems()
        problems.between("workstations", self.workstations, 1, 500)
        _check_days(problems, self.first_on, self.last_on, self.because)
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """Days on which an agency is closed, or one room of it."""

    id: UUID
    agency_id: UUID
    room_id: UUID | None = None
    first_on: date
    last_on: date
    because: str

    def concerns(self, room_id: UUID | None, day: date) -> bool:
        """Whether a meeting in this room cannot take place on that day."""
        return self.first_on <= day <= self.last_on and self.room_id in (None, room_id)

    def checked(self) -> "Closure":
        """This closure, if it says something; otherwise :class:`InvalidField`."""
        _check_days(Problems(), self.first_on, self.last_on, self.because)
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolHoliday:
    """A school holiday of one zone of the school calendar, from the first day to the last."""

    zone: str
    name: str
    first_on: date
    last_on: date

    def check(self, problems: Problems, name: str, zones: Collection[str]) -> None:
        """Note what is wrong with it, below this name."""
        if self.zone not in zones:
            problems.add(f"{name}.zone", "unknown-choice")
        problems.text(f"{name}.name", self.name, longest=80)
        _check_near(problems, self.first_on, self.last_on, f"{name}.")

    def overlaps(self, other: "SchoolHoliday") -> bool:
        """Whether both are holidays of one zone that share a day."""
        return self.zone == other.zone and self.first_on <= other.last_on and other.first_on <= self.last_on


def _check_days(problems: Problems, first_on: date, last_on: date, because: str) -> None:
    _check_near(problems, first_on, last_on)
    problems.text("because", because, longest=120)
    problems.refuse()


def _check_near(problems: Problems, first_on: date, last_on: date, below: str = "") -> None:
    for name, day in (("first_on", first_on), ("last_on", last_on)):
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            problems.add(below + name, "far-away")
    if last_on < first_on:
        problems.add(below + "last_on", "ends-before-it-starts")
