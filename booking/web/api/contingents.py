"""Contingents: seats of a session kept for the people of one agency until a moment."""

from uuid import UUID

from litestar import Controller, delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from booking.domain.errors import InvalidField, NotAllowed, NotFound, SessionClosed
from booking.services import contingents
from booking.web.api.contingent_views import ContingentBody, ContingentView
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call


class Contingents(Controller):
    """What a session keeps for agencies."""

    path = "/sessions/{session_id:uuid}/contingents"
    tags = ("sessions",)

    @get("/", summary="Seats kept for agencies", responses=may_refuse(NotFound))
    async def find(self, session_id: FromPath[UUID], call: NamedDependency[Call]) -> list[ContingentView]:
        """By the name of the agency; what was released is not among them."""
        return await _every(session_id, call)

    @put(
        "/{agency_id:uuid}",
        summary="Keep seats for an agency",
        responses=may_refuse(NotFound, NotAllowed, SessionClosed, InvalidField, reads_body=True),
    )
    async def keep(
        self,
        session_id: FromPath[UUID],
        agency_id: FromPath[UUID],
        data: JSONBody[ContingentBody],
        call: NamedDependency[Call],
    ) -> list[ContingentView]:
        """New, or another number or another end; then they fall back to all, and first to who waits."""
        known = {"places": data.places, "until_at": data.until_at}
        await contingents.keep(call.db, session_id, agency_id, **known, by=call.staff, now=call.now)  # type: ignore[arg-type]
        return await _every(session_id, call)

    @delete("/{agency_id:uuid}", summary="Keep no more seats for an agency", responses=may_refuse(NotFound, NotAllowed))
    async def let_go(self, session_id: FromPath[UUID], agency_id: FromPath[UUID], call: NamedDependency[Call]) -> None:
        """Who sits there stays; what is free is for all, and first for who waits."""
        await contingents.let_go(call.db, session_id, agency_id, by=call.staff, now=call.now)


async def _every(session_id: UUID, call: Call) -> list[ContingentView]:
    return [ContingentView.of(kept) for kept in await contingents.of_session(call.db, session_id, by=call.staff)]
