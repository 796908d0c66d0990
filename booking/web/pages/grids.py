"""Hours down, columns across: where each meeting stands in its day, beside whom, and how tall it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from booking.web.pages.blocks import Block, set_side_by_side
from booking.web.pages.signs import Sign

FIRST_HOUR, LAST_HOUR = 8, 17
QUARTERS = 4


@dataclass(slots=True)
class Column:
    """A day, or a room or a person on a day, with meetings by start. A column of a day has no title of its own."""

    on: date
    blocks: Sequence[Block]
    is_today: bool = False
    title: str = ""
    signs: Sequence[Sign] = ()

    @property
    def count(self) -> int:
        """How many meetings are not cancelled."""
        return sum(block.kind != "off" for block in self.blocks)


@dataclass(slots=True)
class Grid:
    """The columns, the hours between which everything lies, and the row of the present moment."""

    columns: Sequence[Column]
    first_hour: int
    last_hour: int
    now_row: int | None = None

    def row(self, hour: float) -> int:
        """The row of an hour."""
        return round((hour - self.first_hour) * QUARTERS) + 1

    @property
    def most_at_once(self) -> int:
        """How many meetings share the width of a column."""
        return max((block.lanes for column in self.columns for block in column.blocks), default=0)

    @property
    def hours(self) -> int:
        """How many hours it shows."""
        return self.last_hour - self.first_hour


def grid(columns: Sequence[Column], local: datetime) -> Grid:
    """These columns between the first and the last hour of any of them; ``local`` is now, there."""
    blocks = [block for column in columns for block in column.blocks]
    first = min([FIRST_HOUR, *(block.begins.hour for block in blocks)])
    last = max([LAST_HOUR, *(_hour_after(block) for block in blocks)])
    made = Grid(columns, first, last)
    for block in blocks:
        block.row = made.row(block.begins.hour + block.begins.minute / 60)
    for column in columns:
        set_side_by_side(column.blocks)
    if any(column.is_today for column in columns) and first <= local.hour < last:
        made.now_row = made.row(local.hour + local.minute / 60)
    return made


def _hour_after(block: Block) -> int:
    """The full hour at which it is over; midnight when it goes on into the next day."""
    if block.ends.date() > block.begins.date():
        return 24
    return block.ends.hour + (block.ends.time() > time(block.ends.hour))
