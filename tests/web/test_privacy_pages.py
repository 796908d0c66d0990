"""The data of a person on pages: handed over, erased, kept in a dispute; and who has looked."""

import json

import pytest

from booking.domain.job_seekers import Channel
from booking.domain.retention import DELAYS, Rule
from booking.domain.staff import Role
from booking.domain.suppressions import Because
from booking.services import suppressing
from tests import papers
from tests.given import NOW, SITE, World
from tests.web.given import Browsers, text

SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
MAIL = "awa@example.org"


@pytest.fixture
async def person(world: World):
    """Awa, who has a place and does not want mails."""
    awa = await world.job_seeker("Diallo", email=MAIL, phone="06 39 98 00 01")
    await world.booked(await world.session(), awa)
    async with world.db.transaction() as tx:
        await suppressing.stop(tx, Channel.EMAIL, MAIL, Because.STOP, site=SITE, now=NOW)
    return awa


async def test_a_person_takes_all_that_is_held_away_as_data_and_as_paper(world: World, browsers: Browsers, person):
    nadia = await browsers.of(world.adviser)
    await nadia.get(f"/personnes/{person.id}")

    found = json.loads((await nadia.get(f"/personnes/{person.id}/donnees.json")).content)
    paper = papers.text((await nadia.get(f"/personnes/{person.id}/donnees.pdf")).content)

    (row,), (place,) = found["records"]["job_seekers"], found["records"]["bookings"]
    assert (row["email"], place["state"], found["format"]) == (MAIL, "booked", "ateliers/person")
    assert found["records"]["messages"] and found["records"]["contact_suppressions"] and found["looked_at"]
    assert world.adviser.name not in json.dumps(found) and "address_hash" not in json.dumps(found)
    assert MAIL in paper and "Inscription confirmée" in paper and "La personne a refusé" in paper


@SQLITE
async def test_who_looked_is_seen_by_who_answers_for_the_agency(world: World, browsers: Browsers, person):
    nadia, marion = await browsers.of(world.adviser), await browsers.of(world.manager)
    for _ in range(3):
        await nadia.get(f"/personnes/{person.id}")

    page = await marion.get(f"/personnes/{person.id}/consultations")

    assert text(page).count("Nadia") == 1 and "la fiche" in text(page)
    assert (await nadia.get(f"/personnes/{person.id}/consultations")).status_code == 403


@SQLITE
async def test_a_refusal_stands_with_its_day_and_how_it_came(world: World, browsers: Browsers, person):
    page = text(await (await browsers.of(world.adviser)).get(f"/personnes/{person.id}/donnees"))

    assert "La personne a refusé" in page and "19 octobre 2026" in page


@SQLITE
async def test_erasing_says_first_what_it_does(world: World, browsers: Browsers, person):
    marion = await browsers.of(world.manager)
    before = text(await marion.get(f"/personnes/{person.id}/donnees"))
    unsure = await marion.post(f"/personnes/{person.id}/effacement", {"cause": "asked"})

    done = await marion.post(f"/personnes/{person.id}/effacement", {"cause": "asked", "sure": "1"})

    assert "ses places à venir sont annulées" in before and "Les statistiques restent justes." in before
    assert unsure.status_code == 422 and "Ce champ est obligatoire" in text(unsure)
    assert "La personne est effacée" in text(done)
    assert (await marion.get(f"/personnes/{person.id}")).status_code == 404


@SQLITE
async def test_an_adviser_hands_data_over_but_erases_nothing(world: World, browsers: Browsers, person):
    nadia = await browsers.of(world.adviser)

    page = await nadia.get(f"/personnes/{person.id}/donnees")
    refused = await nadia.post(f"/personnes/{person.id}/effacement", {"cause": "asked", "sure": "1"})

    assert "Effacer cette personne" not in text(page) and refused.status_code == 403


@SQLITE
async def test_a_facilitator_takes_nobodys_data_away(world: World, browsers: Browsers, person):
    karim = await browsers.of(world.facilitator)

    assert {(await karim.get(f"/personnes/{person.id}/donnees{end}")).status_code for end in ("", ".json", ".pdf")} == {
        403
    }


@SQLITE
async def test_the_register_and_the_delays_are_for_who_answers_for_the_network(world: World, browsers: Browsers):
    odile = await browsers.of(await world.staff(Role.ADMINISTRATOR, None, "Odile"))
    marion = await browsers.of(world.manager)

    said = text(await odile.get("/registre"))
    delays = {rule.field: str(DELAYS[rule].usual) for rule in Rule} | {"people_days": "700"}
    saved = await odile.post("/conservation", delays)
    refused = await odile.post("/conservation", delays | {"sign_ins_days": "400"})

    assert "Mission d’intérêt public" in said and "first_name" in said
    assert saved.status_code == 303 and "700 jours" in text(await odile.get("/conservation"))
    assert refused.status_code == 422 and "Ce nombre est hors des limites" in text(refused)
    assert [(await marion.get(path)).status_code for path in ("/registre", "/conservation")] == [403, 403]
