"""Referrals to partners: sending somebody, every step after it, and the lists of them."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from booking.domain.errors import (
    AlreadyReferred,
    AnotherRequestHasThisKey,
    InvalidField,
    NotAllowed,
    NotFound,
    ReferralOver,
    ReferralTold,
    RequestRunning,
    StaleEdit,
)
from booking.domain.partner_terms import Service
from booking.domain.referrals import Aid, Deed, Outcome, Referral, ReferralState, Remark, Said, Shared, Step, Way
from booking.services import looking, referral_lists, referrals
from booking.services.referrals import Proposal
from booking.storage.referrals import Wanted
from booking.web.api.conditions import IfMatch, Key, acting_once, etag, version_if_said
from booking.web.api.paging import PAGED, Page
from booking.web.api.refusals import may_refuse, sends
from booking.web.api.requests import Call

TAGGED = [sends("ETag", "The version of the referral, for If-Match.")]
OfState = Annotated[ReferralState | None, QueryParameter(name="state", description="Only in this state.")]


class ReferralBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Where to and what for. With ``has_agreed`` the person agrees, also to pass on what is ``shared``; with
    ``is_sent`` the partner is told at once, which needs that agreement."""

    partner_id: UUID
    service: Service | None = None
    aids: list[Aid]
    shared: list[Shared] = []
    has_agreed: bool = False
    is_sent: bool = False
    diagnosis_id: UUID | None = None

    def proposal(self) -> Proposal:
        """As the services take it."""
        said = {name: getattr(self, name) for name in self.__struct_fields__}
        return Proposal(
            **said | {"service": self.service or "", "aids": tuple(self.aids), "shared": tuple(self.shared)}
        )


class StepBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What has happened: ``accepted`` (with what is ``shared``), ``sent``, ``met`` (with ``met_on``), ``closed`` (with
    an ``outcome``), ``not-reached``, ``remarked`` (with a ``remark``), ``reminded`` by telephone, ``seen`` (the answer
    was read) or ``cancelled``."""

    deed: Deed
    outcome: Outcome | None = None
    met_on: date | None = None
    remark: Remark | None = None
    shared: list[Shared] = []

    def said(self) -> Said:
        """As the services take it."""
        return Said(deed=self.deed, outcome=self.outcome, met_on=self.met_on, remark=self.remark)


class StepView(msgspec.Struct, kw_only=True):
    """A step; neither ``staff_id`` nor ``by_partner`` is the clock. ``about_id`` is the step that is undone."""

    id: UUID
    deed: Deed
    at: datetime
    staff_id: UUID | None
    by_partner: bool
    way: Way | None
    outcome: Outcome | None
    met_on: date | None
    remark: Remark | None
    about_id: UUID | None

    @classmethod
    def of(cls, step: Step) -> "StepView":
        """The view of this step."""
        return cls(**{name: getattr(step, name) for name in cls.__struct_fields__})


class ReferralView(msgspec.Struct, kw_only=True):
    """A referral. The partner's silence is looked at at ``due_at``; since ``overdue_at`` somebody should call him, and
    since ``news_at`` he has said something that nobody has read."""

    id: UUID
    job_seeker_id: UUID
    agency_id: UUID
    partner_id: UUID
    diagnosis_id: UUID | None
    service: str
    aids: list[Aid]
    shared: list[Shared]
    agreed_at: datetime | None
    state: ReferralState
    way: Way | None
    outcome: Outcome | None
    met_on: date | None
    sent_at: datetime | None
    closed_at: datetime | None
    news_at: datetime | None
    due_at: datetime | None
    overdue_at: datetime | None
    reminders: int
    version: int
    created_by: UUID
    created_at: datetime
    changed_at: datetime

    @classmethod
    def of(cls, referral: Referral) -> "ReferralView":
        """The view of this referral."""
        own: dict[str, Any] = {name: getattr(referral, name) for name in cls.__struct_fields__}
        return cls(**own | {"aids": list(referral.aids), "shared": list(referral.shared)})


class WholeReferralView(msgspec.Struct):
    """A referral with every step of it, the first one first."""

    referral: ReferralView
    steps: list[StepView]


class ReferralPage(msgspec.Struct):
    """Referrals by id; ``next`` is the address of the next page, or null on the last one."""

    items: list[ReferralView]
    next: str | None


class ReferralsOfPerson(Controller):
    """Where one person is sent."""

    path = "/job-seekers/{job_seeker_id:uuid}/referrals"
    tags = ("referrals",)

    @post(
        "/",
        summary="Send a person to a partner",
        responses=may_refuse(
            NotFound,
            NotAllowed,
            InvalidField,
            AlreadyReferred,
            AnotherRequestHasThisKey,
            RequestRunning,
            reads_body=True,
        ),
        response_headers=[sends("Location", "The address of the referral."), *TAGGED],
    )
    async def propose(
        self,
        job_seeker_id: FromPath[UUID],
        data: JSONBody[ReferralBody],
        call: NamedDependency[Call],
        key: Key = None,
    ) -> Response[ReferralView]:
        """Proposed, accepted or sent, as it is said. A partner with an address is told by mail: initials and a link."""
        once = acting_once(call.staff.id, key, "referral", job_seeker_id, msgspec.to_builtins(data))
        made = await referrals.propose(
            call.db, job_seeker_id, data.proposal(), by=call.staff, site=call.site, now=call.now, once=once
        )
        return _told(made, {"Location": f"/api/v1/referrals/{made.id}"})

    @get("/", summary="The referrals of a person", responses=may_refuse(NotFound, NotAllowed))
    async def of_person(self, job_seeker_id: FromPath[UUID], call: NamedDependency[Call]) -> list[ReferralView]:
        """The latest first; that somebody looked is written down."""
        await looking.show(call.db, job_seeker_id, by=call.staff, now=call.now, way="referral")
        found = await referral_lists.of_person(call.db, job_seeker_id, by=call.staff)
        return [ReferralView.of(one.referral) for one in found]


class Referrals(Controller):
    """Referrals of one's agencies."""

    path = "/referrals"
    tags = ("referrals",)
    dependencies = PAGED

    @get("/", summary="List referrals", responses=may_refuse(NotAllowed))
    async def every(
        self, call: NamedDependency[Call], page: NamedDependency[Page], standing: OfState = None
    ) -> ReferralPage:
        """Those of one's agencies, by id."""
        wanted = Wanted(agency_ids=None, states=[standing] if standing else ())
        found = await referral_lists.page(call.db, wanted, page.behind(UUID), page.most, by=call.staff)
        shown = found[: page.limit]
        return ReferralPage(
            [ReferralView.of(one) for one in shown], page.following(found, shown[-1].id if shown else None)
        )

    @get(
        "/{referral_id:uuid}",
        summary="One referral",
        responses=may_refuse(NotFound, NotAllowed),
        response_headers=TAGGED,
    )
    async def show(self, referral_id: FromPath[UUID], call: NamedDependency[Call]) -> Response[WholeReferralView]:
        """With its steps."""
        found = await referral_lists.show(call.db, referral_id, by=call.staff, now=call.now)
        view = WholeReferralView(ReferralView.of(found.referral), [StepView.of(step) for step in found.steps])
        return Response(view, headers={"ETag": etag(found.referral.version)})

    @post(
        "/{referral_id:uuid}/steps",
        summary="Note a step of a referral",
        responses=may_refuse(NotFound, NotAllowed, InvalidField, ReferralOver, StaleEdit, reads_body=True),
        response_headers=TAGGED,
    )
    async def step(
        self,
        referral_id: FromPath[UUID],
        data: JSONBody[StepBody],
        call: NamedDependency[Call],
        if_match: IfMatch = None,
    ) -> Response[ReferralView]:
        """What staff do or hear; the partner answers behind his own link. Every step is kept."""
        said: dict[str, Any] = {"version": version_if_said(if_match), "by": call.staff, "now": call.now}
        match data.deed:
            case Deed.ACCEPTED:
                after = await referrals.accept(call.db, referral_id, tuple(data.shared), **said)
            case Deed.SENT:
                after = await referrals.send(call.db, referral_id, site=call.site, **said)
            case Deed.CANCELLED:
                after = await referrals.cancel(call.db, referral_id, **said)
            case _:
                after = await referrals.note(call.db, referral_id, data.said(), **said)
        return _told(after)

    @delete(
        "/{referral_id:uuid}/last-step",
        status_code=200,
        summary="Undo the last step of a referral",
        responses=may_refuse(NotFound, NotAllowed, ReferralOver, ReferralTold, AlreadyReferred, StaleEdit),
        response_headers=TAGGED,
    )
    async def undo(
        self, referral_id: FromPath[UUID], call: NamedDependency[Call], if_match: IfMatch = None
    ) -> Response[ReferralView]:
        """The last step of staff was a slip; once the partner has had a mail of it, it can only be cancelled."""
        said: dict[str, Any] = {"version": version_if_said(if_match), "by": call.staff, "now": call.now}
        return _told(await referrals.undo(call.db, referral_id, **said))


def _told(referral: Referral, headers: dict[str, str] | None = None) -> Response[ReferralView]:
    return Response(ReferralView.of(referral), headers={"ETag": etag(referral.version)} | (headers or {}))
