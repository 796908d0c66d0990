"""The rules of messages of an agency or of one of its workshops, and exactly what leaves when, by a program."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from booking.domain.errors import InvalidField, NotAllowed, NotFound, StaleEdit
from booking.domain.policies import Policy
from booking.services import message_policies, previewing
from booking.services.message_policies import Decision
from booking.web.api.conditions import IfMatch, etag, version_if_said, version_of
from booking.web.api.policy_views import EffectView, LeavingView, PolicyBody, PolicyDecisionView, PreviewView
from booking.web.api.refusals import may_refuse, sends
from booking.web.api.requests import Call
from booking.web.errors import VersionMissing

WorkshopId = Annotated[UUID | None, QueryParameter(name="workshop", description="Of this workshop instead of all.")]
PersonId = Annotated[UUID | None, QueryParameter(name="job_seeker", description="Only to this person.")]
TAG = sends("ETag", "The version of the decision, for If-Match.")
WRITTEN = (NotFound, NotAllowed, StaleEdit, VersionMissing)


class MessagePolicies(Controller):
    """For who plans in the agency."""

    path = "/agencies/{agency_id:uuid}/message-policy"
    tags = ("messages",)

    @get(
        summary="The rules of messages",
        responses=may_refuse(NotFound, NotAllowed),
        response_headers=[TAG],
    )
    async def show(
        self, agency_id: FromPath[UUID], call: NamedDependency[Call], workshop: WorkshopId = None
    ) -> Response[PolicyDecisionView]:
        """What counts now, and every version of it."""
        return _answer(await message_policies.show(call.db, agency_id, workshop, by=call.staff))

    @put(
        summary="Decide the rules of messages anew",
        responses=may_refuse(*WRITTEN, InvalidField, reads_body=True),
        response_headers=[TAG],
    )
    async def change(
        self,
        agency_id: FromPath[UUID],
        data: JSONBody[PolicyBody],
        call: NamedDependency[Call],
        workshop: WorkshopId = None,
        if_match: IfMatch = None,
    ) -> Response[PolicyDecisionView]:
        """The reminders ahead are planned accordingly: the first at once, the rest within minutes."""
        return await _decide(call, agency_id, workshop, data.policy(), version_of(if_match))

    @delete(
        summary="Take up again what is decided for all, or is usual",
        status_code=200,
        responses=may_refuse(NotFound, NotAllowed, StaleEdit),
        response_headers=[TAG],
    )
    async def follow(
        self,
        agency_id: FromPath[UUID],
        call: NamedDependency[Call],
        workshop: WorkshopId = None,
        if_match: IfMatch = None,
    ) -> Response[PolicyDecisionView]:
        """A workshop follows its agency again, an agency what is usual everywhere. With If-Match, only the version that
        was seen."""
        return await _decide(call, agency_id, workshop, None, version_if_said(if_match))

    @post(
        "/preview",
        summary="See what other rules of messages would change",
        status_code=200,
        responses=may_refuse(NotFound, NotAllowed, InvalidField, reads_body=True),
    )
    async def try_out(
        self,
        agency_id: FromPath[UUID],
        data: JSONBody[PolicyBody],
        call: NamedDependency[Call],
        workshop: WorkshopId = None,
    ) -> EffectView:
        """Nothing is changed."""
        about = {"by": call.staff, "now": call.now}
        return EffectView.of(await message_policies.try_out(call.db, agency_id, workshop, data.policy(), **about))


class MessagePreviews(Controller):
    """For who tells people things."""

    tags = ("messages",)

    @get(
        "/sessions/{session_id:uuid}/message-preview",
        summary="Exactly what leaves when, about a session",
        responses=may_refuse(NotFound, NotAllowed),
    )
    async def show(
        self, session_id: FromPath[UUID], call: NamedDependency[Call], job_seeker: PersonId = None
    ) -> PreviewView:
        """To everybody of your agencies, or to one person; as if booked now for who has no place there."""
        about = {"machines": call.machines, "site": call.site, "by": call.staff, "now": call.now}
        found = await previewing.of_session(call.db, session_id, job_seeker, **about)
        return PreviewView(found.is_supposed, [LeavingView.of(one) for one in found.leaving])


async def _decide(
    call: Call, agency_id: UUID, workshop_id: UUID | None, policy: Policy | None, version: int | None
) -> Response[PolicyDecisionView]:
    about = {"version": version, "by": call.staff, "now": call.now}
    return _answer((await message_policies.change(call.db, agency_id, workshop_id, policy, **about)).decision)


def _answer(decision: Decision) -> Response[PolicyDecisionView]:
    return Response(PolicyDecisionView.of(decision), headers={"ETag": etag(decision.version)})
