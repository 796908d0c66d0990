"""What an agency settles for itself."""

import pytest

from booking.domain.agencies import WaitlistPolicy
from booking.domain.agency_settings import AgencySettings, settings_of
from booking.domain.errors import InvalidField, NotAllowed, NotFound
from booking.domain.identifiers import new_id
from booking.domain.staff import Role
from booking.services import agency_settings
from booking.storage import agencies
from tests.given import NOW, World

WISHED = AgencySettings(directions=" Tram A, arrêt Bastille ", hold_minutes=5, waitlist_policy=WaitlistPolicy.OFFER)


async def test_a_manager_settles_how_the_agency_is_found_and_treats_who_waits(world: World) -> None:
    agency = await agency_settings.change(world.db, world.agency.id, WISHED, by=world.manager, now=NOW)

    assert agency.directions == "Tram A, arrêt Bastille"
    assert (agency.hold_minutes, agency.waitlist_policy) == (5, WaitlistPolicy.OFFER)


async def test_an_import_leaves_what_the_agency_has_settled(world: World) -> None:
    await agency_settings.change(world.db, world.agency.id, WISHED, by=world.manager, now=NOW)

    async with world.db.transaction() as tx:
        await agencies.change(tx, world.agency)

    kept = settings_of(await agency_settings.show(world.db, world.agency.id, by=world.manager))
    assert kept == WISHED.checked()


@pytest.mark.parametrize("said", [{"hold_minutes": 0}, {"hold_minutes": 121}, {"directions": "x" * 501}])
async def test_what_nobody_can_mean_is_refused_beside_its_field(world: World, said: dict[str, object]) -> None:
    usual = {"directions": "", "hold_minutes": 10, "waitlist_policy": WaitlistPolicy.GIVE}

    with pytest.raises(InvalidField) as refused:
        await agency_settings.change(
            world.db, world.agency.id, AgencySettings(**usual | said), by=world.manager, now=NOW
        )

    assert set(refused.value.facts["fields"]) == set(said)


async def test_advisers_settle_nothing_and_strangers_find_nothing(world: World) -> None:
    stranger = await world.staff(Role.MANAGER, await world.another_agency(), "Sonia")

    with pytest.raises(NotAllowed):
        await agency_settings.show(world.db, world.agency.id, by=world.adviser)
    with pytest.raises(NotFound):
        await agency_settings.change(world.db, world.agency.id, WISHED, by=stranger, now=NOW)
    with pytest.raises(NotFound):
        await agency_settings.show(world.db, new_id(NOW), by=await world.staff(Role.ADMINISTRATOR, None, "Agnès"))
