"""Ways by which nobody writes to a person any more, as programs see and end them."""

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from booking.domain.errors import InvalidField, NotAllowed, NotFound, StaleEdit
from booking.domain.job_seekers import Channel
from booking.domain.suppressions import Because
from booking.services import suppressing
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call


class ClosedWayView(msgspec.Struct):
    """``because``: the person said ``stop`` or ``complained``; a mail ``bounced``, or the number is ``invalid``."""

    id: UUID
    channel: Channel
    because: Because
    since: datetime


class LiftingBody(msgspec.Struct, forbid_unknown_fields=True):
    """Why the address is used again; kept in the audit."""

    because: str


class ClosedWays(Controller):
    """They hold for the address, whoever has it."""

    path = "/job-seekers/{job_seeker_id:uuid}/closed-ways"
    tags = ("job-seekers",)

    @get(summary="Ways by which nobody writes to a person", responses=may_refuse(NotFound, NotAllowed))
    async def every(self, job_seeker_id: FromPath[UUID], call: NamedDependency[Call]) -> list[ClosedWayView]:
        """Those of the addresses that the person has now, the oldest first."""
        found, _ = await suppressing.shown(call.db, job_seeker_id, site=call.site, by=call.staff)
        return [ClosedWayView(one.id, one.channel, one.because, one.since) for one in found]

    @post(
        "/{closed_way_id:uuid}/lifting",
        summary="Write to a person by this way again",
        status_code=204,
        responses=may_refuse(NotFound, NotAllowed, InvalidField, StaleEdit, reads_body=True),
    )
    async def lift(
        self,
        job_seeker_id: FromPath[UUID],
        closed_way_id: FromPath[UUID],
        data: JSONBody[LiftingBody],
        call: NamedDependency[Call],
    ) -> None:
        """Because the person asked for it, or the address takes messages again."""
        said = {"site": call.site, "by": call.staff, "now": call.now}
        await suppressing.lift(call.db, job_seeker_id, closed_way_id, data.because, **said)
