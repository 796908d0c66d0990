"""Who lost a place because the service cancelled is called back, until another is found."""

import pytest

from booking.domain.endings import Then
from booking.domain.errors import NotAllowed, NotFound
from booking.domain.staff import Role
from booking.services import recalls, scheduling
from tests.given import DAY, NOW, SITE, World, in_days, meeting


async def cancel(world: World, session, **how: object) -> None:
    known = {"because": "Panne", "by": world.manager, "site": SITE, "now": NOW}
    await scheduling.cancel(world.db, session.id, **(known | how))


async def listed(world: World, by=None, now=NOW) -> list[str]:
    found = await recalls.to_recall(world.db, by=by or world.adviser, now=now)
    return [recall.case.person.last_name for recall in found]


async def test_who_was_moved_is_not_called_back_and_who_was_not_is(world: World):
    off, target = await world.session(), await world.session(meeting(in_days(15)), capacity=1)
    await world.booked(off, await world.job_seeker("Ann"))
    await world.booked(off, await world.job_seeker("Bob"))

    await cancel(world, off, then=Then.MOVE, into=target.id)

    assert await listed(world) == ["Bob"]


async def test_another_place_takes_somebody_off_the_list(world: World):
    off, other, ann = await world.session(), await world.session(meeting(in_days(15))), await world.job_seeker("Ann")
    await world.booked(off, ann)
    await cancel(world, off)
    assert await listed(world) == ["Ann"]

    await world.booked(other, ann, in_days(1))

    assert await listed(world, now=in_days(1)) == []


async def test_so_does_a_word_that_he_was_reached(world: World):
    off = await world.session()
    booking = await world.booked(off)
    await cancel(world, off)

    await recalls.recalled(world.db, booking.id, by=world.adviser, now=NOW)

    assert await listed(world) == []


async def test_two_months_later_nobody_is_called_back_any_more(world: World):
    off = await world.session()
    await world.booked(off)
    await cancel(world, off)

    assert await listed(world, now=in_days(59)) and not await listed(world, now=NOW + 61 * DAY)


async def test_each_agency_calls_its_own_people(world: World):
    off = await world.session()
    booking = await world.booked(off)
    await cancel(world, off)
    elsewhere = await world.staff(Role.ADVISER, await world.another_agency(), "Paul")

    assert await listed(world, elsewhere) == []
    with pytest.raises(NotFound):
        await recalls.recalled(world.db, booking.id, by=elsewhere, now=NOW)
    with pytest.raises(NotAllowed):
        await listed(world, world.facilitator)
