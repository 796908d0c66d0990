"""What figures tell: rates and means of sums, and what of them may leave the agency.

A count of people that leaves the agency is hidden where it is small, and so is every rate made of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from booking.domain.agencies import Phase
from booking.domain.figures import MEASURES, NOTICES, REACHED, REFERRED, REMINDED, STEPS
from booking.domain.periods import Period
from booking.domain.small_counts import SMALLEST, told, told_sum

# Seats, sessions and days are no people.
OF_THINGS = frozenset({"sessions", "seats", "called_off", "waited_days"})
# The share of seats that agencies aim at, and how far off is far.
TARGET = 0.75
Counts = Mapping[str, int | None]
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of measures; None is a count that is not told. What is made of such a one is None, too."""

    counts: Counts

    def __getitem__(self, name: str) -> int | None:
        """One of the measures."""
        return self.counts[name]

    @property
    def marked(self) -> int | None:
        """People of whom it is known whether they came."""
        return added(self["came"], self["absent"], self["excused"])

    @property
    def fill(self) -> float | None:
        """The share of seats that somebody had."""
        return share(self["seated"], self["seats"])

    @property
    def absence(self) -> float | None:
        """The share of people who never came and had no excuse, of those of whom it is known."""
        return share(self["absent"], self.marked)

    @property
    def wait(self) -> float | None:
        """Days from the wish to the first meeting, on average."""
        return share(self["waited_days"], self["waited"])

    @property
    def empty(self) -> int | None:
        """Seats that nobody had."""
        seats, seated = self["seats"], self["seated"]
        return None if seats is None or seated is None else max(seats - seated, 0)

    @property
    def lost(self) -> int | None:
        """Seats in which nobody sat: those that nobody had, and those of people who never came."""
        return added(self.empty, self["absent"], self["excused"])

    @property
    def cancelled(self) -> int | None:
        """Places given up before."""
        return added(self["cancelled_person"], self["cancelled_adviser"], self["cancelled_service"])


NO_COUNTS = dict.fromkeys(MEASURES, 0)


def totals(counts: Iterable[Mapping[str, int]]) -> Totals:
    """The sum of all these."""
    found = dict(NO_COUNTS)
    for one in counts:
        for name in found:
            found[name] += one[name]
    return Totals(found)


def share(part: float | None, whole: float | None) -> float | None:
    """Part of a whole; None where there is no whole, or one of them is not told."""
    return part / whole if part is not None and whole else None


def added(*counts: int | None) -> int | None:
    """Their sum, if all of them are told."""
    known = [one for one in counts if one is not None]
    return sum(known) if len(known) == len(counts) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a comparison: an agency, a workshop, a phase, a piece of time."""

    name: str
    totals: Totals
    id: UUID | None = None
    on: date | None = None
    phase: Phase | None = None
    agencies: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """All that is told of a period; ``is_outside`` when small counts are hidden.

    ``counted_at`` is up to when everything is counted, None before anything ever was.
    """

    period: Period
    counted_at: datetime | None
    total: Totals
    before: Totals
    slices: Sequence[Row] = ()
    agencies: Sequence[Row] = ()
    workshops: Sequence[Row] = ()
    phases: Sequence[Row] = ()
    trainings: Totals = field(default_factory=lambda: Totals(NO_COUNTS))
    steps: Counts = field(default_factory=lambda: dict.fromkeys(STEPS, 0))
    referrals: Counts = field(default_factory=lambda: dict.fromkeys(REFERRED, 0))
    is_outside: bool = False

    def outside(self) -> "Statistics":
        """The same without what could point at somebody."""
        by = self.agencies if len(self.agencies) > 1 else self.slices
        agencies = _rows(self.agencies)
        return replace(
            self,
            total=_whole(self.total, by),
            before=_whole(self.before, ()),
            slices=_rows(self.slices),
            agencies=agencies,
            workshops=_rows(self.workshops),
            phases=_phases(self.phases, self.agencies, agencies),
            trainings=_whole(self.trainings, ()),
            steps={name: _single(n) for name, n in self.steps.items()},
            referrals={name: _single(n) for name, n in self.referrals.items()},
            is_outside=True,
        )


def _single(number: int | None) -> int | None:
    return None if number is not None and 0 < number < SMALLEST else number


def _rows(rows: Sequence[Row]) -> list[Row]:
    """Each measure of people hidden where it is small in a row, and once more so that no sum gives it away."""
    columns = {name: _told({n: row.totals[name] for n, row in enumerate(rows)}) for name in _PEOPLE}
    return [
        replace(row, totals=_tidy(dict(row.totals.counts) | {name: columns[name][n] for name in _PEOPLE}))
        for n, row in enumerate(rows)
    ]


def _phases(rows: Sequence[Row], known: Sequence[Row], shown: Sequence[Row]) -> list[Row]:
    """As rows are; and a measure in none of them where one would give away what is hidden of its agencies."""
    hidden = dict.fromkeys(name for name in _PEOPLE for row in rows if _gives_away(name, row.phase, known, shown))
    return [replace(row, totals=_tidy(dict(row.totals.counts) | hidden)) for row in _rows(rows)]


def _gives_away(name: str, phase: Phase | None, known: Sequence[Row], shown: Sequence[Row]) -> bool:
    both = zip(known, shown, strict=True)
    hidden = [was.totals[name] or 0 for was, now in both if was.phase is phase and now.totals[name] is None]
    return bool(hidden) and (len(hidden) < 2 or sum(hidden) < SMALLEST)


def _whole(total: Totals, rows: Sequence[Row]) -> Totals:
    """A sum, hidden where it would give away what is hidden in the rows."""
    counts = dict(total.counts)
    for name in _PEOPLE:
        parts = {n: row.totals[name] or 0 for n, row in enumerate(rows)}
        counts[name] = _single(counts[name]) if told_sum(parts) is not None or not any(parts.values()) else None
    for group in _GROUPS:
        counts |= _told({name: counts[name] for name in group})
    return _tidy(counts)


def _tidy(counts: dict[str, int | None]) -> Totals:
    return Totals(counts | ({"waited_days": None} if counts["waited"] is None else {}))


def _told(counts: Mapping[K, int | None]) -> dict[K, int | None]:
    known = {key: number for key, number in counts.items() if number is not None}
    return dict.fromkeys(counts) | told(known)


_PEOPLE = tuple(name for name in MEASURES if name not in OF_THINGS)
# What adds up to one sum that is told as well.
_GROUPS = (
    ("came", "absent", "excused", "unmarked"),
    tuple(f"reminded_{by}" for by in REMINDED),
    tuple(f"unminded_{by}" for by in REMINDED),
    tuple(f"noticed_{by}" for by, _ in NOTICES),
    tuple(f"unnoticed_{by}" for by, _ in NOTICES),
    tuple(f"reached_{by}" for by in REACHED),
)
