"""The small calendar of the planner: month by month, what is proposed and which days are holidays or closed."""

from calendar import Calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from booking.domain.obstacles import Obstacle, ObstacleKind
from booking.services.planner import Preview
from booking.web.pages.plan_rows import Row

# What colours a day: the first of these that is among its marks.
ORDER = ("clash", "blocks", "free", "warns", "out", "holiday", "closed", "school")
OF_DAY = {
    ObstacleKind.PUBLIC_HOLIDAY: "holiday",
    ObstacleKind.WORKED_HOLIDAY: "holiday",
    ObstacleKind.AGENCY_CLOSED: "closed",
    ObstacleKind.ROOM_CLOSED: "closed",
    ObstacleKind.SCHOOL_HOLIDAY: "school",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a month; ``off`` are the holidays and closures, by kind and name. Others fill up the week."""

    day: date
    rows: Sequence[Row] = ()
    off: Sequence[tuple[str, str]] = ()

    @property
    def kind(self) -> str:
        """What colours it, or nothing."""
        found = {row.sign for row in self.rows} | {kind for kind, _ in self.off}
        return next((kind for kind in ORDER if kind in found), "")


@dataclass(frozen=True, slots=True)
class Month:
    """A month by weeks; None is a day of another month."""

    first: date
    weeks: Sequence[Sequence[Cell | None]]


def months(looked: Preview, rows: Sequence[Row]) -> list[Month]:
    """The months from the first proposal to the last."""
    days = [row.proposal.slot.day for row in rows if row.proposal.meeting] + list(looked.plan.stepped_over)
    if not days:
        return []
    return [_month(first, looked, rows) for first in _firsts(min(days), max(days))]


def _firsts(begin: date, end: date) -> Iterator[date]:
    month = begin.replace(day=1)
    while month <= end:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _month(first: date, looked: Preview, rows: Sequence[Row]) -> Month:
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    return Month(
        first, [[_cell(day, looked, rows) if day.month == first.month else None for day in week] for week in weeks]
    )


def _cell(day: date, looked: Preview, rows: Sequence[Row]) -> Cell:
    there = [row for row in rows if row.proposal.slot.day == day]
    room_ids: set[UUID | None] = {slot.room_id for slot in looked.plan.slots}
    off = dict.fromkeys(_named(x) for room_id in room_ids for x in looked.around.of_the_day(day, room_id))
    return Cell(day, there, list(off))


def _named(obstacle: Obstacle) -> tuple[str, str]:
    return OF_DAY[obstacle.kind], obstacle.what
