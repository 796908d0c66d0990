"""The public pages: agencies, their dates, their calendars, and the declaration of accessibility."""

import re

import pytest

from booking.language import ARABIC
from tests.given import World, in_days, meeting
from tests.web.given import Browsers, text

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


async def test_an_agency_is_found_by_its_town_without_accents(world: World, browsers: Browsers):
    await world.another_agency("Échirolles", commune="Échirolles")
    await world.another_agency("Caluire", publishes=False)

    everybody = text(await browsers.stranger().get("/agences"))
    found = text(await browsers.stranger().get("/agences?q=echir"))
    nobody = text(await browsers.stranger().get("/agences?q=brest"))

    assert "Grenoble Bastille" in everybody and "Échirolles" in everybody
    assert "Caluire" not in everybody
    assert "Échirolles" in found and "Grenoble Bastille" not in found
    assert "Aucune agence de ce nom" in nobody


async def test_each_agency_has_the_addresses_of_its_calendar(browsers: Browsers):
    page = (await browsers.stranger().get("/agences/grenoble-bastille")).text

    assert "https://ateliers.example/ical/agences/grenoble-bastille/ateliers.ics" in page
    assert 'href="webcal://ateliers.example/ical/agences/grenoble-bastille/ateliers.ics"' in page
    assert "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Fateliers.example%2Fical" in page
    assert "Google peut mettre une journée" in page


async def test_strangers_see_whether_there_is_room_but_no_numbers_and_no_names(world: World, browsers: Browsers):
    full = await world.session(meeting(in_days(7)), capacity=1)
    await world.session(meeting(in_days(8)), capacity=9)
    await world.draft(meeting(in_days(9)), workshop_id=world.workshop.id)
    await world.booked(full, await world.job_seeker("Ouedraogo"))

    answer = await browsers.stranger().get("/agences/grenoble-bastille")

    said = text(answer)
    assert said.count("complet") == 1
    assert said.count("places disponibles") == 1
    assert "lundi 26 octobre" in said
    assert "OUEDRAOGO" not in said.upper()


async def test_an_agency_that_does_not_publish_is_not_found(world: World, browsers: Browsers):
    await world.another_agency("Caluire", publishes=False)

    assert (await browsers.stranger().get("/agences/caluire")).status_code == 404
    assert (await browsers.stranger().get("/agences/nulle-part")).status_code == 404


async def test_the_declaration_of_accessibility_is_reached_from_every_page(world: World, browsers: Browsers):
    nadia = await browsers.of(world.adviser)
    pages = [await nadia.get(path) for path in ("/", "/placer", "/personnes", "/agences", "/nulle-part")]

    declaration = await browsers.stranger().get("/accessibilite")

    assert all('href="/accessibilite"' in page.text for page in pages)
    assert "non conforme" in text(declaration)


async def test_a_stranger_reads_the_agencies_in_arabic_and_all_that_is_not_is_said_to_be_french(
    world: World, browsers: Browsers
):
    await world.session()
    stranger = browsers.stranger()

    kept = await stranger.forge("/langue", {"langue": ARABIC})
    stranger.http.cookies.set("__Host-langue", ARABIC)
    pages = [(await stranger.get(path)).text for path in ("/agences", "/agences/grenoble-bastille")]
    sign_in = (await stranger.get("/connexion")).text

    assert kept.headers["set-cookie"].lower().startswith("__host-langue=ar")
    for page in pages:
        assert '<html lang="ar" dir="rtl">' in page
        body = re.sub(r"<(bdi|code)\b.*?</\1>", "", page.split("<body", 1)[1], flags=re.DOTALL)
        shown = re.sub(r"<[^>]*>", " ", body.split(">", 1)[1])
        assert set(re.findall(r"[A-Za-zÀ-ÿ]{2,}", shown)) <= {"Ateliers", "FR", "EN", "Google", "ics"}
    assert '<html lang="fr">' in sign_in
