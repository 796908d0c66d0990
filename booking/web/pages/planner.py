"""Planning a series: one wish, looked at with all that stands in its way, and written at once."""

from collections.abc import Sequence
from typing import Any

from litestar import Controller, get, post
from litestar.di import NamedDependency

from booking.domain.sessions import Session
from booking.services import agencies, choices, teams
from booking.services.choices import Choices
from booking.web.pages import plan_forms, plan_pages, plan_results, words
from booking.web.pages.plan_forms import Typed
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page
from calendars.zones import today

TEMPLATE = "planner/form.html"


class PlannerPages(Controller):
    """A term of an agency, series by series."""

    path = "/sessions/planifier"

    @get()
    async def begin(self, visit: NamedDependency[Visit]) -> Page:
        """The form, for the agency asked for; after a series was written, with what the next one may share."""
        asked = visit.asked("agence")
        agency = next((x for x in await agencies.own(visit.db, by=visit.staff) if x.slug == asked), None)
        chosen = await choices.of_planning(visit.db, agency.id if agency else None, by=visit.staff, now=visit.now)
        typed = plan_forms.begun(visit.request.url.query)
        around = await _around(visit, chosen, typed)
        return plan_pages.blank(visit, TEMPLATE, around | {"done": plan_results.told(visit)})

    @post()
    async def plan(self, visit: NamedDependency[Visit]) -> Answer:
        """Show what the wish comes to, or write it."""
        form = await visit.form()
        chosen = await choices.of_planning(visit.db, form.id("agency"), by=visit.staff, now=visit.now)
        typed = plan_forms.typed(form)
        if form.get("action") == "agency":
            there = Typed({**typed.said, "room": "", "facilitator": ""}, {**typed.several, "assistants": []})
            return plan_pages.blank(visit, TEMPLATE, await _around(visit, chosen, there))
        around = await _around(visit, chosen, typed)

        def done(made: Sequence[Session], published: bool) -> Answer:
            said = plan_results.address(made, published, chosen.agency.time_zone, agence=chosen.agency.slug)
            next_one = Typed({**typed.said, "workshop": ""}, typed.several)
            return see(f"/sessions/planifier?{said}&{next_one.address}")

        return await plan_pages.answer(visit, TEMPLATE, form, plan_forms.wish(form, chosen), around, done)


async def _around(visit: Visit, chosen: Choices, typed: Typed) -> dict[str, Any]:
    team = await teams.of_agency(visit.db, chosen.agency.id, by=visit.staff, now=visit.now)
    return {
        "choices": chosen,
        "typed": typed,
        "team": team.members,
        "words": words,
        "this_day": today(visit.now, chosen.agency.time_zone),
        "done": None,
    }
