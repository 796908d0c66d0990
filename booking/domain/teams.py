"""Who can be planned in an agency: when in the week, until which day, and when not."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID

from booking.domain import hours
from booking.domain.fields import Problems
from booking.domain.hours import Span
from booking.domain.staff import Role

EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class BusyTime:
    """A time at which somebody cannot be planned."""

    id: UUID
    staff_id: UUID
    starts_at: datetime
    ends_at: datetime
    because: str

    def checked(self) -> "BusyTime":
        """This time, if it says something; otherwise :class:`InvalidField`."""
        problems = Problems()
        for name, instant in (("starts_at", self.starts_at), ("ends_at", self.ends_at)):
            if not EARLIEST <= instant <= LATEST:
                problems.add(name, "far-away")
        if self.ends_at <= self.starts_at:
            problems.add("ends_at", "ends-before-it-starts")
        problems.text("because", self.because, longest=120)
        problems.refuse()
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A facilitator or an assistant of an agency. Without ``availability`` somebody can always be planned."""

    id: UUID
    name: str
    roles: frozenset[Role]
    availability: tuple[Span, ...] = ()
    ends_on: date | None = None
    busy: tuple[BusyTime, ...] = ()
    # As a calendar elsewhere says: from when to when, and never why.
    elsewhere: tuple[tuple[datetime, datetime], ...] = ()

    @property
    def facilitates(self) -> bool:
        """Whether this person may lead a meeting."""
        return Role.FACILITATOR in self.roles

    def available(self, availability: tuple[Span, ...], ends_on: date | None) -> "Member":
        """The same person with other hours; raises :class:`InvalidField`."""
        problems = Problems()
        hours.check(problems, "availability", availability)
        if ends_on and not EARLIEST.date() <= ends_on <= LATEST.date():
            problems.add("ends_on", "far-away")
        problems.refuse()
        return replace(self, availability=availability, ends_on=ends_on)
