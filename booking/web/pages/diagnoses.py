"""The digital diagnosis on one screen: nine questions, and beside them what they suggest."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import InvalidField, Refused
from booking.domain.idempotency import once
from booking.domain.job_seekers import JobSeeker
from booking.domain.questionnaires import ALWAYS, Questionnaire
from booking.domain.staff import Right
from booking.domain.suggestions import Suggested
from booking.services import diagnoses, looking, merging, questionnaires
from booking.web.forms import Form
from booking.web.pages import diagnosis_words
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page, language_of

# Before the code of a question in the name of its field.
FIELD = "q."
SHOW = "voir"
Said = Mapping[str, Sequence[str]]


class DiagnosisPages(Controller):
    """For who looks after people."""

    path = "/personnes/{person_id:uuid}/diagnostic"

    @get()
    async def ask(self, visit: NamedDependency[Visit], person_id: FromPath[UUID]) -> Answer:
        """The questions, with what was answered the last time beside each."""
        kept_id = await merging.into(visit.db, person_id, by=visit.staff)
        if kept_id:
            return see(f"/personnes/{kept_id}/diagnostic")
        person = await _person(visit, person_id)
        asked = await questionnaires.current(visit.db, by=visit.staff)
        return visit.page("diagnoses/ask.html", **await _shown(visit, person, asked, {}))

    @post()
    async def answer(self, visit: NamedDependency[Visit], person_id: FromPath[UUID]) -> Answer:
        """Keep the answers and look at what they suggest; or look only."""
        form = await visit.form()
        person, asked = await _asked(visit, person_id, form)
        said = said_in(form)
        if form.get("faire") == SHOW:
            return visit.page("diagnoses/ask.html", **await _shown(visit, person, asked, said))
        key = form.get("once")[:100]
        protected = once(
            visit.staff.id, f"{key}:diagnosis" if key else None, "diagnosis", person_id, said, asked.version
        )
        try:
            made = await diagnoses.answer(
                visit.db, person_id, said, version=asked.version, once=protected, by=visit.staff, now=visit.now
            )
        except Refused as refusal:
            return visit.refused("diagnoses/ask.html", refusal, **await _shown(visit, person, asked, said))
        return see(f"/diagnostics/{made.id}?fait=garde")

    @post("/suggestions")
    async def suggest(self, visit: NamedDependency[Visit], person_id: FromPath[UUID]) -> Page:
        """What the answers suggest so far, for a page that is still being filled in."""
        form = await visit.form()
        person, asked = await _asked(visit, person_id, form)
        shown = _around(visit, asked, said_in(form)) | {"person": person}
        page = visit.page("diagnoses/live.html", **shown)
        page.headers["x-parts"] = "1"
        return page


def said_in(form: Form) -> dict[str, list[str]]:
    """The answers of a form by question; those left open are not there."""
    names = dict.fromkeys(form.names(FIELD))
    return {name: given for name in names if (given := [one for one in form.all(FIELD + name) if one])}


def _around(visit: Visit, asked: Questionnaire, said: Said) -> dict[str, Any]:
    """What a form of questions needs, whoever answers; ``found`` is what the answers suggest."""
    return {
        "asked": asked,
        "said": said,
        "found": suggestions_for(asked, said),
        "always": ALWAYS,
        "field": FIELD,
        "words": diagnosis_words,
        "say": visit.say,
        "tongue": language_of(visit.request),
    }


def suggestions_for(asked: Questionnaire, said: Said) -> list[Suggested]:
    """What these answers suggest; nothing while some of them cannot be."""
    try:
        return diagnoses.suggested(asked.rules, asked.answered(said))
    except InvalidField:
        return []


async def _shown(visit: Visit, person: JobSeeker, asked: Questionnaire, said: Said) -> dict[str, Any]:
    former = await diagnoses.of_person(visit.db, person.id, by=visit.staff)
    return _around(visit, asked, said) | {
        "person": person,
        "former": former,
        "done": visit.asked("fait"),
    }


async def _person(visit: Visit, person_id: UUID) -> JobSeeker:
    person = await looking.show(visit.db, person_id, by=visit.staff, now=visit.now, way="diagnosis")
    visit.staff.must(Right.BOOK, person.agency_id)
    return person


async def _asked(visit: Visit, person_id: UUID, form: Form) -> tuple[JobSeeker, Questionnaire]:
    """The person, and the version that the page has shown, unless it names none that was published."""
    person = await _person(visit, person_id)
    version = form.whole("version")
    if version is None:
        return person, await questionnaires.current(visit.db, by=visit.staff)
    return person, await questionnaires.published(visit.db, version, by=visit.staff)
