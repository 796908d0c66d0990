"""Calendars elsewhere that say when people and rooms are busy, by a program."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from booking.domain.errors import InvalidField, NotAllowed, NotFound
from booking.domain.external_calendars import ExternalCalendar
from booking.domain.identifiers import new_id
from booking.services import calendar_refreshes, external_calendars
from booking.storage.external_clashes import ExternalClash
from booking.web.api.refusals import may_refuse, sends
from booking.web.api.requests import Call
from booking.web.security import AnyRequest

OWN = (NotFound, NotAllowed)
Name = Annotated[str, msgspec.Meta(max_length=200)]


class ExternalCalendarName(msgspec.Struct, forbid_unknown_fields=True):
    """How people call it."""

    name: Name


class ExternalCalendarBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A calendar at a public address (https or webcal), or the text of one (at most 60,000 signs): one of both."""

    name: Name
    url: Annotated[str, msgspec.Meta(max_length=2000)] | None = None
    content: str | None = None


class ExternalCalendarView(msgspec.Struct, kw_only=True):
    """A calendar elsewhere; of its address only the host is ever told. ``fetched_at`` is of the last good copy.

    ``problems`` counts the entries that were not understood, by why; ``error`` says why the last try failed.
    """

    id: UUID
    agency_id: UUID
    staff_id: UUID | None
    room_id: UUID | None
    name: str
    host: str
    created_at: datetime
    fetched_at: datetime | None
    covers_until: datetime | None
    read: int
    problems: dict[str, int]
    tried_at: datetime | None
    failures: int
    error: str | None
    next_at: datetime | None

    @classmethod
    def of(cls, calendar: ExternalCalendar) -> "ExternalCalendarView":
        """The view of this calendar."""
        known = {name: getattr(calendar, name) for name in cls.__struct_fields__ if name not in ("host", "problems")}
        return cls(**known, host=calendar.where, problems=dict(calendar.problems))


class ExternalClashView(msgspec.Struct, kw_only=True):
    """A meeting already planned at a time at which its room, or who leads or assists, is busy elsewhere."""

    session_id: UUID
    meeting_id: UUID
    holder_id: UUID
    is_room: bool
    starts_at: datetime
    ends_at: datetime

    @classmethod
    def of(cls, clash: ExternalClash) -> "ExternalClashView":
        """The view of this clash."""
        return cls(**{name: getattr(clash, name) for name in cls.__struct_fields__})


class ExternalCalendarsView(msgspec.Struct):
    """At most five calendars, and the meetings to come that they stand against; those are not changed."""

    calendars: list[ExternalCalendarView]
    clashes: list[ExternalClashView]

    @classmethod
    def of(cls, outside: external_calendars.Outside) -> "ExternalCalendarsView":
        """The view of what is known."""
        calendars = [ExternalCalendarView.of(one) for one in outside.calendars]
        return cls(calendars, [ExternalClashView.of(one) for one in outside.clashes])


