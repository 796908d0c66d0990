"""Plans: a whole series proposed with what stands in its way, and written at once."""

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from booking.domain.errors import (
    InvalidField,
    InvalidSchedule,
    NotAllowed,
    NotFound,
    Obstructed,
    PlaceTaken,
    WorkshopArchived,
)
from booking.services import lookups, planner
from booking.services.planner import Agreement
from booking.web.api.plan_views import PlanBody, PlanOrder, PlanView, Written
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call
from booking.web.api.session_views import SessionView


class Plans(Controller):
    """Many meetings from one wish."""

    path = "/plans"
    tags = ("sessions",)

    @post(
        "/preview",
        summary="Look at a plan",
        status_code=200,
        responses=may_refuse(NotFound, NotAllowed, InvalidField, reads_body=True),
    )
    async def preview(self, data: JSONBody[PlanBody], call: NamedDependency[Call]) -> PlanView:
        """Every meeting it comes to, with obstacles and repairs; nothing is written."""
        return PlanView.of(await planner.preview(call.db, data.wish(), data.chosen(), by=call.staff, now=call.now))

    @post(
        "/",
        summary="Write a plan",
        responses=may_refuse(
            NotFound,
            NotAllowed,
            InvalidField,
            InvalidSchedule,
            PlaceTaken,
            Obstructed,
            WorkshopArchived,
            reads_body=True,
        ),
    )
    async def write(self, data: JSONBody[PlanOrder], call: NamedDependency[Call]) -> Written:
        """All of it or nothing, as drafts or open for booking; problems count the proposals of the preview."""
        agreed = Agreement(choices=data.chosen(), publishes=data.publish, overridden_because=data.overridden_because)
        made = await planner.write(call.db, data.wish(), agreed, by=call.staff, site=call.site, now=call.now)
        views = [SessionView.of(await lookups.session(call.db, one.id, by=call.staff)) for one in made]
        return Written(made[0].series_id, views)
