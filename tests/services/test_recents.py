"""Whom one opened today is found again at once, by nobody else, and is forgotten."""

from dataclasses import replace

import pytest

from booking.domain.erasures import Cause
from booking.domain.job_seekers import JobSeeker
from booking.domain.staff import Role, Staff
from booking.services import erasing, merging, recents
from tests.given import HOUR, NOW, SITE, World


@pytest.fixture
async def opened(world: World) -> list[JobSeeker]:
    """Two people whom the adviser opened, the second an hour after the first."""
    people = [await world.job_seeker("Lefèvre"), await world.job_seeker("Diallo")]
    for hour, person in enumerate(people):
        await recents.opened(world.db, person, by=world.adviser, now=NOW + hour * HOUR)
    return people


async def seen(world: World, by: Staff | None = None, hours: float = 2) -> list[JobSeeker]:
    return await recents.people(world.db, by=by or world.adviser, now=NOW + hours * HOUR)


async def test_the_last_one_opened_comes_first(world: World, opened: list[JobSeeker]):
    first, second = opened
    before = await seen(world)
    await recents.opened(world.db, first, by=world.adviser, now=NOW + 2 * HOUR)

    assert before == [second, first]
    assert await seen(world, hours=3) == [first, second]


async def test_nobody_sees_whom_a_colleague_opened(world: World, opened: list[JobSeeker]):
    assert opened
    assert await seen(world, by=world.manager) == []


async def test_whoever_may_no_longer_see_somebody_finds_him_no_more(world: World, opened: list[JobSeeker]):
    lyon = await world.another_agency()
    moved = replace(world.adviser, roles=frozenset({(lyon.id, Role.ADVISER)}))
    helper = replace(world.adviser, roles=frozenset({(world.agency.id, Role.ASSISTANT)}))

    assert opened
    assert [await seen(world, by=one) for one in (moved, helper)] == [[], []]


async def test_after_a_working_day_everybody_is_forgotten(world: World, opened: list[JobSeeker]):
    shown = await seen(world, hours=12.5)
    forgotten = await recents.forget(world.db, NOW + 14 * HOUR)

    assert (shown, forgotten) == ([opened[1]], 2)
    assert await seen(world) == []


async def test_who_turned_out_to_be_another_or_was_erased_is_not_among_them(world: World, opened: list[JobSeeker]):
    gone, erased = opened
    kept = await world.job_seeker("Lefebvre")
    await merging.merge(world.db, kept.id, gone.id, by=world.manager, now=NOW)
    await erasing.ask(world.db, erased.id, Cause.ASKED, site=SITE, by=world.manager, now=NOW)
    await erasing.carry_out_ready(world.db, SITE, NOW + 24 * 40 * HOUR)

    assert await seen(world) == []
