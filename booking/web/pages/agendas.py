"""The agenda: a day, a week, a month or a list of meetings, of one agency or of all of one's own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from litestar import Controller, get
from litestar.di import NamedDependency

from booking.domain.agencies import Agency
from booking.domain.obstacles import Surroundings
from booking.domain.staff import Right
from booking.services import agencies, agendas
from booking.services.agendas import Agenda, Choices
from booking.web.pages import blocks, days, holders
from booking.web.pages.agenda_searches import ALL, BY_PERSON, BY_ROOM, AgendaSearch
from booking.web.pages.blocks import Block
from booking.web.pages.days import Leaf
from booking.web.pages.grids import Column, Grid, grid
from booking.web.pages.holders import Holder, Line
from booking.web.pages.periods import View
from booking.web.pages.signs import Sign
from booking.web.pages.visits import Visit
from booking.web.rendering import Page
from calendars.zones import wall

USUAL_ZONE = "Europe/Paris"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the page draws: a grid of hours, the leaf of a month, lines by room or person, or days below each other."""

    grid: Grid | None = None
    leaf: Leaf | None = None
    lines: Sequence[Line] = ()
    holders: Sequence[Holder] = ()
    listed: Sequence[Column] = ()
    signs: Sequence[Sign] = ()


class AgendaPages(Controller):
    """Where one looks for a session, and for a free place."""

    path = "/sessions"

    @get()
    async def agenda(self, visit: NamedDependency[Visit]) -> Page:
        """The agenda as its address asks for it."""
        own = await agencies.own(visit.db, by=visit.staff)
        shown = await _agencies_shown(visit, own)
        local = wall(visit.now, shown[0].time_zone if shown else USUAL_ZONE)
        choices = await agendas.choices(visit.db, shown)
        search = AgendaSearch.of(visit, local.date()).within(choices)
        first, last = days.ends(search.period)
        found = await agendas.show(visit.db, shown, first, last, by=visit.staff, sought=search.sought)
        planned_by_me = {agency.id for agency in shown if visit.staff.may(Right.PLAN, agency.id)}
        made = blocks.made(found.meetings, found.around, visit.now, planned_by_me)
        made = [block for block in made if first <= block.on <= last]
        return visit.page(
            "sessions/agenda.html",
            **_around_it(visit, own, shown, search, choices, local.date()),
            **_summed([block for block in made if search.period.holds(block.on)]),
            is_cut=found.is_cut,
            shown=_shown(search, shown, choices, found, made, local),
            shows_free=bool(planned_by_me) and not search.is_narrowed,
        )


async def _agencies_shown(visit: Visit, own: list[Agency]) -> list[Agency]:
    """The agency asked for, all of one's own, or the first of them."""
    asked = visit.asked("agence")
    if asked == ALL:
        return own
    return [await agendas.agency(visit.db, asked)] if asked else own[:1]


def _around_it(
    visit: Visit, own: Sequence[Agency], shown: Sequence[Agency], search: AgendaSearch, choices: Choices, today: date
) -> dict[str, Any]:
    """The head of the page: where one is, and where one can go."""
    known = {agency.id: agency for agency in (*own, *shown)}
    return {
        "search": search,
        "period": search.period,
        "views": [(view, search.href(period=search.period.seen_as(view, today))) for view in View],
        "today": today,
        "choices": choices,
        "rooms": [(room.id, room.name) for room in choices.rooms],
        "agencies": sorted(known.values(), key=lambda agency: agency.name),
        "agency": shown[0] if len(shown) == 1 else None,
        "may_plan": visit.staff.may_somewhere(Right.PLAN),
        "BY": {"room": BY_ROOM, "person": BY_PERSON},
    }


def _summed(made: Sequence[Block]) -> dict[str, Any]:
    """How many meetings and seats; a cancelled meeting has none."""
    standing = [block for block in made if block.kind != "off"]
    return {
        "kinds": {block.kind for block in made},
        "count": len(standing),
        "seats": sum(block.entry.seats for block in standing),
        "taken": sum(block.entry.taken for block in standing),
        "low": sum(block.kind == "low" for block in standing),
        "troubled": sum(bool(block.signs) for block in standing),
    }


def _shown(
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
    return Shown(grid=grid(columns if view is View.DAY else days.of_week(columns), local))


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
    return Shown(lines=lines, holders=all_of_them)
