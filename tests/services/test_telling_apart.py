"""Two who look alike and are two: said once, kept, taken back."""

import pytest

from booking.domain.errors import NotFound, NotOneAgency
from booking.services import duplicates, merging
from booking.services.doctor import examine
from tests.given import NOW, World


async def pairs(world: World) -> list[set]:
    found = await duplicates.in_agency(world.db, world.agency.id, by=world.adviser)
    return [{pair.one.id, pair.other.id} for pair in found]


async def test_who_was_told_apart_stands_in_the_list_no_more(world: World) -> None:
    one, other, third = [await world.job_seeker("Diallo") for _ in range(3)]

    for pair in ((one.id, other.id), (other.id, one.id)):
        await duplicates.tell_apart(world.db, *pair, by=world.adviser, now=NOW)

    assert {one.id, other.id} not in await pairs(world)
    assert {one.id, third.id} in await pairs(world)


async def test_it_can_be_left_open_again(world: World) -> None:
    one, other = await world.job_seeker("Diallo"), await world.job_seeker("Diallo")
    await duplicates.tell_apart(world.db, one.id, other.id, by=world.adviser, now=NOW)

    for _ in range(2):
        await duplicates.leave_open(world.db, other.id, one.id, by=world.adviser, now=NOW)

    assert await pairs(world) == [{one.id, other.id}]


async def test_nobody_is_told_apart_from_himself_or_from_nobody(world: World) -> None:
    one = await world.job_seeker()

    with pytest.raises(NotOneAgency):
        await duplicates.tell_apart(world.db, one.id, one.id, by=world.adviser, now=NOW)
    with pytest.raises(NotFound):
        await duplicates.tell_apart(world.db, one.id, world.agency.id, by=world.adviser, now=NOW)


async def test_who_was_told_apart_can_still_be_merged(world: World) -> None:
    one, other = await world.job_seeker("Diallo"), await world.job_seeker("Diallo")
    await duplicates.tell_apart(world.db, one.id, other.id, by=world.adviser, now=NOW)

    await merging.merge(world.db, one.id, other.id, by=world.adviser, now=NOW)

    assert await examine(world.db, now=NOW) == []
