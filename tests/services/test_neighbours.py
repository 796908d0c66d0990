"""Where else somebody could go, the nearest first."""

import pytest

from booking.domain.agencies import Phase
from booking.services import neighbours
from tests.given import World

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

BASTILLE = {"latitude": 45.166, "longitude": 5.715}
ECHIROLLES = {"latitude": 45.143, "longitude": 5.718}
LYON = {"latitude": 45.760, "longitude": 4.859, "department": "69"}


async def test_the_nearest_agency_comes_first_and_itself_before_all(world: World):
    here = await world.another_agency("Bastille", **BASTILLE)
    await world.another_agency("Lyon", **LYON)
    await world.another_agency("Échirolles", **ECHIROLLES)

    found = await neighbours.of_agency(world.db, here.id)

    assert [n.agency.name for n in found] == ["Bastille", "Échirolles", "Lyon", "Grenoble Bastille"]
    assert 2 < found[1].km < 3


async def test_a_journey_is_not_around(world: World):
    here = await world.another_agency("Bastille", **BASTILLE)
    near = await world.another_agency("Échirolles", **ECHIROLLES)
    await world.another_agency("Lyon", **LYON)

    found = neighbours.around(await neighbours.of_agency(world.db, here.id))

    assert found == [here.id, near.id, world.agency.id], "unknown distances count within the department"


async def test_a_closed_agency_receives_nobody(world: World):
    await world.another_agency("Fermée", phase=Phase.CLOSED)

    found = await neighbours.of_agency(world.db, world.agency.id)

    assert [n.agency.id for n in found] == [world.agency.id]
