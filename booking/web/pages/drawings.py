"""What the agenda draws for a view: a grid of hours, the leaf of a month, rooms or people across, a list."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from booking.domain.agencies import Agency
from booking.domain.obstacles import Surroundings
from booking.services.agenda_choices import Choices
from booking.services.agendas import Agenda
from booking.web.pages import days, holders
from booking.web.pages.agenda_searches import AgendaSearch
from booking.web.pages.blocks import Block
from booking.web.pages.days import Leaf
from booking.web.pages.grids import Column, Grid, grid
from booking.web.pages.holders import Line
from booking.web.pages.periods import View
from booking.web.pages.signs import Sign
from booking.web.pages.vacancies import Holder

MOST_AT_ONCE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the page draws: a grid of hours, the leaf of a month, lines by room or person, or days below each other.

    ``last`` is the last day of a week that is shown.
    """

    grid: Grid | None = None
    leaf: Leaf | None = None
    lines: Sequence[Line] = ()
    holders: Sequence[Holder] = ()
    listed: Sequence[Column] = ()
    signs: Sequence[Sign] = ()
    last: date | None = None


def draw(
    search: AgendaSearch,
    shown: Sequence[Agency],
    choices: Choices,
    found: Agenda,
    made: Sequence[Block],
    local: datetime,
) -> Shown:
    around = _around(shown, found)
    view = search.period.view
    columns = days.columns(*days.ends(search.period), days.by_day(made), local.date(), around)
    if view is View.MONTH:
        return Shown(leaf=days.leaf(columns))
    if view is View.LIST:
        return Shown(listed=[day for day in columns if day.blocks or day.signs or day.is_today])
    if search.by:
        return _by_holder(search, choices, columns, made, around, local)
    if view is View.DAY:
        return Shown(grid=grid(columns, local))
    return _week(days.of_week(columns), local)


def _week(columns: Sequence[Column], local: datetime) -> Shown:
    """A grid; where so many meetings are at once that no title could be read, one line for each."""
    hours = grid(columns, local)
    is_crowded = hours.most_at_once > MOST_AT_ONCE
    return Shown(last=columns[-1].on, grid=None if is_crowded else hours, leaf=Leaf([columns]) if is_crowded else None)


def _around(shown: Sequence[Agency], found: Agenda) -> Surroundings | None:
    """What is around the days: of several agencies only the holidays, where they have the same."""
    territories = {(agency.holiday_territory, agency.time_zone) for agency in shown}
    if len(territories) != 1:
        return None
    return found.around[shown[0].id] if len(shown) == 1 else replace(found.around[shown[0].id], closures=())


def _by_holder(
    search: AgendaSearch,
    choices: Choices,
    columns: Sequence[Column],
    made: Sequence[Block],
    around: Surroundings | None,
    local: datetime,
) -> Shown:
    all_of_them = holders.with_nobody(holders.of_choices(search.by, choices, around), made, search.by)
    if search.period.view is View.DAY:
        side_by_side = holders.columns(columns[0], all_of_them, search.by, around)
        return Shown(grid=grid(side_by_side, local), signs=columns[0].signs)
    lines = holders.lines(days.of_week(columns), all_of_them, search.by, around)
    return Shown(last=lines[-1].on, lines=lines, holders=all_of_them)
