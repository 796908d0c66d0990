"""Closed days of agencies and rooms, and workstations out of order."""

from uuid import UUID

import msgspec
from litestar import Controller, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from booking.domain.errors import InvalidField, NotAllowed, NotFound
from booking.domain.identifiers import new_id
from booking.domain.rooms import Closure, Outage
from booking.services import closures, outages, places
from booking.web.api.place_views import ClosureBody, ClosureView, OutageBody, OutageChange, OutageView
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call

OWN = (NotFound, NotAllowed)


class Closures(Controller):
    """For who may plan in the agency."""

    tags = ("agencies",)

    @get("/agencies/{agency_id:uuid}/closures", summary="The closures to come", responses=may_refuse(*OWN))
    async def list_closures(self, agency_id: FromPath[UUID], call: NamedDependency[Call]) -> list[ClosureView]:
        """From today on, each with the meetings planned then."""
        place = await places.show(call.db, agency_id, by=call.staff, now=call.now)
        return [ClosureView.of(one.closure, one.touched) for one in place.closed]

    @post(
        "/agencies/{agency_id:uuid}/closures",
        summary="Close an agency or a room",
        responses=may_refuse(*OWN, InvalidField, reads_body=True),
    )
    async def close(
        self, agency_id: FromPath[UUID], data: JSONBody[ClosureBody], call: NamedDependency[Call]
    ) -> ClosureView:
        """The meetings already planned then are named, not changed."""
        closure = Closure(id=new_id(call.now), agency_id=agency_id, **msgspec.structs.asdict(data))
        return ClosureView.of(closure, await closures.close(call.db, closure, by=call.staff, now=call.now))

    @delete("/closures/{closure_id:uuid}", summary="Take a closure back", responses=may_refuse(*OWN))
    async def reopen(self, closure_id: FromPath[UUID], call: NamedDependency[Call]) -> None:
        """As if it had never been."""
        await closures.reopen(call.db, closure_id, by=call.staff, now=call.now)


class Outages(Controller):
    """For who may plan in the agency."""

    tags = ("agencies",)

    @get("/agencies/{agency_id:uuid}/outages", summary="What is out of order", responses=may_refuse(*OWN))
    async def list_outages(self, agency_id: FromPath[UUID], call: NamedDependency[Call]) -> list[OutageView]:
        """From today on, each with the meetings that no longer fit."""
        place = await places.show(call.db, agency_id, by=call.staff, now=call.now)
        return [OutageView.of(one.outage, one.touched) for one in place.out_of_order]

    @post(
        "/agencies/{agency_id:uuid}/outages",
        summary="Report workstations out of order",
        responses=may_refuse(*OWN, InvalidField, reads_body=True),
    )
    async def report(
        self, agency_id: FromPath[UUID], data: JSONBody[OutageBody], call: NamedDependency[Call]
    ) -> OutageView:
        """The meetings that no longer fit are named, not changed."""
        outage = Outage(id=new_id(call.now), agency_id=agency_id, **msgspec.structs.asdict(data))
        return OutageView.of(outage, await outages.report(call.db, outage, by=call.staff, now=call.now))

    @put(
        "/outages/{outage_id:uuid}",
        summary="Write an outage anew",
        responses=may_refuse(*OWN, InvalidField, reads_body=True),
    )
    async def change(
        self, outage_id: FromPath[UUID], data: JSONBody[OutageChange], call: NamedDependency[Call]
    ) -> OutageView:
        """An earlier ``last_on`` ends it early; its room stays."""
        before = await outages.show(call.db, outage_id, by=call.staff)
        after = Outage(id=outage_id, agency_id=before.agency_id, room_id=before.room_id, **msgspec.structs.asdict(data))
        return OutageView.of(after, await outages.change(call.db, after, by=call.staff, now=call.now))

    @delete("/outages/{outage_id:uuid}", summary="Take an outage back", responses=may_refuse(*OWN))
    async def remove(self, outage_id: FromPath[UUID], call: NamedDependency[Call]) -> None:
        """As if it had never been."""
        await outages.remove(call.db, outage_id, by=call.staff, now=call.now)
