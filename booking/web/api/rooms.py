"""Rooms: adding one, changing it, laying it aside."""

from uuid import UUID

import msgspec
from litestar import Controller, Response, delete, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from booking.domain.errors import InvalidField, NameTaken, NotAllowed, NotFound, StillUsed
from booking.domain.identifiers import new_id
from booking.domain.rooms import Room
from booking.services import rooms
from booking.web.api.hours import spans
from booking.web.api.place_views import RoomBody, RoomView
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call

WRITTEN = (NotFound, NotAllowed, InvalidField, NameTaken)


class Rooms(Controller):
    """For who may plan in the agency."""

    tags = ("agencies",)

    @post("/agencies/{agency_id:uuid}/rooms", summary="Add a room", responses=may_refuse(*WRITTEN, reads_body=True))
    async def add(
        self, agency_id: FromPath[UUID], data: JSONBody[RoomBody], call: NamedDependency[Call]
    ) -> Response[RoomView]:
        """Two rooms of an agency have two names."""
        room = _room(new_id(call.now), agency_id, data)
        return Response(RoomView.of(await rooms.add(call.db, room, by=call.staff, now=call.now)))

    @put("/rooms/{room_id:uuid}", summary="Write a room anew", responses=may_refuse(*WRITTEN, reads_body=True))
    async def change(self, room_id: FromPath[UUID], data: JSONBody[RoomBody], call: NamedDependency[Call]) -> RoomView:
        """What is planned in it stays, and calendars show its new name."""
        before = await rooms.show(call.db, room_id, by=call.staff)
        after = _room(room_id, before.agency_id, data)
        return RoomView.of(await rooms.change(call.db, after, by=call.staff, site=call.site, now=call.now))

    @post(
        "/rooms/{room_id:uuid}/archival",
        summary="Archive a room",
        status_code=200,
        responses=may_refuse(NotFound, NotAllowed, StillUsed),
    )
    async def archive(self, room_id: FromPath[UUID], call: NamedDependency[Call]) -> RoomView:
        """Nothing new is planned in it. The refusal names the `meetings` of sessions to come."""
        return RoomView.of(await rooms.archive(call.db, room_id, by=call.staff, now=call.now))

    @delete(
        "/rooms/{room_id:uuid}/archival",
        summary="Bring a room back",
        status_code=200,
        responses=may_refuse(NotFound, NotAllowed),
    )
    async def restore(self, room_id: FromPath[UUID], call: NamedDependency[Call]) -> RoomView:
        """It can be planned again."""
        return RoomView.of(await rooms.restore(call.db, room_id, by=call.staff, now=call.now))


def _room(room_id: UUID, agency_id: UUID, data: RoomBody) -> Room:
    said = msgspec.structs.asdict(data) | {"opening_hours": spans(data.opening_hours)}
    return Room(id=room_id, agency_id=agency_id, **said)
