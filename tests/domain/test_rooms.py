"""Rooms, and what takes them out of use."""

from dataclasses import replace
from datetime import date, time

import pytest

from booking.domain.errors import InvalidField
from booking.domain.hours import Span
from booking.domain.identifiers import new_id
from booking.domain.rooms import Closure, Outage, Room
from tests.given import NOW

AGENCY = new_id(NOW)
ROOM = Room(id=new_id(NOW), agency_id=AGENCY, name="Vercors", seats=12, workstations=10)
BROKEN = Outage(
    id=new_id(NOW),
    room_id=ROOM.id,
    agency_id=AGENCY,
    workstations=3,
    first_on=date(2026, 11, 2),
    last_on=date(2026, 11, 6),
    because="Postes en réparation",
)
INVENTORY = Closure(
    id=new_id(NOW), agency_id=AGENCY, first_on=date(2026, 11, 2), last_on=date(2026, 11, 3), because="Inventaire"
)


@pytest.mark.parametrize(
    ("day", "seats"),
    [(date(2026, 11, 1), 10), (date(2026, 11, 2), 7), (date(2026, 11, 6), 7), (date(2026, 11, 7), 10)],
)
def test_what_is_out_of_order_lowers_the_capacity_from_its_first_day_to_its_last(day, seats):
    assert ROOM.capacity_on(day, [BROKEN]) == seats


def test_two_outages_add_up_and_never_below_none():
    assert ROOM.capacity_on(date(2026, 11, 3), [BROKEN] * 2) == 4
    assert ROOM.capacity_on(date(2026, 11, 3), [BROKEN] * 9) == 0


def test_an_outage_of_another_room_does_not_count():
    assert ROOM.capacity_on(date(2026, 11, 3), [replace(BROKEN, room_id=new_id(NOW))]) == 10


def test_chairs_limit_as_much_as_workstations():
    assert replace(ROOM, seats=4).capacity_on(date(2026, 11, 3), [BROKEN]) == 4


def test_an_agency_that_is_closed_closes_every_room_and_one_room_only_itself():
    day, other = date(2026, 11, 3), new_id(NOW)
    of_the_room = replace(INVENTORY, room_id=ROOM.id)

    assert INVENTORY.concerns(ROOM.id, day) and INVENTORY.concerns(None, day)
    assert of_the_room.concerns(ROOM.id, day)
    assert not of_the_room.concerns(other, day) and not of_the_room.concerns(None, day)
    assert not INVENTORY.concerns(ROOM.id, date(2026, 11, 4))


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"name": " "}, "name", "required"),
        ({"seats": 0}, "seats", "out-of-range"),
        ({"workstations": 501}, "workstations", "out-of-range"),
        ({"opening_hours": (Span(0, time(12), time(12)),)}, "opening_hours", "ends-before-it-starts"),
    ],
)
def test_a_room_that_cannot_be_used_is_refused_by_field(wrong, field, code):
    with pytest.raises(InvalidField) as refused:
        replace(ROOM, **wrong).checked()

    assert refused.value.facts["fields"] == {field: code}


@pytest.mark.parametrize("thing", [BROKEN, INVENTORY], ids=["outage", "closure"])
@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"last_on": date(2026, 11, 1)}, "last_on", "ends-before-it-starts"),
        ({"because": ""}, "because", "required"),
        ({"because": "x" * 121}, "because", "too-long"),
    ],
)
def test_days_out_of_use_have_an_order_and_a_reason(thing, wrong, field, code):
    with pytest.raises(InvalidField) as refused:
        replace(thing, **wrong).checked()

    assert refused.value.facts["fields"] == {field: code}


def test_an_outage_takes_something_away():
    with pytest.raises(InvalidField):
        replace(BROKEN, workstations=0).checked()
