"""Rooms, closures and outages, as programs write and read them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec

from booking.domain.rooms import Closure, Outage, Room
from booking.storage.touched import Touched
from booking.web.api.hours import SpanOfHours, views

Size = Annotated[int, msgspec.Meta(ge=1, le=500)]
Week = Annotated[list[SpanOfHours], msgspec.Meta(max_length=14)]


class RoomBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A room as it shall be. Without ``opening_hours`` it is open whenever the agency is."""

    name: str
    seats: Size
    workstations: Size
    has_step_free_access: bool = False
    has_hearing_loop: bool = False
    opening_hours: Week = []


class RoomView(msgspec.Struct):
    """A room: how many people it seats, how many workstations stand in it, and the smaller of both as ``capacity``."""

    id: UUID
    agency_id: UUID
    name: str
    seats: int
    workstations: int
    capacity: int
    has_step_free_access: bool
    has_hearing_loop: bool
    opening_hours: list[SpanOfHours]
    archived_at: datetime | None

    @classmethod
    def of(cls, room: Room) -> "RoomView":
        """The view of this room."""
        own = {name: getattr(room, name) for name in cls.__struct_fields__}
        return cls(**own | {"opening_hours": views(room.opening_hours)})


class TouchedView(msgspec.Struct):
    """A meeting that was planned already and that something now stands against; it was not changed."""

    session_id: UUID
    meeting_id: UUID
    workshop: str
    starts_at: datetime
    ends_at: datetime

    @classmethod
    def of(cls, one: Touched) -> "TouchedView":
        """The view of this meeting."""
        return cls(one.session_id, one.meeting_id, one.title, one.starts_at, one.ends_at)


class ClosureBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Days on which the agency is closed, both included; with ``room_id`` only that room."""

    first_on: date
    last_on: date
    because: str
    room_id: UUID | None = None


class ClosureView(msgspec.Struct):
    """A closure with the meetings that were planned then; those are not changed."""

    id: UUID
    agency_id: UUID
    room_id: UUID | None
    first_on: date
    last_on: date
    because: str
    touched: list[TouchedView]

    @classmethod
    def of(cls, closure: Closure, touched: Sequence[Touched]) -> "ClosureView":
        """The view of this closure."""
        own = {name: getattr(closure, name) for name in cls.__struct_fields__ if name != "touched"}
        return cls(**own, touched=[TouchedView.of(one) for one in touched])


class OutageChange(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """How many workstations are out of order, from the first day to the last, both included."""

    workstations: Size
    first_on: date
    last_on: date
    because: str


class OutageBody(OutageChange, forbid_unknown_fields=True, kw_only=True):
    """The same, and in which room."""

    room_id: UUID


class OutageView(msgspec.Struct):
    """An outage with the meetings that no longer fit; those are not changed."""

    id: UUID
    agency_id: UUID
    room_id: UUID
    workstations: int
    first_on: date
    last_on: date
    because: str
    touched: list[TouchedView]

    @classmethod
    def of(cls, outage: Outage, touched: Sequence[Touched]) -> "OutageView":
        """The view of this outage."""
        own = {name: getattr(outage, name) for name in cls.__struct_fields__ if name != "touched"}
        return cls(**own, touched=[TouchedView.of(one) for one in touched])
