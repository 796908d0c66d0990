"""The settings of an agency, on their page, by a program, and where they are read."""

from booking.domain.agencies import WaitlistPolicy
from booking.services import agency_settings
from tests.given import World
from tests.web.given import Browsers, text
from tests.web.programs import Programs

GOOD = {"directions": "Tram A, arrêt Bastille.\nAu fond de la cour.", "hold_minutes": "15", "waitlist_policy": "offer"}


async def test_a_manager_finds_the_settings_beside_the_rooms_and_writes_them(world: World, browsers: Browsers) -> None:
    marion = await browsers.of(world.manager)
    address = f"/agences/{world.agency.id}/reglages"
    assert f'href="{address}"' in (await marion.get("/salles")).text
    assert 'value="give" checked' in (await marion.get(address)).text

    page = await marion.after(await marion.post(address, GOOD))

    assert "Les réglages de l’agence sont enregistrés" in text(page)
    agency = await agency_settings.show(world.db, world.agency.id, by=world.manager)
    assert (agency.hold_minutes, agency.waitlist_policy) == (15, WaitlistPolicy.OFFER)


async def test_how_to_get_there_stands_on_the_public_page_and_on_letters(world: World, browsers: Browsers) -> None:
    marion, nadia = await browsers.of(world.manager), await browsers.of(world.adviser)
    await marion.post(f"/agences/{world.agency.id}/reglages", GOOD)
    booking = await world.booked(await world.session())

    letter = text(await nadia.get(f"/inscriptions/{booking.id}/papier"))
    public = text(await browsers.stranger().get(f"/agences/{world.agency.slug}"))

    assert "Pour venir Tram A, arrêt Bastille. Au fond de la cour." in letter
    assert "Tram A, arrêt Bastille. Au fond de la cour." in public


async def test_what_was_typed_is_kept_beside_its_fault(world: World, browsers: Browsers) -> None:
    marion = await browsers.of(world.manager)

    answer = await marion.post(f"/agences/{world.agency.id}/reglages", GOOD | {"hold_minutes": "500"})

    assert answer.status_code == 422 and 'id="e-hold_minutes"' in answer.text
    assert "Au fond de la cour" in answer.text and 'value="offer" checked' in answer.text


async def test_nobody_else_settles_anything(world: World, browsers: Browsers) -> None:
    address = f"/agences/{world.agency.id}/reglages"

    assert (await (await browsers.of(world.adviser)).get(address)).status_code == 403
    assert (await (await browsers.of(world.facilitator)).post(address, GOOD)).status_code == 403


async def test_a_program_reads_and_writes_the_settings(world: World, programs: Programs) -> None:
    ask = await programs.of(world.manager)
    address = f"/agencies/{world.agency.id}/settings"
    wished = {"directions": "Tram A", "hold_minutes": 20, "waitlist_policy": "offer"}

    changed = await ask("PUT", address, wished)

    assert changed.status_code == 200
    assert (await ask("GET", address)).json() == wished
    assert (await ask("GET", f"/agencies/{world.agency.id}")).json()["directions"] == "Tram A"
    assert (await ask("PUT", address, wished | {"hold_minutes": 0})).status_code == 400
