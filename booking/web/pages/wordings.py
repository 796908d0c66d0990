"""The texts of an agency: what each message says, tried out on somebody invented, and every version that there was."""

import json
from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.documents import gsm
from booking.domain.errors import NotFound, Refused
from booking.domain.languages import SAID_IN
from booking.domain.messages import MessageKind
from booking.domain.placeholders import allowed
from booking.domain.wording_checks import Fault
from booking.domain.wordings import MOST_SEGMENTS, Slot, WordingForm
from booking.services import wordings
from booking.services.wording_previews import example_values
from booking.services.wordings import Edited
from booking.web.pages import words
from booking.web.pages.visits import Answer, Visit, see
from booking.web.pages.wording_words import FORMS, LANGUAGES, MEANINGS, sentence
from booking.web.rendering import Page

DONE = {
    "texte": "C’est enregistré. Les prochains messages disent ce texte.",
    "origine": "C’est enregistré. Les prochains messages disent le texte d’origine.",
}


class WordingPages(Controller):
    """For who plans in the agency."""

    path = "/agences/{agency_id:uuid}/textes"

    @get("/")
    async def list_all(self, visit: NamedDependency[Visit], agency_id: FromPath[UUID]) -> Page:
        """Every text, and which ones the agency changed."""
        return await _list(visit, agency_id)

    @get("/{kind:str}/{form:str}/{tongue:str}")
    async def edit(
        self,
        visit: NamedDependency[Visit],
        agency_id: FromPath[UUID],
        kind: FromPath[str],
        form: FromPath[str],
        tongue: FromPath[str],
    ) -> Page:
        """One text as it is now."""
        return await _edit(visit, _slot(agency_id, kind, form, tongue))

    @post("/{kind:str}/{form:str}/{tongue:str}")
    async def change(
        self,
        visit: NamedDependency[Visit],
        agency_id: FromPath[UUID],
        kind: FromPath[str],
        form: FromPath[str],
        tongue: FromPath[str],
    ) -> Answer:
        """Try it out, keep it, or go back to an older one."""
        return await _change(visit, _slot(agency_id, kind, form, tongue), dict((await visit.form()).pairs))


class SharedWordingPages(Controller):
    """The same for the whole installation; an agency's own texts come before these."""

    path = "/textes"

    @get("/")
    async def list_all(self, visit: NamedDependency[Visit]) -> Page:
        """Every text, and which ones were changed for all."""
        return await _list(visit, None)

    @get("/{kind:str}/{form:str}/{tongue:str}")
    async def edit(
        self, visit: NamedDependency[Visit], kind: FromPath[str], form: FromPath[str], tongue: FromPath[str]
    ) -> Page:
        """One text as it is now."""
        return await _edit(visit, _slot(None, kind, form, tongue))

    @post("/{kind:str}/{form:str}/{tongue:str}")
    async def change(
        self, visit: NamedDependency[Visit], kind: FromPath[str], form: FromPath[str], tongue: FromPath[str]
    ) -> Answer:
        """Try it out, keep it, or go back to an older one."""
        return await _change(visit, _slot(None, kind, form, tongue), dict((await visit.form()).pairs))


def _slot(agency_id: UUID | None, kind: str, form: str, tongue: str) -> Slot:
    if kind not in set(MessageKind) or form not in set(WordingForm) or tongue not in SAID_IN:
        raise NotFound(kind=kind)
    return Slot(agency_id, MessageKind(kind), WordingForm(form), tongue)


async def _list(visit: Visit, agency_id: UUID | None) -> Page:
    listed = await wordings.list_all(visit.db, agency_id, by=visit.staff)
    return visit.page(
        "wordings/list.html",
        agency=listed.agency,
        listed=listed,
        kinds=wordings.kinds(),
        forms=FORMS,
        tongues=LANGUAGES,
        words=words,
        base=_base(agency_id),
    )


async def _edit(visit: Visit, slot: Slot) -> Page:
    edited = await wordings.show(visit.db, slot, by=visit.staff)
    done = DONE.get(visit.asked("fait"))
    return visit.page("wordings/edit.html", **await _shown(visit, edited, edited.subject, edited.body), done=done)


async def _change(visit: Visit, slot: Slot, form: dict[str, str]) -> Answer:
    subject, body = form.get("subject", ""), form.get("body", "")
    seen, wanted = form.get("seen", ""), form.get("faire", "")
    said = {"seen": _number(seen), "site": visit.site, "by": visit.staff, "now": visit.now}
    try:
        if wanted.startswith("version-"):
            await wordings.restore(visit.db, slot, _number(wanted[8:]) or 0, **said)
        elif wanted != "apercu":
            await wordings.write(visit.db, slot, subject, body, **said)
        else:
            edited = await wordings.show(visit.db, slot, by=visit.staff)
            return visit.page("wordings/edit.html", **await _shown(visit, edited, subject, body), done=None)
    except Refused as refusal:
        edited = await wordings.show(visit.db, slot, by=visit.staff)
        shown = await _shown(visit, edited, subject or edited.subject, body or edited.body)
        told = {"errors": _errors(visit, refusal)} if refusal.facts.get("faults") else {}
        return visit.refused("wordings/edit.html", refusal, **shown, **told, done=None)
    deed = "origine" if wanted == "version-0" else "texte"
    return see(f"{_base(slot.agency_id)}/{slot.kind}/{slot.form}/{slot.language}?fait={deed}")


def _number(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else None


def _errors(visit: Visit, refusal: Refused) -> dict[str, str]:
    """The first fault of each field in a sentence; all of them stand above the text."""
    faults = [Fault(**one) for one in refusal.facts["faults"]]
    return {fault.field: sentence(fault, visit.say) for fault in reversed(faults)}


async def _shown(visit: Visit, edited: Edited, subject: str, body: str) -> dict[str, Any]:
    slot = edited.slot
    tried = await wordings.preview(visit.db, slot, subject, body, site=visit.site, by=visit.staff, now=visit.now)
    is_sms = slot.form is WordingForm.SMS
    examples = example_values(slot, edited.agency, visit.site, visit.now) if is_sms else {}
    return {
        "edited": edited,
        "agency": edited.agency,
        "zone": edited.agency.time_zone if edited.agency else "Europe/Paris",
        "typed": {"subject": subject, "body": body},
        "tried": tried,
        "problems": [sentence(fault, visit.say) for fault in tried.faults],
        "is_sms": is_sms,
        "names": [(name, MEANINGS[name]) for name in allowed(slot.kind, slot.form)],
        "most": MOST_SEGMENTS,
        "measures": _measures(examples) if is_sms else {},
        "forms": FORMS,
        "tongues": LANGUAGES,
        "words": words,
        "base": _base(slot.agency_id),
    }


def _measures(examples: dict[str, str]) -> dict[str, str]:
    """What the script of the page needs to count as we count."""
    return {
        "data-basic": json.dumps("".join(sorted(gsm.BASIC))),
        "data-extended": json.dumps("".join(sorted(gsm.EXTENDED))),
        "data-instead": json.dumps({chr(sign): said for sign, said in gsm.INSTEAD.items()}, ensure_ascii=False),
        "data-examples": json.dumps(examples, ensure_ascii=False),
        "data-most": str(MOST_SEGMENTS),
    }


def _base(agency_id: UUID | None) -> str:
    return f"/agences/{agency_id}/textes" if agency_id else "/textes"
