"""What is asked and by which rules it suggests, in plain French; and the rules tried with made-up answers."""

from typing import Any

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import InvalidField, NotFound
from booking.domain.questionnaires import ALWAYS, Questionnaire
from booking.domain.suggestions import suggested
from booking.services import questionnaires
from booking.web.pages import diagnosis_words
from booking.web.pages.diagnoses import FIELD
from booking.web.pages.visits import Visit
from booking.web.rendering import Page, language_of

DONE = {
    "publiee": "C’est publié. Les prochains diagnostics posent ces questions.",
    "abandonnee": "Le brouillon est abandonné.",
}


class QuestionnairePages(Controller):
    """For who sees people; what is written anew is for who plans in the whole network."""

    path = "/diagnostic"

    @get()
    async def show(self, visit: NamedDependency[Visit]) -> Page:
        """What counts now."""
        found = await questionnaires.versions(visit.db, by=visit.staff)
        return _shown(visit, found, found.current)

    @get("/versions/{version:int}")
    async def show_version(self, visit: NamedDependency[Visit], version: FromPath[int]) -> Page:
        """What was asked then."""
        found = await questionnaires.versions(visit.db, by=visit.staff)
        return _shown(visit, found, await questionnaires.show(visit.db, version, by=visit.staff))

    @get("/essai")
    async def try_out(self, visit: NamedDependency[Visit]) -> Page:
        """Made-up answers, and which rules they meet; nothing is kept."""
        asked = await _tried(visit)
        said = _said(visit)
        problems: dict[str, str] = {}
        try:
            answers = asked.answered(said) if said else {}
        except InvalidField as wrong:
            answers, problems = {}, wrong.facts["fields"]
        return visit.page(
            "questionnaires/try.html",
            **around(visit, asked),
            said=said,
            found=suggested(asked.rules, answers),
            met=[rule for rule in asked.rules if rule.is_active and rule.holds(answers)],
            wrong=[one for one in asked.questions if one.code in problems],
            field=FIELD,
            always=ALWAYS,
        )


def around(visit: Visit, asked: Questionnaire) -> dict[str, Any]:
    """What every page about a questionnaire needs."""
    return {
        "asked": asked,
        "words": diagnosis_words,
        "say": visit.say,
        "tongue": language_of(visit.request),
        "zone": "Europe/Paris",
        "may_write": questionnaires.may_write(visit.staff),
    }


def _shown(visit: Visit, found: questionnaires.Versions, asked: Questionnaire) -> Page:
    done = DONE.get(visit.asked("fait"))
    return visit.page("questionnaires/show.html", **around(visit, asked), versions=found, done=done)


async def _tried(visit: Visit) -> Questionnaire:
    """The version that the address names, or the one that counts."""
    version = visit.asked("version")
    if not version:
        return await questionnaires.current(visit.db, by=visit.staff)
    if not (version.isascii() and version.isdigit() and len(version) < 7):
        raise NotFound(version=version)
    return await questionnaires.show(visit.db, int(version), by=visit.staff)


def _said(visit: Visit) -> dict[str, list[str]]:
    """The made-up answers of the address by question."""
    asked = visit.request.query_params
    names = [name for name in asked if name.startswith(FIELD)]
    return {name.removeprefix(FIELD): [one for one in asked.getall(name) if one] for name in names}
