"""One's own roles, and letting a colleague act in one's place while one is away."""

from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import InvalidField
from booking.services import delegating
from booking.web.pages import role_words
from booking.web.pages.roles import span_of
from booking.web.pages.seat_searches import id_of
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

TEMPLATE = "accounts/roles.html"
TYPED = ("to", "first_on", "last_on")
DONE = {
    "confie": "C’est confié. Cela finit tout seul le dernier jour.",
    "repris": "C’est repris : cette personne n’agit plus à votre place.",
}


class OwnRolePages(Controller):
    """For everybody who works here."""

    path = "/mes-droits"

    @get()
    async def show(self, visit: NamedDependency[Visit]) -> Page:
        """What one holds, and what one entrusted."""
        return visit.page(TEMPLATE, **await _shown(visit, {}))

    @post()
    async def entrust(self, visit: NamedDependency[Visit]) -> Answer:
        """Let a colleague act in one's place."""
        form = await visit.form()
        try:
            span = span_of(form)
            agency_id, to = (id_of(said) for said in form.get("to").partition(".")[::2])
            if agency_id is None or to is None:
                form.problems.add("to", "unknown-choice" if form.get("to") else "required")
            form.problems.refuse()
            assert agency_id is not None and to is not None
            await delegating.entrust(visit.db, agency_id, to, span, by=visit.staff, now=visit.now)
        except InvalidField as refusal:
            typed = {name: form.get(name) for name in TYPED}
            return visit.refused(TEMPLATE, refusal, **await _shown(visit, typed))
        return see("/mes-droits?fait=confie")

    @post("/{role_id:uuid}/reprendre")
    async def take_back(self, visit: NamedDependency[Visit], role_id: FromPath[UUID]) -> Answer:
        """End what one entrusted."""
        await visit.form()
        await delegating.take_back(visit.db, role_id, by=visit.staff, now=visit.now)
        return see("/mes-droits?fait=repris")


async def _shown(visit: Visit, typed: dict[str, str]) -> dict[str, Any]:
    own = await delegating.own(visit.db, by=visit.staff, now=visit.now)
    places = sorted(own.colleagues, key=lambda id: own.places[id].name)
    several = len(places) > 1
    colleagues = [
        (f"{place}.{id}", f"{name} – {own.places[place].name}" if several else name)
        for place in places
        for id, name in own.colleagues[place]
    ]
    shown = {"own": own, "may_entrust": bool(places), "colleagues": colleagues}
    return {**shown, "typed": typed, "words": role_words.ROLES, "done": DONE.get(visit.asked("fait"))}
