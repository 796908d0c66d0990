"""Closing an agency or a room for some days, and workstations that are out of order."""

from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import Refused
from booking.domain.identifiers import new_id
from booking.domain.rooms import Closure, Outage
from booking.services import choices, closures, outages
from booking.services.choices import Choices
from booking.web.forms import Form
from booking.web.pages import where
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

FIELDS = ("room_id", "first_on", "last_on", "because", "workstations")


class ClosurePages(Controller):
    """Days on which nobody meets."""

    path = "/salles/fermetures"

    @get("/nouvelle")
    async def new(self, visit: NamedDependency[Visit]) -> Page:
        """The empty form, for the agency or the room asked for."""
        typed = {"room_id": visit.asked("salle"), "first_on": visit.asked("jour")}
        return visit.page("places/closure.html", **_shown(await where.chosen(visit), typed))

    @post("/nouvelle")
    async def close(self, visit: NamedDependency[Visit]) -> Answer:
        """Close; the list says which meetings are concerned."""
        form = await visit.form()
        chosen = await choices.of_planning(visit.db, form.id("agency"), by=visit.staff, now=visit.now)
        try:
            await closures.close(visit.db, _closure(visit, form, chosen), by=visit.staff, now=visit.now)
        except Refused as refusal:
            return visit.refused("places/closure.html", refusal, **_shown(chosen, _typed(form)))
        return see(f"/salles?agence={chosen.agency.slug}&fait=fermeture#fermetures")

    @post("/{closure_id:uuid}/retirer")
    async def reopen(self, visit: NamedDependency[Visit], closure_id: FromPath[UUID]) -> Answer:
        """Take a closure back."""
        form = await visit.form()
        await closures.reopen(visit.db, closure_id, by=visit.staff, now=visit.now)
        return see(f"/salles?agence={_slug(form)}&fait=rouverte#fermetures")


class OutagePages(Controller):
    """Workstations that cannot be used."""

    path = "/salles/pannes"

    @get("/nouvelle")
    async def new(self, visit: NamedDependency[Visit]) -> Page:
        """The empty form, from today on."""
        typed = {"room_id": visit.asked("salle"), "workstations": "1"}
        return visit.page("places/outage.html", **_shown(await where.chosen(visit), typed))

    @post("/nouvelle")
    async def report(self, visit: NamedDependency[Visit]) -> Answer:
        """Note an outage; the list says which meetings no longer fit."""
        form = await visit.form()
        chosen = await choices.of_planning(visit.db, form.id("agency"), by=visit.staff, now=visit.now)
        try:
            await outages.report(visit.db, _outage(visit, form, chosen), by=visit.staff, now=visit.now)
        except Refused as refusal:
            return visit.refused("places/outage.html", refusal, **_shown(chosen, _typed(form)))
        return see(f"/salles?agence={chosen.agency.slug}&fait=panne#pannes")

    @post("/{outage_id:uuid}/terminer")
    async def end(self, visit: NamedDependency[Visit], outage_id: FromPath[UUID]) -> Answer:
        """All works again from today on."""
        form = await visit.form()
        await outages.end(visit.db, outage_id, by=visit.staff, now=visit.now)
        return see(f"/salles?agence={_slug(form)}&fait=reparee#pannes")

    @post("/{outage_id:uuid}/retirer")
    async def remove(self, visit: NamedDependency[Visit], outage_id: FromPath[UUID]) -> Answer:
        """It was never out of order."""
        form = await visit.form()
        await outages.remove(visit.db, outage_id, by=visit.staff, now=visit.now)
        return see(f"/salles?agence={_slug(form)}&fait=retiree#pannes")


def _closure(visit: Visit, form: Form, chosen: Choices) -> Closure:
    return Closure(id=new_id(visit.now), agency_id=chosen.agency.id, room_id=form.id("room_id"), **_days(form))


def _outage(visit: Visit, form: Form, chosen: Choices) -> Outage:
    room_id, workstations = form.id("room_id"), form.whole("workstations")
    for name, found in (("room_id", room_id), ("workstations", workstations)):
        if found is None:
            form.problems.add(name, "required")
    days = _days(form)
    return Outage(
        id=new_id(visit.now),
        agency_id=chosen.agency.id,
        room_id=room_id or UUID(int=0),
        workstations=workstations or 0,
        **days,
    )


def _days(form: Form) -> dict[str, Any]:
    """From which day to which, and why; one day alone needs no end. Raises :class:`InvalidField`."""
    first_on = form.day("first_on")
    last_on = form.day("last_on") if form.get("last_on").strip() else first_on
    form.problems.refuse()
    return {"first_on": first_on, "last_on": last_on, "because": form.get("because").strip()}


def _typed(form: Form) -> dict[str, str]:
    return {name: form.get(name) for name in FIELDS}


def _shown(chosen: Choices, typed: dict[str, str]) -> dict[str, Any]:
    return {"chosen": chosen, "typed": typed}


def _slug(form: Form) -> str:
    """The agency to come back to, as our own form names it."""
    return "".join(letter for letter in form.get("slug") if letter.isalnum() or letter == "-")
