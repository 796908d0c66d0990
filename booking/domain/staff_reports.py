"""What mails to staff tell, as it is known when they leave."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import blake2b
from uuid import UUID

from booking.domain.job_seekers import Need, folded


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody expected, by his first name; with an initial where another one has the same."""

    name: str
    initial: str
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingAhead:
    """A meeting that somebody leads, or in which he helps."""

    id: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    agency: str
    room: str
    leads: bool
    seats: int
    guests: tuple[Guest, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """All the meetings of somebody's day."""

    day: date
    meetings: tuple[MeetingAhead, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nobody is expected anywhere."""
        return not any(meeting.guests for meeting in self.meetings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """A meeting of the week: how many come, of how many seats, and how many wait."""

    title: str
    starts_at: datetime
    zone: str
    taken: int
    seats: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The week behind and the week ahead of an agency, in figures."""

    agency: str
    monday: date
    present: int
    absent: int
    excused: int
    seats_lost: int
    week: tuple[Filling, ...]
    failed: int
    decisions: int
    hard_to_reach: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        figures = (self.present, self.absent, self.excused, self.failed, self.decisions, self.hard_to_reach)
        return not self.week and not any(figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What awaits a decision: each session by its title and start, and the names of the things for the next time."""

    agency: str
    too_few: tuple[tuple[str, datetime, str], ...]
    clashes: int
    declined: int
    things: frozenset[str]

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not self.things


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """How many are to be called, written to or called back; never who."""

    agency: str
    calls: int
    papers: int
    recalls: int
    until: datetime | None
    zone: str
    # Partners to call, and their answers that nobody has read.
    referrals: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.calls or self.papers or self.recalls or self.referrals)


Report = Roster | Digest | Decisions | Calls


def told_apart(guests: Iterable[Guest]) -> tuple[Guest, ...]:
    """By name; the initial only where a first name is there twice."""
    found: Sequence[Guest] = sorted(guests, key=lambda one: (folded(one.name), one.initial))
    names = Counter(one.name for one in found)
    return tuple(one if names[one.name] > 1 else replace(one, initial="") for one in found)


def fingerprint(report: Report) -> str:
    """Equal for reports that say the same."""
    things = sorted(report.things) if isinstance(report, Decisions) else ()
    plain = replace(report, things=frozenset()) if isinstance(report, Decisions) else report
    return blake2b(f"{plain!r}{things!r}".encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a mail is for, and which kinds he does not want."""

    name: str
    email: str
    unwanted: frozenset[str]
