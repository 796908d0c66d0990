"""Rooms, and what takes them out of use."""

from dataclasses import replace
from datetime import date, time

import pytest

from booking.domain.errors import InvalidField
from booking.domain.hours import Span
from booking.domain.identifiers import new_id
from booking.domain.rooms import Closure, Outage, Room, SchoolHoliday
from tests.given import NOW

AGENCY, HERE, THERE = (new_id(NOW) for _ in range(3))
ROOM = Room(id=HERE, agency_id=AGENCY, name="Vercors", seats=12, workstations=10)
MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)


def outage(workstations: int = 3, **known) -> Outage:
    usual = {"room_id": HERE, "first_on": MONDAY, "last_on": FRIDAY, "because": "Écrans"}
    return Outage(id=new_id(NOW), agency_id=AGENCY, workstations=workstations, **(usual | known))


def closure(**known) -> Closure:
    usual = {"room_id": None, "first_on": MONDAY, "last_on": FRIDAY, "because": "Travaux"}
    return Closure(id=new_id(NOW), agency_id=AGENCY, **(usual | known))


def fields(thing) -> dict[str, str]:
    with pytest.raises(InvalidField) as refused:
        thing.checked()
    return refused.value.facts["fields"]


def test_what_is_out_of_order_lowers_the_capacity_on_its_days_only():
    broken = [outage(3), outage(2, first_on=FRIDAY), outage(5, room_id=THERE)]

    assert ROOM.capacity == 10
    assert ROOM.capacity_on(MONDAY, broken) == 7
    assert ROOM.capacity_on(FRIDAY, broken) == 5
    assert ROOM.capacity_on(date(2026, 11, 28), broken) == 10


def test_a_room_is_never_less_than_empty():
    assert ROOM.capacity_on(MONDAY, [outage(500)]) == 0


def test_a_closure_of_the_agency_concerns_every_room_and_meetings_without_one():
    assert closure().concerns(HERE, MONDAY) and closure().concerns(None, FRIDAY)
    assert not closure().concerns(HERE, date(2026, 11, 28))


def test_a_closure_of_a_room_concerns_that_room_alone():
    assert closure(room_id=HERE).concerns(HERE, MONDAY)
    assert not closure(room_id=HERE).concerns(THERE, MONDAY)
    assert not closure(room_id=HERE).concerns(None, MONDAY)


def test_what_is_right_passes():
    assert all(thing.checked() is thing for thing in (ROOM, outage(), closure(), closure(last_on=MONDAY)))


def test_what_is_wrong_is_told_by_field():
    backwards = {"first_on": FRIDAY, "last_on": MONDAY}

    assert fields(replace(ROOM, name=" ", seats=0, workstations=501)) == {
        "name": "required",
        "seats": "out-of-range",
        "workstations": "out-of-range",
    }
    assert fields(closure(**backwards)) == {"last_on": "ends-before-it-starts"}
    assert fields(outage(0, because="")) == {"workstations": "out-of-range", "because": "required"}


def test_days_beyond_every_calendar_are_refused():
    assert fields(closure(first_on=date(1, 1, 1), last_on=date.max)) == {"first_on": "far-away", "last_on": "far-away"}


def test_hours_are_judged_one_by_one():
    spans = (Span(0, time(8), time(12)), Span(0, time(11), time(13)))

    assert fields(replace(ROOM, opening_hours=spans)) == {"opening_hours.2": "overlaps"}


def test_school_holidays_of_one_zone_overlap_when_they_share_a_day():
    autumn = SchoolHoliday(zone="A", name="Toussaint", first_on=date(2026, 10, 17), last_on=date(2026, 11, 1))

    assert autumn.overlaps(replace(autumn, first_on=date(2026, 11, 1), last_on=date(2026, 11, 3)))
    assert not autumn.overlaps(replace(autumn, first_on=date(2026, 12, 19), last_on=date(2027, 1, 3)))
    assert not autumn.overlaps(replace(autumn, zone="B"))
