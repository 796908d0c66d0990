"""Agencies and rooms: where they are and how many fit in."""

import math

import pytest

from booking.domain.agencies import distance_km
from booking.domain.identifiers import new_id
from booking.domain.rooms import Room
from tests.given import NOW, an_agency

GRENOBLE = an_agency("Grenoble", latitude=45.1885, longitude=5.7245)
LYON = an_agency("Lyon", latitude=45.7640, longitude=4.8357)
SAINT_DENIS = an_agency("Saint-Denis", latitude=-20.8789, longitude=55.4481)
NOWHERE = an_agency("Nulle part")


def test_distances_are_those_of_the_map():
    assert distance_km(GRENOBLE, LYON) == pytest.approx(94.4, abs=1)
    assert distance_km(LYON, SAINT_DENIS) == pytest.approx(8980, abs=50)


def test_there_is_as_far_as_back_and_here_is_no_distance():
    assert distance_km(GRENOBLE, LYON) == distance_km(LYON, GRENOBLE)
    assert distance_km(LYON, LYON) == 0


def test_an_agency_without_coordinates_is_infinitely_far():
    assert distance_km(NOWHERE, LYON) == distance_km(LYON, NOWHERE) == math.inf


def test_the_other_side_of_the_earth_is_no_error():
    one, other = an_agency("A", latitude=45.0, longitude=5.0), an_agency("B", latitude=-45.0, longitude=-175.0)

    assert distance_km(one, other) == pytest.approx(math.pi * 6371)


def test_a_place_is_one_line_without_gaps():
    whole = an_agency("Bastille", address="3 rue Thiers", postcode="38000", commune="Grenoble")

    assert whole.place == "Bastille, 3 rue Thiers, 38000 Grenoble"
    assert an_agency("Bastille", commune="").place == "Bastille"


@pytest.mark.parametrize(("seats", "workstations", "fit"), [(12, 10, 10), (6, 10, 6)])
def test_a_room_holds_as_many_as_can_sit_and_work(seats, workstations, fit):
    room = Room(id=new_id(NOW), agency_id=LYON.id, name="Vercors", seats=seats, workstations=workstations)

    assert room.capacity == fit
