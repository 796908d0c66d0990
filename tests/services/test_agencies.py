"""Agencies, their rooms, and who works there."""

from dataclasses import replace

import pytest

from booking.domain.errors import NameTaken
from booking.domain.identifiers import new_id
from booking.domain.rooms import Room
from booking.domain.staff import Role
from booking.services import agencies
from tests.given import NOW, World, an_agency


def a_room(agency, name: str = "Vercors") -> Room:
    return Room(id=new_id(NOW), agency_id=agency.id, name=name, seats=12, workstations=10, has_hearing_loop=True)


async def test_an_agency_opens_with_its_rooms(world: World) -> None:
    lyon = an_agency("Lyon Part-Dieu", code="69001", latitude=45.76, longitude=4.86)
    rooms = [a_room(lyon, "Saône"), a_room(lyon, "Rhône")]

    await agencies.open_agency(world.db, lyon, rooms, now=NOW)

    assert [a.name for a in await agencies.every(world.db)] == ["Grenoble Bastille", "Lyon Part-Dieu"]
    assert lyon in await agencies.every(world.db)
    assert await agencies.rooms(world.db, [lyon.id]) == [rooms[1], rooms[0]]


async def test_two_agencies_do_not_share_an_address_a_code_or_a_key(world: World) -> None:
    first = an_agency("Lyon", code="69001", reference="r-1")
    second = an_agency("Villeurbanne", code="69002", reference="r-2")
    await agencies.open_agency(world.db, first, [], now=NOW)

    for same in ("slug", "code", "reference"):
        taken = replace(second, **{same: getattr(first, same)})
        with pytest.raises(NameTaken):
            await agencies.open_agency(world.db, taken, [a_room(second)], now=NOW)

    assert await agencies.rooms(world.db, [second.id]) == []


async def test_two_rooms_of_one_agency_do_not_share_a_name(world: World) -> None:
    lyon = an_agency("Lyon")

    with pytest.raises(NameTaken):
        await agencies.open_agency(world.db, lyon, [a_room(lyon), a_room(lyon)], now=NOW)

    assert lyon not in await agencies.every(world.db)


async def test_rooms_of_two_agencies_may_have_one_name(world: World) -> None:
    lyon = an_agency("Lyon")

    await agencies.open_agency(world.db, lyon, [a_room(lyon, world.room.name)], now=NOW)

    assert {r.agency_id for r in await agencies.rooms(world.db, [lyon.id, world.agency.id])} == {
        lyon.id,
        world.agency.id,
    }


async def test_one_sees_ones_own_agencies(world: World) -> None:
    await world.another_agency()
    everywhere = await world.staff(Role.ADMINISTRATOR, None, "Odile")

    assert await agencies.own(world.db, by=world.adviser) == [world.agency]
    assert len(await agencies.own(world.db, by=everywhere)) == 2


async def test_facilitators_are_found_where_they_lead(world: World) -> None:
    lyon = await world.another_agency()
    yann = await world.staff(Role.FACILITATOR, lyon, "Yann")
    karim = world.facilitator

    assert await agencies.facilitators(world.db, [world.agency.id], now=NOW) == [(karim.id, "Karim", world.agency.id)]
    both = await agencies.facilitators(world.db, [lyon.id, world.agency.id], now=NOW)
    assert [name for _, name, _ in both] == ["Karim", yann.name]
    assert await agencies.facilitators(world.db, [], now=NOW) == []
