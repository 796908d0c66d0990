"""The phase of an agency: what a change entails stands beside the form; what was changed stands below it."""

from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.agencies import Phase
from booking.domain.errors import Refused
from booking.domain.phases import LONGEST_REASON, Becoming
from booking.domain.staff import Right
from booking.services import phases
from booking.services.phases import Standing
from booking.web.forms import Form
from booking.web.pages import phase_words
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

TEMPLATE = "network/phase.html"
BLANK = dict.fromkeys(("phase", "hosts", "due_on", "because", "keeps_sessions"), "")
DONE = {
    "change": "C’est fait. L’agence est ainsi à partir de maintenant.",
    "prevu": "C’est prévu. Le changement se fera tout seul ce jour-là.",
    "abandon": "Le changement prévu est annulé.",
    "retour": "C’est défait. L’agence est de nouveau comme avant.",
}


class PhasePages(Controller):
    """For who plans in the agency."""

    path = "/agences/{agency_id:uuid}/etape"

    @get("/")
    async def show(self, visit: NamedDependency[Visit], agency_id: FromPath[UUID]) -> Page:
        """How the agency stands, and the form of a change."""
        standing = await phases.show(visit.db, agency_id, by=visit.staff, now=visit.now)
        agency = standing.agency
        typed = {"phase": agency.phase, "hosts": "hosts" if agency.hosts else "sends"}
        return visit.page(TEMPLATE, **_shown(visit, standing, typed))

    @post("/")
    async def change(self, visit: NamedDependency[Visit], agency_id: FromPath[UUID]) -> Answer:
        """Make the agency so, at once or on a day."""
        form = await visit.form()
        standing = await phases.show(visit.db, agency_id, by=visit.staff, now=visit.now)
        keeps = bool(form.get("keeps_sessions"))
        try:
            wished = _read(form)
            made = await phases.change(visit.db, agency_id, wished, keeps_sessions=keeps, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return visit.refused(TEMPLATE, refusal, **_shown(visit, standing, dict(form.pairs)))
        return see(f"/agences/{agency_id}/etape?fait={'prevu' if made.due_on else 'change'}")

    @post("/abandon")
    async def drop(self, visit: NamedDependency[Visit], agency_id: FromPath[UUID]) -> Answer:
        """Nothing comes of what is planned."""
        form = await visit.form()
        visit.staff.must(Right.PLAN, agency_id)
        change_id = _named(form)
        await phases.drop(visit.db, agency_id, change_id, by=visit.staff, now=visit.now)
        return see(f"/agences/{agency_id}/etape?fait=abandon")

    @post("/retour")
    async def undo(self, visit: NamedDependency[Visit], agency_id: FromPath[UUID]) -> Answer:
        """The agency is again what it was."""
        form = await visit.form()
        visit.staff.must(Right.PLAN, agency_id)
        change_id = _named(form)
        await phases.undo(visit.db, agency_id, change_id, by=visit.staff, now=visit.now)
        return see(f"/agences/{agency_id}/etape?fait=retour")


def _named(form: Form) -> UUID:
    """The change that the form is about. Raises :class:`InvalidField`."""
    change_id = form.id("change")
    if change_id is None:
        form.problems.add("change", "required")
    form.problems.refuse()
    assert change_id is not None
    return change_id


def _read(form: Form) -> Becoming:
    """The change as the form says it. Raises :class:`InvalidField` for what cannot be read."""
    phase, hosts = form.choice("phase", Phase), form.get("hosts")
    due_on = form.day("due_on") if form.get("due_on").strip() else None
    if phase is None:
        form.problems.add("phase", "required")
    if hosts not in phase_words.HOSTING:
        form.problems.add("hosts", "required")
    form.problems.refuse()
    assert phase is not None
    return Becoming(phase=phase, hosts=hosts == "hosts", because=form.get("because"), due_on=due_on)


def _shown(visit: Visit, standing: Standing, typed: dict[str, Any]) -> dict[str, Any]:
    return {
        "standing": standing,
        "agency": standing.agency,
        "typed": BLANK | typed,
        "words": phase_words,
        "longest": LONGEST_REASON,
        "done": DONE.get(visit.asked("fait")),
        "may_undo": next((one for one in standing.history if standing.may_be_undone(one, visit.now)), None),
    }
