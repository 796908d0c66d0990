"""A model agency is copied as a whole, once."""

from datetime import timedelta

import pytest

from booking.domain.errors import InvalidField, NotFound
from booking.domain.staff import Role
from booking.services import closures, models
from booking.services.models import Part, Wish
from booking.storage import listings
from booking.storage.wishes import Wanted
from tests.given import NOW, World, in_days, meeting
from tests.given_places import a_closure, day_in

ALL = frozenset(Part)


async def test_a_dry_run_says_what_would_be_copied_and_keeps_nothing(world: World):
    new, agnes = await _two(world)

    tried = await models.copy(world.db, new.id, _wish(world), is_dry_run=True, by=agnes, now=NOW)

    assert [len(tried.parts[part].made) for part in (Part.CLOSURES, Part.ROOMS, Part.SESSIONS)] == [1, 1, 1]
    assert await _planned(world, new.id) == []


async def test_the_programme_comes_on_the_same_days_of_the_week_as_drafts(world: World):
    new, agnes = await _two(world)

    await models.copy(world.db, new.id, _wish(world), is_dry_run=False, by=agnes, now=NOW)

    (copied,) = await _planned(world, new.id)
    (original,) = await _planned(world, world.agency.id)
    assert copied.state == "draft" and copied.starts_at - original.starts_at == timedelta(days=28)
    assert copied.meetings[0].room_id is None and copied.meetings[0].facilitator_id is None


async def test_twice_is_as_good_as_once(world: World):
    new, agnes = await _two(world)
    await models.copy(world.db, new.id, _wish(world), is_dry_run=False, by=agnes, now=NOW)

    again = await models.copy(world.db, new.id, _wish(world), is_dry_run=False, by=agnes, now=NOW)

    assert [one.made for one in again.parts.values()] == [[]] * len(Part)
    assert len(await _planned(world, new.id)) == 1


async def test_what_cannot_be_planned_there_is_told_and_the_rest_is_copied(world: World):
    new, agnes = await _two(world)
    closed = a_closure(world, 34, 36, agency_id=new.id)
    await closures.close(world.db, closed, by=agnes, now=NOW)

    copied = await models.copy(world.db, new.id, _wish(world), is_dry_run=False, by=agnes, now=NOW)

    assert [code for _, code in copied.parts[Part.SESSIONS].refused] == ["agency-closed"]
    assert copied.parts[Part.ROOMS].made


async def test_the_model_lies_within_ones_sight_and_is_another(world: World):
    new, _ = await _two(world)
    sonia = await world.staff(Role.MANAGER, new, "Sonia")

    with pytest.raises(NotFound):
        await models.copy(world.db, new.id, _wish(world), is_dry_run=True, by=sonia, now=NOW)
    with pytest.raises(InvalidField):
        await models.copy(world.db, world.agency.id, _wish(world), is_dry_run=True, by=world.manager, now=NOW)


async def _two(world: World):
    """The model with a session in a week and a closure, the new agency, and who runs the network."""
    await world.session(meeting(in_days(7, 9)))
    await closures.close(world.db, a_closure(world, 60, 61), by=world.manager, now=NOW)
    return await world.another_agency("Toute neuve"), await world.staff(Role.ADMINISTRATOR, None, "Agnès")


def _wish(world: World) -> Wish:
    return Wish(model_id=world.agency.id, parts=ALL, first_on=day_in(28), weeks=3)


async def _planned(world: World, agency_id: object):
    async with world.db.reading() as tx:
        return [one.session for one in await listings.find(tx, Wanted(agency_ids=[agency_id]))]
