"""The week as a grid: where each meeting stands in its day, beside whom, and how tall it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from booking.services.agendas import Entry
from booking.web.pages.blocks import Block, kind_of, set_side_by_side
from calendars.holidays import holidays
from calendars.zones import wall

DAY = timedelta(days=1)
WORKING_DAYS = 5
FIRST_HOUR, LAST_HOUR = 8, 17
QUARTERS = 4


@dataclass(slots=True)
class Day:
    """One day with its meetings by start; ``holiday`` is its French name."""

    on: date
    is_today: bool
    holiday: str | None = None
    blocks: list[Block] = field(default_factory=list)

    @property
    def sessions(self) -> int:
        """How many meetings are not cancelled."""
        return sum(block.kind != "off" for block in self.blocks)


@dataclass(slots=True)
class Grid:
    """A week: its days, and the hours between which everything lies."""

    monday: date
    days: list[Day]
    first_hour: int
    last_hour: int
    now_row: int | None

    def row(self, hour: float) -> int:
        """The row of an hour."""
        return round((hour - self.first_hour) * QUARTERS) + 1


def monday_of(said: str, today: date) -> date:
    """The Monday of a week written like 2026-W48 (ISO 8601); of the present one when it cannot be read."""
    try:
        year, week = said.upper().split("-W")
        return date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        return today - today.weekday() * DAY


def name_of(monday: date) -> str:
    """A week as an address says it."""
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"


def grid(monday: date, entries: Sequence[Entry], zone: str, territory: str, now: datetime) -> Grid:
    """The week from this Monday on; Saturday and Sunday only when something happens then."""
    local = wall(now, zone)
    days = [_day(monday + n * DAY, entries, territory, local.date(), now) for n in range(7)]
    shown = [day for n, day in enumerate(days) if n < WORKING_DAYS or day.blocks]
    blocks = [block for day in shown for block in day.blocks]
    first = min([FIRST_HOUR, *(block.begins.hour for block in blocks)])
    last = max([LAST_HOUR, *(_hour_after(block) for block in blocks)])
    made = Grid(monday, shown, first, last, None)
    for block in blocks:
        block.row = made.row(block.begins.hour + block.begins.minute / 60)
    if any(day.is_today for day in shown) and first <= local.hour < last:
        made.now_row = made.row(local.hour + local.minute / 60)
    return made


def _hour_after(block: Block) -> int:
    """The full hour at which it is over; midnight when it goes on into the next day."""
    if block.ends.date() > block.begins.date():
        return 24
    return block.ends.hour + (block.ends.time() > time(block.ends.hour))


def _day(on: date, entries: Sequence[Entry], territory: str, today: date, now: datetime) -> Day:
    blocks = []
    for entry in entries:
        zone = entry.listed.time_zone
        begins = wall(entry.meeting.starts_at, zone)
        if begins.date() == on:
            ends = wall(entry.meeting.ends_at, zone)
            blocks.append(Block(entry, begins, ends, kind_of(entry, now)))
    set_side_by_side(blocks)
    return Day(on, on == today, holidays(territory, on.year).get(on), blocks)
