"""No request that the description allows or forbids breaks anything; and a planted fault would be found."""

import pytest

from booking.domain.rooms import Room
from booking.services import rooms
from tests.fuzz.api import fuzzed
from tests.given import World
from tests.web.programs import Programs

EACH = 2


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_no_request_made_from_the_description_breaks_anything(world: World, programs: Programs):
    found = await fuzzed(world, programs, EACH)

    assert found.faults == []
    assert len(found.sent) > 80 and found.answers[200] > 20 and found.answers[400] > 80


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_fault_that_was_planted_is_found(world: World, programs: Programs, monkeypatch: pytest.MonkeyPatch):
    add = rooms.add

    async def breaks_where_seats_and_workstations_differ(db: object, room: Room, **more: object) -> Room:
        assert room.seats == room.workstations
        return await add(db, room, **more)

    monkeypatch.setattr(rooms, "add", breaks_where_seats_and_workstations_differ)
    found = await fuzzed(world, programs, 200, only="/rooms")

    assert [fault for fault in found.faults if "POST /api/v1/agencies/{agency_id}/rooms: 500" in fault]
