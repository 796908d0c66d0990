"""Figures as tables: the same ones under the charts, in files and on paper."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from booking.domain.figures import NOTICES, REACHED, REMINDED
from booking.domain.statistics import Counts, Row, Statistics, Totals, share
from booking.web.pages import statistic_words as words

Say = Callable[[str], str]
DayWords = Callable[[date], str]
# A text; a count, or None where it is not told; a share of 1; days.
Cell = str | int | float | None
SHARES = frozenset({"fill", "absence", "share"})
DAYS = frozenset({"wait"})
# Of which measure each rate is a part; where that is nothing, there is no rate.
WHOLES = {"fill": "seats", "absence": "marked", "wait": "waited"}
NOTHING = "–"
LEADING = ("sessions", "called_off", "seats", "seated", "came", "finished", "absent", "excused", "unmarked", "walk_ins",
           "made_up", "fill", "absence", "wait")  # fmt: skip
COMPARED = ("sessions", "seats", "seated", "came", "fill", "absence", "wait")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: its name and its cells."""

    name: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what it is, the codes of its columns, the first of them for the names, and its lines.

    ``kinds`` are the codes by which cells are written, line by line where the columns are alike.
    """

    key: str
    heads: Sequence[str]
    lines: Sequence[Line]
    by_line: Sequence[str] = ()

    def is_share(self, line: int, column: int) -> bool:
        """Whether a cell is a share of 1."""
        return self._code(line, column) in SHARES

    def is_days(self, line: int, column: int) -> bool:
        """Whether a cell is a number of days."""
        return self._code(line, column) in DAYS

    def _code(self, line: int, column: int) -> str:
        return self.by_line[line] if self.by_line else self.heads[column + 1]


def figure(totals: Totals, name: str) -> Cell:
    """One of the measures, or what is made of them."""
    if name not in WHOLES:
        return getattr(totals, name) if name in ("empty", "lost") else totals[name]
    whole = totals.marked if name == "absence" else totals[WHOLES[name]]
    return NOTHING if whole == 0 else getattr(totals, name)  # type: ignore[no-any-return]


def part(number: int | None, whole: int | None) -> Cell:
    """A share, or that there is nothing to share."""
    return NOTHING if whole == 0 else share(number, whole)


def every(found: Statistics, say: Say, day: DayWords) -> list[Table]:
    """All of them, in their order; none of what there is nothing to tell of."""
    tables = [
        leading(found, say),
        lost(found, say),
        cancelled(found, say),
        in_time(found, day),
        compared("agencies", "agency", found.agencies),
        compared("workshops", "workshop", found.workshops),
        phases(found, say),
        reminded(found, say),
        noticed(found, say),
        reached(found, say),
        staged("steps", found.steps, words.STEPS, say),
        staged("referrals", found.referrals, words.REFERRED, say),
        compared("trainings", "workshop", [Row(name=say(words.TABLES["trainings"]), totals=found.trainings)]),
    ]
    return [table for table in tables if table.lines]


def leading(found: Statistics, say: Say) -> Table:
    """The period and the one before."""
    lines = [Line(say(words.LINES[name]), (figure(found.total, name), figure(found.before, name))) for name in LEADING]
    return Table("leading", ("figure", "now", "before"), lines, LEADING)


def lost(found: Statistics, say: Say) -> Table:
    """Where seats were lost."""
    names = ("empty", "absent", "excused", "lost")
    return Table("lost", ("figure", "places"), _pairs(found.total, names, say))


def cancelled(found: Statistics, say: Say) -> Table:
    """Who gave places up."""
    names = ("cancelled_person", "cancelled_adviser", "cancelled_service")
    return Table("cancelled", ("figure", "people"), _pairs(found.total, names, say))


def in_time(found: Statistics, day: DayWords) -> Table:
    """Week by week, or month by month."""
    key, head = ("months", "month") if found.period.months > 1 else ("weeks", "week")
    lines = [Line(day(row.on), _figures(row.totals, COMPARED)) for row in found.slices if row.on]
    return Table(key, (head, *COMPARED), lines)


def compared(key: str, head: str, rows: Iterable[Row]) -> Table:
    """Agencies, or workshops, beside each other."""
    return Table(key, (head, *COMPARED), [Line(row.name, _figures(row.totals, COMPARED)) for row in rows])


def phases(found: Statistics, say: Say) -> Table:
    """Pilots and the others."""
    lines = [
        Line(say(words.PHASES[row.phase]), (row.agencies, *_figures(row.totals, COMPARED)))
        for row in found.phases
        if row.phase
    ]
    return Table("phases", ("phase", "agencies", *COMPARED), lines)


def reminded(found: Statistics, say: Say) -> Table:
    """Absences by the way of the last reminder."""
    rows = [(say(words.BY_CHANNEL[by]), f"reminded_{by}", f"unminded_{by}") for by in REMINDED]
    return Table("reminded", ("reminder", "people", "absent", "absence"), _absences(found.total, rows))


def noticed(found: Statistics, say: Say) -> Table:
    """Absences by the time between booking and session."""
    rows = [(say(words.BY_NOTICE[by]), f"noticed_{by}", f"unnoticed_{by}") for by, _ in NOTICES]
    return Table("noticed", ("notice", "people", "absent", "absence"), _absences(found.total, rows))


def reached(found: Statistics, say: Say) -> Table:
    """By which way people were told."""
    lines = [
        Line(say(words.BY_CHANNEL[by]), (n := found.total[f"reached_{by}"], part(n, found.total["seated"])))
        for by in REACHED
    ]
    return Table("reached", ("channel", "people", "share"), lines)


def staged(key: str, counts: Counts, names: dict[str, str], say: Say) -> Table:
    """One step after another, each as a share of the first."""
    first = counts[next(iter(names))]
    lines = [Line(say(said), (counts[name], part(counts[name], first))) for name, said in names.items()]
    return Table(key, ("step", "people", "share"), lines)


def _pairs(totals: Totals, names: Sequence[str], say: Say) -> list[Line]:
    return [Line(say(words.LINES[name]), (figure(totals, name),)) for name in names]


def _figures(totals: Totals, names: Sequence[str]) -> tuple[Cell, ...]:
    return tuple(figure(totals, name) for name in names)


def _absences(totals: Totals, rows: Iterable[tuple[str, str, str]]) -> list[Line]:
    return [
        Line(said, (totals[people], totals[absent], part(totals[absent], totals[people])))
        for said, people, absent in rows
    ]
