"""How an agency comes into the network and goes: its phase, whether it hosts, and the day of a change to come."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from booking.domain.agencies import Agency, Phase
from booking.domain.errors import NotHosting
from booking.domain.fields import Problems
from calendars.zones import today, wall

LONGEST_REASON = 300
FURTHEST = timedelta(days=730)


@dataclass(frozen=True, slots=True, kw_only=True)
class Becoming:
    """What an agency is to become, why, and on which day; without a day at once."""

    phase: Phase
    hosts: bool
    because: str
    due_on: date | None = None

    def checked(self, agency: Agency, now: datetime) -> "Becoming":
        """This change, if it is one; otherwise :class:`InvalidField`. A day that has come is no plan."""
        problems = Problems()
        problems.text("because", self.because, longest=LONGEST_REASON)
        if (self.phase, self.hosts) == (agency.phase, agency.hosts):
            problems.add("phase", "nothing-changes")
        here = today(now, agency.time_zone)
        if self.due_on and self.due_on < here:
            problems.add("due_on", "in-the-past")
        if self.due_on and self.due_on > here + FURTHEST:
            problems.add("due_on", "too-far-ahead")
        problems.refuse()
        is_now = self.due_on == here
        return replace(self, because=self.because.strip(), due_on=None if is_now else self.due_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseChange:
    """A change that waits for its day, was done, or was dropped. ``planned_by`` nobody is an operator."""

    id: UUID
    agency_id: UUID
    phase: Phase
    hosts: bool
    because: str
    planned_at: datetime
    planned_by: UUID | None = None
    due_on: date | None = None
    done_at: datetime | None = None
    phase_before: Phase | None = None
    hosted_before: bool | None = None
    dropped_by: UUID | None = None
    dropped_at: datetime | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether its day is still to come."""
        return self.done_at is None and self.dropped_at is None

    @property
    def opens(self) -> bool:
        """Whether workshops are held from that day on."""
        return self.hosts and self.phase is not Phase.CLOSED

    def done(self, agency: Agency, now: datetime) -> "PhaseChange":
        """The same, done to this agency."""
        return replace(self, done_at=now, phase_before=agency.phase, hosted_before=agency.hosts)


def must_host(agency: Agency, waiting: PhaseChange | None, first_at: datetime) -> None:
    """Do nothing, or raise :class:`NotHosting`: a closed agency prepares what begins from its day of opening on."""
    if agency.is_hosting:
        return
    if waiting and waiting.opens and waiting.due_on and wall(first_at, agency.time_zone).date() >= waiting.due_on:
        return
    raise NotHosting(agency_id=agency.id, opens_on=waiting.due_on if waiting and waiting.opens else None)
