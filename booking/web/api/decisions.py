"""What awaits somebody: sessions with too few people, and people who lost their place."""

from uuid import UUID

from litestar import Controller, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import NotAllowed, NotFound
from booking.services import decisions, recalls
from booking.web.api.decision_views import DecisionView, RecallView
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call


class Decisions(Controller):
    """Lists that become shorter with each decision; a few days' worth, on one page."""

    tags = ("sessions",)

    @get("/decisions", summary="Sessions with too few people", responses=may_refuse(NotAllowed))
    async def to_decide(self, call: NamedDependency[Call]) -> list[DecisionView]:
        """By start, of the agencies where you plan: hold them all the same, merge or cancel them."""
        return [DecisionView.of(one) for one in await decisions.to_decide(call.db, by=call.staff, now=call.now)]

    @get("/recalls", summary="People to call back", responses=may_refuse(NotAllowed))
    async def to_recall(self, call: NamedDependency[Call]) -> list[RecallView]:
        """Of your agencies, who has waited longest first; at most 200."""
        return [RecallView.of(one) for one in await recalls.to_recall(call.db, by=call.staff, now=call.now)]

    @put(
        "/recalls/{booking_id:uuid}",
        summary="Note that somebody was called back",
        status_code=204,
        responses=may_refuse(NotFound, NotAllowed),
    )
    async def recalled(self, booking_id: FromPath[UUID], call: NamedDependency[Call]) -> None:
        """He wants no other date for now."""
        await recalls.recalled(call.db, booking_id, by=call.staff, now=call.now)
