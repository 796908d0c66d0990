"""Closures, outages and hours of the small world."""

from datetime import date, time

from booking.domain.hours import Span
from booking.domain.identifiers import new_id
from booking.domain.rooms import Closure, Outage, Room
from tests.given import NOW, World, in_days

WORKING_HOURS = tuple(
    Span(day, begins, ends) for day in range(5) for begins, ends in ((time(9), time(12)), (time(13, 30), time(17)))
)


def day_in(days: int) -> date:
    """The day so many days from now."""
    return in_days(days).date()


def a_room(world: World, name: str = "Chartreuse", **known: object) -> Room:
    """A room of the agency."""
    usual = {"seats": 8, "workstations": 8, "agency_id": world.agency.id}
    return Room(id=new_id(NOW), name=name, **(usual | known))  # type: ignore[arg-type]


def a_closure(world: World, days: int = 14, last: int | None = None, **known: object) -> Closure:
    """The agency is closed on one day in a fortnight, unless told otherwise."""
    usual = {"agency_id": world.agency.id, "because": "Travaux"}
    ends = day_in(days if last is None else last)
    return Closure(id=new_id(NOW), first_on=day_in(days), last_on=ends, **(usual | known))  # type: ignore[arg-type]


def an_outage(world: World, days: int = 14, last: int | None = None, **known: object) -> Outage:
    """Three workstations of the room do not work on one day in a fortnight."""
    usual = {"agency_id": world.agency.id, "room_id": world.room.id, "workstations": 3, "because": "Écrans"}
    ends = day_in(days if last is None else last)
    return Outage(id=new_id(NOW), first_on=day_in(days), last_on=ends, **(usual | known))  # type: ignore[arg-type]
