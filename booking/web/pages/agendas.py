"""The agenda: a day, a week, a month or a list of meetings, of one agency or of all of one's own."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from litestar import Controller, get
from litestar.di import NamedDependency

from booking.domain.agencies import Agency
from booking.domain.staff import Right
from booking.services import agencies, agenda_choices, agendas
from booking.services.agenda_choices import Choices
from booking.web.pages import blocks, days
from booking.web.pages.agenda_searches import ALL, BY_PERSON, BY_ROOM, AgendaSearch
from booking.web.pages.blocks import Block
from booking.web.pages.drawings import draw
from booking.web.pages.periods import View
from booking.web.pages.visits import Visit
from booking.web.rendering import Page
from calendars.zones import wall

USUAL_ZONE = "Europe/Paris"


class AgendaPages(Controller):
    """Where one looks for a session, and for a free place."""

    path = "/sessions"

    @get()
    async def agenda(self, visit: NamedDependency[Visit]) -> Page:
        """The agenda as its address asks for it."""
        own = await agencies.own(visit.db, by=visit.staff)
        shown = await _agencies_shown(visit, own)
        local = wall(visit.now, shown[0].time_zone if shown else USUAL_ZONE)
        choices = await agenda_choices.of_agencies(visit.db, shown, now=visit.now)
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
            shown=draw(search, shown, choices, found, made, local),
            shows_free=bool(planned_by_me) and not search.is_narrowed,
        )


async def _agencies_shown(visit: Visit, own: list[Agency]) -> list[Agency]:
    """The agency asked for, all of one's own, or the first of them with workshops."""
    asked = visit.asked("agence")
    if asked == ALL:
        return own
    if asked:
        return [await agendas.agency(visit.db, asked)]
    return [one for one in own if one.is_hosting][:1] or own[:1]


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
        "agencies": sorted(known.values(), key=lambda agency: agency.search),
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
        "troubled": sum(block.is_troubled for block in standing),
    }
