"""Opening an agency by a list: each point with what was found, and where it is done."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import InvalidField
from booking.domain.openings import LONGEST_REASON, Item
from booking.services import openings
from booking.web.pages import opening_words, phase_words
from booking.web.pages.pdfs import as_pdf
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

TEMPLATE = "network/opening.html"
DONE = {
    "inutile": "C’est noté : ce point n’est pas nécessaire ici.",
    "remis": "Ce point est de nouveau à faire.",
    "copie": "La copie est faite. Vérifiez les salles et les brouillons, puis publiez.",
}


class OpeningPages(Controller):
    """For who plans in the agency."""

    path = "/agences/{agency_id:uuid}/ouverture"

    @get("/")
    async def show(self, visit: NamedDependency[Visit], agency_id: FromPath[UUID]) -> Page:
        """The list."""
        return visit.page(TEMPLATE, **await _shown(visit, agency_id))

    @post("/")
    async def settle(self, visit: NamedDependency[Visit], agency_id: FromPath[UUID]) -> Answer:
        """Say that a point is not needed, or that it is after all."""
        form = await visit.form()
        try:
            item = form.chosen("item", Item)
            if form.get("faire") == "remettre":
                await openings.ask_again(visit.db, agency_id, item, by=visit.staff, now=visit.now)
                return see(f"/agences/{agency_id}/ouverture?fait=remis#{item}")
            await openings.leave_out(visit.db, agency_id, item, form.get("because"), by=visit.staff, now=visit.now)
        except InvalidField as refusal:
            shown = await _shown(visit, agency_id)
            return visit.refused(
                TEMPLATE, refusal, **shown | {"wrong": form.get("item"), "typed_because": form.get("because")}
            )
        return see(f"/agences/{agency_id}/ouverture?fait=inutile#{item}")

    @get("/lettre.pdf")
    async def letter(self, visit: NamedDependency[Visit], agency_id: FromPath[UUID]) -> Response[bytes]:
        """A letter to nobody, to see how it comes out of the printer."""
        paper = await openings.try_letter(visit.db, agency_id, by=visit.staff, now=visit.now)
        return as_pdf(paper, "lettre essai")


async def _shown(visit: Visit, agency_id: UUID) -> dict[str, Any]:
    opening = await openings.show(visit.db, agency_id, by=visit.staff, now=visit.now)
    return {
        "opening": opening,
        "agency": opening.agency,
        "said": opening_words,
        "share": opening_words.share(opening.checklist.percent),
        "words": phase_words,
        "longest": LONGEST_REASON,
        "wrong": "",
        "typed_because": "",
        "done": DONE.get(visit.asked("fait")),
    }
