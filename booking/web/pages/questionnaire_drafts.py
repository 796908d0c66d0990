"""Writing the next version of the questionnaire, piece by piece."""

from typing import Any

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import NotFound, QuestionnairePublished, Refused
from booking.domain.questionnaires import ALWAYS, MOST_ANSWERS, Question, Questionnaire
from booking.domain.suggestions import Rule
from booking.services import catalogues, questionnaire_drafts, questionnaires
from booking.web.forms import Form
from booking.web.pages.questionnaire_forms import WHEN, question_said, rule_said
from booking.web.pages.questionnaires import around
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

NEW = "nouvelle"
HERE = "/diagnostic/brouillon"
DONE = {
    "commence": "Voici le brouillon. Rien ne change pour les conseillers avant sa publication.",
    "change": "C’est enregistré dans le brouillon.",
}


class QuestionnaireDraftPages(Controller):
    """For who plans in the whole network."""

    path = HERE

    @get()
    async def show(self, visit: NamedDependency[Visit]) -> Page:
        """The draft as it is."""
        return _draft_page(visit, await _draft(visit))

    @post()
    async def begin(self, visit: NamedDependency[Visit]) -> Answer:
        """Begin one with what counts now, or go on with the one there is."""
        await visit.form()
        await questionnaire_drafts.begin(visit.db, by=visit.staff, now=visit.now)
        return see(f"{HERE}?fait=commence")

    @get("/questions/{part:str}")
    async def edit_question(self, visit: NamedDependency[Visit], part: FromPath[str]) -> Page:
        """One question, or a new one."""
        draft = await _draft(visit)
        question = draft.question(part)
        _must_be(question or part == NEW)
        return visit.page("questionnaires/question.html", **_question_shown(visit, draft, part, question))

    @post("/questions/{part:str}")
    async def write_question(self, visit: NamedDependency[Visit], part: FromPath[str]) -> Answer:
        """Keep it in the draft."""
        form = await visit.form()
        draft = await _draft(visit)
        _must_be(draft.question(part) or part == NEW)
        question = question_said(form, None if part == NEW else part, draft)
        try:
            await questionnaire_drafts.write_question(visit.db, question, **_seen(visit, form))
        except Refused as refusal:
            shown = _question_shown(visit, draft, part, question)
            return visit.refused("questionnaires/question.html", refusal, **shown)
        return see(f"{HERE}?fait=change#q-{question.code}")

    @get("/regles/{part:str}")
    async def edit_rule(self, visit: NamedDependency[Visit], part: FromPath[str]) -> Page:
        """One rule, or a new one."""
        draft = await _draft(visit)
        rule = draft.rule(part)
        _must_be(rule or part == NEW)
        return visit.page("questionnaires/rule.html", **await _rule_shown(visit, draft, part, rule))

    @post("/regles/{part:str}")
    async def write_rule(self, visit: NamedDependency[Visit], part: FromPath[str]) -> Answer:
        """Keep it in the draft."""
        form = await visit.form()
        draft = await _draft(visit)
        _must_be(draft.rule(part) or part == NEW)
        rule = rule_said(form, None if part == NEW else part, draft)
        try:
            await questionnaire_drafts.write_rule(visit.db, rule, **_seen(visit, form))
        except Refused as refusal:
            return visit.refused("questionnaires/rule.html", refusal, **await _rule_shown(visit, draft, part, rule))
        return see(f"{HERE}?fait=change#r-{rule.code}")

    @post("/changer")
    async def change(self, visit: NamedDependency[Visit]) -> Answer:
        """Move a question or rule up, take it out, publish the draft, or give it up."""
        form = await visit.form()
        part, wanted = form.get("part"), form.get("faire")
        try:
            if wanted == "abandonner":
                await questionnaire_drafts.discard(visit.db, by=visit.staff, now=visit.now)
                return see("/diagnostic?fait=abandonnee")
            if wanted == "publier":
                await questionnaire_drafts.publish(visit.db, **_seen(visit, form))
                return see("/diagnostic?fait=publiee")
            do = questionnaire_drafts.remove if wanted == "retirer" else questionnaire_drafts.move
            await do(visit.db, part, **_seen(visit, form))
        except Refused as refusal:
            return _draft_page(visit, await _draft(visit), refusal)
        return see(f"{HERE}?fait=change")


async def _draft(visit: Visit) -> Questionnaire:
    questionnaires.must_write(visit.staff)
    found = await questionnaires.versions(visit.db, by=visit.staff)
    if found.draft is None:
        raise QuestionnairePublished()
    return found.draft


def _must_be(found: object) -> None:
    if not found:
        raise NotFound()


def _seen(visit: Visit, form: Form) -> dict[str, Any]:
    """Which edition of the draft was looked at, who writes, and when."""
    return {"seen": form.whole("edition", 0), "by": visit.staff, "now": visit.now}


def _draft_page(visit: Visit, draft: Questionnaire, refusal: Refused | None = None) -> Page:
    shown = around(visit, draft) | {"done": DONE.get(visit.asked("fait"))}
    template = "questionnaires/draft.html"
    return visit.refused(template, refusal, **shown) if refusal else visit.page(template, **shown)


def _question_shown(visit: Visit, draft: Questionnaire, part: str, question: Question | None) -> dict[str, Any]:
    return around(visit, draft) | {"part": part, "one": question, "most": MOST_ANSWERS}


async def _rule_shown(visit: Visit, draft: Questionnaire, part: str, rule: Rule | None) -> dict[str, Any]:
    catalogue = await catalogues.every(visit.db)
    themes = sorted({one.theme for one in catalogue if one.theme})
    return around(visit, draft) | {"part": part, "one": rule, "themes": themes, "before": WHEN, "always": ALWAYS}
