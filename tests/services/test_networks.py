"""The network as a whole: each agency with its phase, what lies ahead, and how far its opening is."""

import pytest

from booking.domain.agencies import Phase
from booking.domain.errors import NotAllowed
from booking.domain.openings import Item
from booking.services import networks
from booking.services.networks import Wanted
from tests.given import NOW, World


async def test_each_agency_shows_what_lies_ahead_of_it(world: World):
    session = await world.session(capacity=8)
    await world.booked(session)
    await world.another_agency("Lyon", department="69")

    network = await networks.show(world.db, Wanted(), by=world.manager, now=NOW)

    here, lyon = network.branches
    assert (here.seats.sessions, here.seats.free, here.seats.taken, here.rooms) == (1, 7, 1, 1)
    assert (lyon.seats.sessions, lyon.rooms, lyon.is_mine) == (0, 0, False)
    assert Item.SESSIONS in lyon.checklist.missing and Item.SESSIONS not in here.checklist.missing
    assert network.departments == ["38", "69"]


async def test_pilots_come_first_and_the_closed_last(world: World):
    await world.another_agency("Fermée", phase=Phase.CLOSED, department="01")
    await world.another_agency("Pilote", phase=Phase.PILOT, department="69")

    network = await networks.show(world.db, Wanted(), by=world.manager, now=NOW)

    assert [one.agency.name for one in network.branches] == ["Pilote", world.agency.name, "Fermée"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(said="vaulx"), True),
        (Wanted(said="velin VAULX"), True),
        (Wanted(said="lyon"), False),
        (Wanted(phase=Phase.OPEN), False),
        (Wanted(hosts=False), True),
        (Wanted(department="38"), False),
    ],
    ids=str,
)
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_it_is_narrowed_by_place_phase_and_hosting(world: World, wanted: Wanted, found: bool):
    vaulx = {"commune": "Vaulx-en-Velin", "phase": Phase.PILOT, "hosts": False, "department": "69"}
    await world.another_agency("Les Cèdres", **vaulx)

    network = await networks.show(world.db, wanted, by=world.manager, now=NOW)

    assert ("Les Cèdres" in [one.agency.name for one in network.branches]) is found


async def test_advisers_have_no_need_of_it(world: World):
    with pytest.raises(NotAllowed):
        await networks.show(world.db, Wanted(), by=world.adviser, now=NOW)
