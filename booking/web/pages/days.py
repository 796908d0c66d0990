"""Days of an agenda, one beside the other: a week for its grid, a month for its leaf, a list without empty days."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from booking.domain.obstacles import Surroundings
from booking.web.pages.blocks import Block
from booking.web.pages.grids import Column
from booking.web.pages.periods import DAY, Period, View
from booking.web.pages.signs import of_day

WORKING_DAYS = 5
# The most lines in the largest print, in the next, and so on; the sheet of styles says how tall they are.
LINES_OF_A_SHEET = (38, 46, 54, 61)
WEEK = 7


@dataclass(frozen=True, slots=True)
class Leaf:
    """A month: its weeks, each with as many days; ``lines`` says how tall it is in print."""

    weeks: Sequence[Sequence[Column]]

    @property
    def width(self) -> int:
        """Five days, or more when something happens at a weekend."""
        return len(self.weeks[0])

    @property
    def lines(self) -> int:
        """How many lines of print it takes: in each week a heading, and as many as its fullest day has."""
        return sum(1 + max(len(day.blocks) + len(day.signs) for day in week) for week in self.weeks)

    @property
    def print(self) -> int:
        """How small it must be printed to lie on one sheet, from 1 to 5."""
        return 1 + sum(self.lines > most for most in LINES_OF_A_SHEET)


def by_day(blocks: Iterable[Block]) -> dict[date, list[Block]]:
    """The blocks of each day, in the order they came."""
    found: dict[date, list[Block]] = {}
    for block in blocks:
        found.setdefault(block.on, []).append(block)
    return found


def columns(
    first: date, last: date, blocks: Mapping[date, list[Block]], today: date, around: Surroundings | None
) -> list[Column]:
    """A column for each day, with what is to be known about it."""
    days = (first + n * DAY for n in range((last - first).days + 1))
    return [Column(day, blocks.get(day, []), day == today, signs=of_day(day, around)) for day in days]


def of_week(days: Sequence[Column]) -> list[Column]:
    """Saturday and Sunday only when something happens then."""
    return [day for n, day in enumerate(days) if n % WEEK < WORKING_DAYS or day.blocks]


def leaf(days: Sequence[Column]) -> Leaf:
    """The weeks of a month, from full weeks of days; a weekend that is empty all month is left out."""
    shown = {n for n in range(WEEK) if n < WORKING_DAYS or any(day.blocks for day in days[n::WEEK])}
    weeks = [days[start : start + WEEK] for start in range(0, len(days), WEEK)]
    return Leaf([[day for n, day in enumerate(week) if n in shown] for week in weeks])


def ends(period: Period) -> tuple[date, date]:
    """Its first and its last day; of a month the Monday of its first week and the Sunday of its last."""
    first, last = period.first, period.last
    if period.view is not View.MONTH:
        return first, last
    return first - first.weekday() * DAY, last + (WEEK - 1 - last.weekday()) * DAY
