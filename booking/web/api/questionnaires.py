"""What is asked in a diagnosis and by which rules it suggests, read and written by a program."""

from dataclasses import replace

import msgspec
from litestar import Controller, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from booking.domain.errors import InvalidField, NotAllowed, NotFound, QuestionnairePublished, StaleEdit
from booking.domain.first_questionnaire import SHIPPED
from booking.domain.questionnaires import Questionnaire
from booking.services import questionnaire_drafts, questionnaires
from booking.web.api.conditions import IfMatch, etag, version_if_said, version_of
from booking.web.api.questionnaire_views import QuestionnaireBody, QuestionnaireView, Said, SuggestedView, Version
from booking.web.api.refusals import may_refuse, sends
from booking.web.api.requests import Call
from booking.web.errors import VersionMissing

TAG = sends("ETag", "The edition of the draft, for If-Match.")
PUBLISHED = (NotAllowed, InvalidField, StaleEdit, QuestionnairePublished)
WRITTEN = (*PUBLISHED, VersionMissing)


class TrialBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Made-up answers, and by which version they are judged; without one, by the one that counts."""

    answers: Said
    version: Version | None = None


class Questionnaires(Controller):
    """For who sees people; drafts are for who plans in the whole network."""

    path = "/questionnaires"
    tags = ("diagnoses",)

    @get("/", summary="Every published version of the questionnaire", responses=may_refuse(NotAllowed))
    async def list_all(self, call: NamedDependency[Call]) -> list[QuestionnaireView]:
        """The one that counts first."""
        found = await questionnaires.versions(call.db, by=call.staff)
        return [QuestionnaireView.of(one) for one in found.every]

    @get("/{version:int}", summary="One version of the questionnaire", responses=may_refuse(NotFound, NotAllowed))
    async def show(self, version: FromPath[int], call: NamedDependency[Call]) -> QuestionnaireView:
        """Its questions and rules."""
        return QuestionnaireView.of(await questionnaires.show(call.db, version, by=call.staff))

    @post(
        "/trial",
        summary="See what made-up answers would suggest",
        status_code=200,
        responses=may_refuse(NotFound, NotAllowed, InvalidField, reads_body=True),
    )
    async def try_out(self, data: JSONBody[TrialBody], call: NamedDependency[Call]) -> list[SuggestedView]:
        """Nothing is kept."""
        *_, found = await questionnaires.try_out(call.db, data.version, data.answers, by=call.staff)
        return [SuggestedView.of(one) for one in found]

    @post(
        "/draft",
        summary="Begin the next version of the questionnaire",
        status_code=200,
        responses=may_refuse(NotAllowed),
        response_headers=[TAG],
    )
    async def begin(self, call: NamedDependency[Call]) -> Response[QuestionnaireView]:
        """It begins as the version that counts; the draft that there is already is answered as it is."""
        return _answer(await questionnaire_drafts.begin(call.db, by=call.staff, now=call.now))

    @put(
        "/draft",
        summary="Write the draft of the questionnaire",
        responses=may_refuse(*WRITTEN, reads_body=True),
        response_headers=[TAG],
    )
    async def write(
        self, data: JSONBody[QuestionnaireBody], call: NamedDependency[Call], if_match: IfMatch = None
    ) -> Response[QuestionnaireView]:
        """All of it at once; nobody is asked by it before it is published."""
        questions = tuple(one.question() for one in data.questions)
        parts = replace(SHIPPED, questions=questions, rules=tuple(one.rule() for one in data.rules))
        about = {"seen": version_of(if_match), "by": call.staff, "now": call.now}
        return _answer(await questionnaire_drafts.write_all(call.db, parts, **about))

    @delete("/draft", summary="Give up the draft of the questionnaire", responses=may_refuse(NotAllowed))
    async def discard(self, call: NamedDependency[Call]) -> None:
        """Nothing happens where there is none."""
        await questionnaire_drafts.discard(call.db, by=call.staff, now=call.now)

    @post(
        "/draft/publication",
        summary="Publish the draft of the questionnaire",
        status_code=200,
        responses=may_refuse(*PUBLISHED),
        response_headers=[TAG],
    )
    async def publish(self, call: NamedDependency[Call], if_match: IfMatch = None) -> Response[QuestionnaireView]:
        """From now on this is asked. With If-Match, only the edition that was seen."""
        about = {"seen": version_if_said(if_match), "by": call.staff, "now": call.now}
        return _answer(await questionnaire_drafts.publish(call.db, **about))


def _answer(one: Questionnaire) -> Response[QuestionnaireView]:
    return Response(QuestionnaireView.of(one), headers={"ETag": etag(one.edition)})
