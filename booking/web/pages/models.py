"""Copying a model agency: chosen, tried, and done."""

from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import Refused
from booking.domain.staff import Right
from booking.services import agencies, models, openings
from booking.services.models import LONGEST_WEEKS, Copying, Part, Wish
from booking.web.errors import FIELDS, REFUSALS
from booking.web.forms import Form
from booking.web.pages import phase_words
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

TEMPLATE = "network/copy.html"
PARTS = {
    Part.SETTINGS: "Durée d’une place retenue et liste d’attente",
    Part.CLOSURES: "Fermetures à venir",
    Part.POLICIES: "Règles des messages",
    Part.WORDINGS: "Textes des messages",
    Part.ROOMS: "Salles, à vérifier",
    Part.SESSIONS: "Programme des sessions, en brouillon",
}
HINTS = {
    Part.CLOSURES: "Celles de toute l’agence.",
    Part.ROOMS: "Elles arrivent archivées. Vérifiez leurs places, puis reprenez-les.",
    Part.SESSIONS: "Les mêmes jours et les mêmes heures, sans salle ni équipe.",
}
TYPED = ("model", "first_on", "weeks")


class ModelPages(Controller):
    """For who plans in both agencies."""

    path = "/agences/{agency_id:uuid}/ouverture/copie"

    @get("/")
    async def ask(self, visit: NamedDependency[Visit], agency_id: FromPath[UUID]) -> Page:
        """What shall be copied, from where."""
        return visit.page(TEMPLATE, **await _shown(visit, agency_id, {}, list(Part)))

    @post("/")
    async def copy(self, visit: NamedDependency[Visit], agency_id: FromPath[UUID]) -> Answer:
        """Show what would be copied, or copy it."""
        form = await visit.form()
        is_dry_run = form.get("faire") != "copier"
        shown = await _shown(visit, agency_id, {name: form.get(name) for name in TYPED}, form.all("parts"))
        try:
            wish = _read(form)
            done = await models.copy(visit.db, agency_id, wish, is_dry_run=is_dry_run, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return visit.refused(TEMPLATE, refusal, **shown)
        if not is_dry_run:
            return see(f"/agences/{agency_id}/ouverture?fait=copie")
        return visit.page(TEMPLATE, **shown | {"tried": done, "why": _why(visit, done)})


def _read(form: Form) -> Wish:
    """What the form wishes. Raises :class:`InvalidField` for what cannot be read."""
    model_id, weeks = form.id("model"), form.whole("weeks", 2)
    first_on = form.day("first_on") if form.get("first_on").strip() else None
    if model_id is None:
        form.problems.add("model", "required")
    form.problems.refuse()
    assert model_id is not None and weeks is not None
    parts = frozenset(Part(said) for said in form.all("parts") if said in set(Part))
    return Wish(model_id=model_id, parts=parts, first_on=first_on, weeks=weeks)


def _why(visit: Visit, done: Copying) -> dict[str, str]:
    """Each reason why something is not copied, in a sentence."""
    known = {kind.code(): words.title for kind, words in REFUSALS.items()}
    codes = {code for part in done.parts.values() for _, code in part.refused}
    return {code: visit.say(FIELDS.get(code) or known.get(code, code)) for code in codes}


async def _shown(visit: Visit, agency_id: UUID, typed: dict[str, str], parts: list[Any]) -> dict[str, Any]:
    opening = await openings.show(visit.db, agency_id, by=visit.staff, now=visit.now)
    own = await agencies.own(visit.db, by=visit.staff)
    others = [one for one in own if one.id != agency_id and visit.staff.may(Right.PLAN, one.id)]
    return {
        "agency": opening.agency,
        "models": [("", ""), *((one.id, one.name) for one in others)],
        "parts": PARTS,
        "hints": HINTS,
        "chosen": {str(part) for part in parts},
        "typed": {"model": "", "first_on": "", "weeks": "2"} | typed,
        "longest": LONGEST_WEEKS,
        "words": phase_words,
        "tried": None,
        "why": {},
    }
