"""Who holds which role in an agency: for who manages it."""

from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import InvalidField
from booking.domain.roles import GIVEN_BY_MANAGERS, Span
from booking.domain.staff import Right, Role
from booking.services import roles
from booking.services.choices import Choices
from booking.web.errors import field_words
from booking.web.forms import Form
from booking.web.pages import role_words, where
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

TEMPLATE = "places/roles.html"
TYPED = ("sign_in_name", "role", "first_on", "last_on", "everywhere")
DONE = {"donne": "Le rôle est donné.", "fini": "Le rôle est terminé. Cette personne ne peut plus rien faire par lui."}


class RolePages(Controller):
    """For managers, and for who administers the network."""

    path = "/equipe/roles"

    @get()
    async def show(self, visit: NamedDependency[Visit]) -> Page:
        """Who holds, held and will hold what."""
        chosen = await where.chosen(visit)
        return visit.page(TEMPLATE, **await _shown(visit, chosen, {}))

    @post()
    async def give(self, visit: NamedDependency[Visit]) -> Answer:
        """Give a role."""
        form = await visit.form()
        chosen = await where.chosen(visit)
        agency_id = None if form.get("everywhere") else chosen.agency.id
        try:
            role = form.choice("role", Role)
            span = span_of(form)
            if role is None:
                form.problems.add("role", "required")
            form.problems.refuse()
            assert role is not None
            name = form.get("sign_in_name")
            await roles.give(visit.db, agency_id, name, role, span, by=visit.staff, now=visit.now)
        except InvalidField as refusal:
            errors = field_words(refusal.facts["fields"], visit.say)
            typed = {name: form.get(name) for name in TYPED}
            return visit.refused(TEMPLATE, refusal, **await _shown(visit, chosen, typed), errors=errors)
        return see(f"/equipe/roles?agence={chosen.agency.slug}&fait=donne")

    @post("/{role_id:uuid}/fin")
    async def end(self, visit: NamedDependency[Visit], role_id: FromPath[UUID]) -> Answer:
        """End a role at once."""
        await visit.form()
        await roles.end(visit.db, role_id, by=visit.staff, now=visit.now)
        chosen = await where.chosen(visit)
        return see(f"/equipe/roles?agence={chosen.agency.slug}&fait=fini")


def span_of(form: Form) -> Span:
    """The days of a form; each may be empty."""
    return Span(
        first_on=form.day("first_on") if form.get("first_on").strip() else None,
        last_on=form.day("last_on") if form.get("last_on").strip() else None,
    )


async def _shown(visit: Visit, chosen: Choices, typed: dict[str, str]) -> dict[str, Any]:
    found = await roles.of_agency(visit.db, chosen.agency.id, by=visit.staff, now=visit.now)
    network = await roles.of_network(visit.db, by=visit.staff, now=visit.now) if _is_above(visit) else None
    given = [role for role in Role if role in GIVEN_BY_MANAGERS or _is_above(visit)]
    return {
        "chosen": chosen,
        "found": found,
        "network": network,
        "given": [
            (role.value, f"{visit.say(role_words.ROLES[role])} : {visit.say(role_words.HINTS[role])}") for role in given
        ],
        "typed": typed,
        "words": role_words.ROLES,
        "done": DONE.get(visit.asked("fait")),
    }


def _is_above(visit: Visit) -> bool:
    return visit.staff.may_somewhere(Right.ADMINISTER)