class ExternalCalendars(Controller):
    """For who plans there; whoever leads or assists may do so for himself."""

    tags = ("agencies",)

    @get(
        "/agencies/{agency_id:uuid}/team/{staff_id:uuid}/external-calendars",
        summary="Where somebody is busy",
        responses=may_refuse(*OWN),
    )
    async def of_person(
        self, agency_id: FromPath[UUID], staff_id: FromPath[UUID], call: NamedDependency[Call]
    ) -> ExternalCalendarsView:
        """By name. They count in every agency where this person works."""
        known = {"by": call.staff, "now": call.now}
        found = await external_calendars.of_person(call.db, staff_id, agency_id=agency_id, **known)
        return ExternalCalendarsView.of(found)

    @post(
        "/agencies/{agency_id:uuid}/team/{staff_id:uuid}/external-calendars",
        summary="Add somebody's calendar",
        responses=may_refuse(*OWN, InvalidField, reads_body=True),
        response_headers=[sends("Location", "Where it is found.")],
    )
    async def add_for_person(
        self,
        agency_id: FromPath[UUID],
        staff_id: FromPath[UUID],
        data: JSONBody[ExternalCalendarBody],
        call: NamedDependency[Call],
        request: AnyRequest,
    ) -> Response[ExternalCalendarView]:
        """It is read at once, and then every hour; busy times need a reason to be planned over."""
        return await _added(request, call, data, agency_id=agency_id, staff_id=staff_id)

    @get(
        "/agencies/{agency_id:uuid}/rooms/{room_id:uuid}/external-calendars",
        summary="Where a room is taken",
        responses=may_refuse(*OWN),
    )
    async def of_room(
        self, agency_id: FromPath[UUID], room_id: FromPath[UUID], call: NamedDependency[Call]
    ) -> ExternalCalendarsView:
        """By name."""
        known = {"by": call.staff, "now": call.now}
        return ExternalCalendarsView.of(
            await external_calendars.of_room(call.db, room_id, agency_id=agency_id, **known)
        )

    @post(
        "/agencies/{agency_id:uuid}/rooms/{room_id:uuid}/external-calendars",
        summary="Add a room's calendar",
        responses=may_refuse(*OWN, InvalidField, reads_body=True),
        response_headers=[sends("Location", "Where it is found.")],
    )
    async def add_for_room(
        self,
        agency_id: FromPath[UUID],
        room_id: FromPath[UUID],
        data: JSONBody[ExternalCalendarBody],
        call: NamedDependency[Call],
        request: AnyRequest,
    ) -> Response[ExternalCalendarView]:
        """It is read at once, and then every hour."""
        return await _added(request, call, data, agency_id=agency_id, room_id=room_id)

    @get("/external-calendars/{calendar_id:uuid}", summary="One calendar elsewhere", responses=may_refuse(*OWN))
    async def show(self, calendar_id: FromPath[UUID], call: NamedDependency[Call]) -> ExternalCalendarView:
        """How good our copy of it is."""
        return ExternalCalendarView.of(await external_calendars.show(call.db, calendar_id, by=call.staff, now=call.now))

    @put(
        "/external-calendars/{calendar_id:uuid}",
        summary="Give it another name",
        responses=may_refuse(*OWN, InvalidField, reads_body=True),
    )
    async def rename(
        self, calendar_id: FromPath[UUID], data: JSONBody[ExternalCalendarName], call: NamedDependency[Call]
    ) -> ExternalCalendarView:
        """Its address stays: for another one, add it and remove this one."""
        known = {"by": call.staff, "now": call.now}
        return ExternalCalendarView.of(await external_calendars.rename(call.db, calendar_id, data.name, **known))

    @delete("/external-calendars/{calendar_id:uuid}", summary="Remove it", responses=may_refuse(*OWN))
    async def remove(self, calendar_id: FromPath[UUID], call: NamedDependency[Call]) -> None:
        """What it said counts no more."""
        await external_calendars.remove(call.db, calendar_id, by=call.staff, now=call.now)

    @post(
        "/external-calendars/{calendar_id:uuid}",
        summary="Read it again now",
        status_code=200,
        responses=may_refuse(*OWN),
    )
    async def refresh(
        self, calendar_id: FromPath[UUID], call: NamedDependency[Call], request: AnyRequest
    ) -> ExternalCalendarView:
        """Unless it was read a moment ago; when it fails, the last good copy stays and ``error`` says why."""
        copier = request.app.state["copier"]
        found = await calendar_refreshes.refresh(call.db, copier, calendar_id, by=call.staff, now=call.now)
        return ExternalCalendarView.of(found)


async def _added(
    request: AnyRequest, call: Call, data: ExternalCalendarBody, agency_id: UUID, **whose: UUID
) -> Response[ExternalCalendarView]:
    if (data.url is None) == (data.content is None):
        raise InvalidField(fields={"url": "required"})
    wished = ExternalCalendar(
        id=new_id(call.now),
        agency_id=agency_id,
        **whose,
        name=data.name,
        url=data.url,
        created_by=call.staff.id,
        created_at=call.now,
    )
    content = None if data.content is None else data.content.encode()
    copier = request.app.state["copier"]
    added = await external_calendars.add(call.db, copier, wished, by=call.staff, now=call.now, content=content)
    where = f"/api/v1/external-calendars/{added.id}"
    return Response(ExternalCalendarView.of(added), headers={"Location": where}, status_code=201)
