"""Who leads and assists in an agency, and when each can be planned."""

from datetime import date, datetime
from uuid import UUID

import msgspec
from litestar import Controller, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from booking.domain.errors import InvalidField, NotAllowed, NotFound
from booking.domain.identifiers import new_id
from booking.domain.staff import Role
from booking.domain.teams import BusyTime, Member
from booking.services import teams
from booking.web.api.hours import SpanOfHours, spans, views
from booking.web.api.instants import Instant
from booking.web.api.place_views import TouchedView, Week
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call

OWN = (NotFound, NotAllowed)


class BusyTimeBody(msgspec.Struct, forbid_unknown_fields=True):
    """A time at which somebody cannot be planned."""

    starts_at: Instant
    ends_at: Instant
    because: str


class BusyTimeView(msgspec.Struct):
    """A time at which somebody cannot be planned."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    because: str

    @classmethod
    def of(cls, busy: BusyTime) -> "BusyTimeView":
        """The view of this time."""
        return cls(**{name: getattr(busy, name) for name in cls.__struct_fields__})


class HoursBody(msgspec.Struct, forbid_unknown_fields=True):
    """When somebody can be planned; an empty ``availability`` means always.

    ``ends_on`` is the last day of a service.
    """

    availability: Week
    ends_on: date | None = None


class MemberView(msgspec.Struct):
    """Somebody who leads or assists here, with what keeps them busy from now on."""

    id: UUID
    name: str
    roles: list[Role]
    availability: list[SpanOfHours]
    ends_on: date | None
    busy: list[BusyTimeView]

    @classmethod
    def of(cls, member: Member) -> "MemberView":
        """The view of this person."""
        busy = [BusyTimeView.of(one) for one in member.busy]
        roles, hours = sorted(member.roles), views(member.availability)
        return cls(member.id, member.name, roles, hours, member.ends_on, busy)


class MemberInDetail(msgspec.Struct):
    """The same, with the meetings to come that do not suit; those are not changed."""

    member: MemberView
    touched: list[TouchedView]


class Teams(Controller):
    """For who may plan in the agency."""

    path = "/agencies/{agency_id:uuid}/team"
    tags = ("agencies",)

    @get("/", summary="Who leads and assists", responses=may_refuse(*OWN))
    async def list_all(self, agency_id: FromPath[UUID], call: NamedDependency[Call]) -> list[MemberView]:
        """By name."""
        found = await teams.of_agency(call.db, agency_id, by=call.staff, now=call.now)
        return [MemberView.of(member) for member in found.members]

    @put(
        "/{staff_id:uuid}",
        summary="Say when somebody can be planned",
        responses=may_refuse(*OWN, InvalidField, reads_body=True),
    )
    async def set_hours(
        self,
        agency_id: FromPath[UUID],
        staff_id: FromPath[UUID],
        data: JSONBody[HoursBody],
        call: NamedDependency[Call],
    ) -> MemberInDetail:
        """The hours hold for every agency where this person works."""
        hours = spans(data.availability)
        shown = await teams.set_hours(call.db, agency_id, staff_id, hours, data.ends_on, by=call.staff, now=call.now)
        return MemberInDetail(MemberView.of(shown.member), [TouchedView.of(one) for one in shown.touched])

    @post(
        "/{staff_id:uuid}/busy-times",
        summary="Add a time at which somebody is busy",
        responses=may_refuse(*OWN, InvalidField, reads_body=True),
    )
    async def add_busy_time(
        self,
        agency_id: FromPath[UUID],
        staff_id: FromPath[UUID],
        data: JSONBody[BusyTimeBody],
        call: NamedDependency[Call],
    ) -> BusyTimeView:
        """Nothing new is planned then without a reason."""
        busy = BusyTime(id=new_id(call.now), staff_id=staff_id, **msgspec.structs.asdict(data))
        return BusyTimeView.of(await teams.add_busy_time(call.db, agency_id, busy, by=call.staff, now=call.now))

    @delete(
        "/{staff_id:uuid}/busy-times/{busy_time_id:uuid}",
        summary="Take a busy time back",
        responses=may_refuse(*OWN),
    )
    async def remove_busy_time(
        self,
        agency_id: FromPath[UUID],
        staff_id: FromPath[UUID],
        busy_time_id: FromPath[UUID],
        call: NamedDependency[Call],
    ) -> None:
        """As if it had never been."""
        await teams.remove_busy_time(call.db, agency_id, staff_id, busy_time_id, by=call.staff, now=call.now)
