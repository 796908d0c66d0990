"""The data of a person: handed to him, kept because of a dispute, erased; and who has looked at them."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.erasures import GIVEN, Cause
from booking.domain.errors import Refused
from booking.domain.staff import Right
from booking.domain.suppressions import ASKED
from booking.services import contact_histories, disputing, dossiers, erasing, job_seekers, looking
from booking.web.pages import dossier_papers, privacy_words, words
from booking.web.pages.pdfs import file_name, pdf
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

TEMPLATE = "privacy/person.html"


class PrivacyPages(Controller):
    """Reached from a person's page."""

    path = "/personnes/{person_id:uuid}"

    @get("/donnees")
    async def show(self, visit: NamedDependency[Visit], person_id: FromPath[UUID]) -> Page:
        """What can be done with the data of this person."""
        return visit.page(TEMPLATE, **await _shown(visit, person_id))

    @get("/donnees.json")
    async def as_json(self, visit: NamedDependency[Visit], person_id: FromPath[UUID]) -> Response[bytes]:
        """All of it for a program."""
        found = await dossiers.of_person(
            visit.db, person_id, way="json", site=visit.site, by=visit.staff, now=visit.now
        )
        name = file_name("donnees", found.person.name).removesuffix(".pdf")
        headers = {"content-disposition": f'attachment; filename="{name}.json"', "cache-control": "private, no-store"}
        content = msgspec.json.format(msgspec.json.encode(found.data), indent=2)
        return Response(content, media_type="application/json", headers=headers)

    @get("/donnees.pdf")
    async def as_paper(self, visit: NamedDependency[Visit], person_id: FromPath[UUID]) -> Response[bytes]:
        """All of it to read."""
        found = await dossiers.of_person(visit.db, person_id, way="pdf", site=visit.site, by=visit.staff, now=visit.now)
        return await pdf(visit, "dossier", dossier_papers.data(found), "donnees", found.person.name)

    @get("/consultations")
    async def looks(self, visit: NamedDependency[Visit], person_id: FromPath[UUID]) -> Page:
        """Who has looked."""
        before = visit.asked("avant")
        last = int(before) if before.isascii() and before.isdecimal() and len(before) < 16 else None
        found = await dossiers.looked(visit.db, person_id, by=visit.staff, before=last)
        return visit.page("privacy/looks.html", found=found, words=privacy_words)

    @post("/litige")
    async def dispute(self, visit: NamedDependency[Visit], person_id: FromPath[UUID]) -> Answer:
        """Keep everything for now."""
        form = await visit.form()
        try:
            await disputing.begin(visit.db, person_id, form.get("because"), by=visit.staff, now=visit.now)
        except Refused as refusal:
            if not refusal.facts.get("fields"):
                raise
            typed = {"because": form.get("because")}
            return visit.refused(TEMPLATE, refusal, **await _shown(visit, person_id, typed=typed))
        return see(f"/personnes/{person_id}/donnees?fait=litige")

    @post("/litige/fin")
    async def settle(self, visit: NamedDependency[Visit], person_id: FromPath[UUID]) -> Answer:
        """The dispute is over."""
        await visit.form()
        await disputing.end(visit.db, person_id, by=visit.staff, now=visit.now)
        return see(f"/personnes/{person_id}/donnees?fait=litige-fini")

    @post("/effacement")
    async def erase(self, visit: NamedDependency[Visit], person_id: FromPath[UUID]) -> Answer:
        """Erase for good, or as soon as the person has heard that his places are cancelled."""
        form = await visit.form()
        person = await job_seekers.show(visit.db, person_id, by=visit.staff)
        visit.staff.must(Right.PLAN, person.agency_id)
        try:
            cause = form.choice("cause", Cause)
            if cause not in GIVEN:
                form.problems.add("cause", "required")
            if not form.get("sure"):
                form.problems.add("sure", "required")
            form.problems.refuse()
            said = {"site": visit.site, "by": visit.staff, "now": visit.now}
            is_done = await erasing.ask(visit.db, person_id, cause or Cause.ASKED, **said)
        except Refused as refusal:
            typed = {"cause": form.get("cause")}
            return visit.refused(TEMPLATE, refusal, **await _shown(visit, person_id, typed=typed))
        if not is_done:
            return see(f"/personnes/{person_id}/donnees?fait=demande")
        return visit.page("privacy/erased.html")

    @post("/effacement/retrait")
    async def keep(self, visit: NamedDependency[Visit], person_id: FromPath[UUID]) -> Answer:
        """The person stays after all."""
        await visit.form()
        await erasing.take_back(visit.db, person_id, by=visit.staff, now=visit.now)
        return see(f"/personnes/{person_id}/donnees?fait=garde")


async def _shown(visit: Visit, person_id: UUID, typed: dict[str, str] | None = None) -> dict[str, Any]:
    """What erases and what keeps is shown to who answers for the agency."""
    person = await looking.show(visit.db, person_id, by=visit.staff, now=visit.now, way="data")
    visit.staff.must(Right.BOOK, person.agency_id)
    said = {"site": visit.site, "by": visit.staff}
    may_erase = visit.staff.may(Right.PLAN, person.agency_id)
    return {
        "person": person,
        "history": await contact_histories.of_person(visit.db, person_id, **said),
        "preview": await erasing.preview(visit.db, person_id, now=visit.now, **said) if may_erase else None,
        "asked": ASKED,
        "words": privacy_words,
        "people": words,
        "typed": {"because": "", "cause": ""} | (typed or {}),
        "done": visit.asked("fait"),
    }
