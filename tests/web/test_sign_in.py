"""The way in and out, and the language of the screen."""

import pytest

from booking.domain.staff import Role
from booking.services import accounts
from booking.web.security import form_token
from tests.given import NOW, World
from tests.web.given import Browsers, text

pytestmark = [
    pytest.mark.parametrize("url", ["sqlite"], indirect=True),
    pytest.mark.usefixtures("light_passwords"),
]

PASSWORD = "quatre mots faciles a retenir"


async def known(world: World) -> dict[str, str]:
    roles = [(world.agency.id, Role.ADVISER)]
    await accounts.add_staff(world.db, name="Inès", sign_in_name="ines", password=PASSWORD, roles=roles, now=NOW)
    return {"sign_in_name": "ines", "password": PASSWORD}


async def test_signing_in_leads_to_where_one_wanted_to_go(world: World, browsers: Browsers):
    ines, browser = await known(world), browsers.stranger()

    asked = await browser.get("/placer?q=diallo")
    form = await browser.get(asked.headers["location"])
    answer = await browser.forge("/connexion", ines | {"suite": "/placer?q=diallo"})

    assert asked.headers["location"] == "/connexion?suite=%2Fplacer%3Fq%3Ddiallo"
    assert 'value="/placer?q=diallo"' in form.text
    assert (answer.status_code, answer.headers["location"]) == (303, "/placer?q=diallo")
    assert (await browser.get("/placer")).status_code == 200


async def test_the_cookie_of_a_sign_in_is_kept_from_scripts_and_other_sites(world: World, browsers: Browsers):
    answer = await browsers.stranger().forge("/connexion", await known(world))

    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith("__host-ateliers=")
    assert all(word in cookie for word in ("httponly", "secure", "samesite=lax", "path=/"))


async def test_a_wrong_password_keeps_the_name_and_not_the_password(world: World, browsers: Browsers):
    ines = await known(world)

    answer = await browsers.stranger().forge("/connexion", ines | {"password": "un autre mot de passe"})

    assert answer.status_code == 401
    assert "Identifiant ou mot de passe incorrect" in text(answer)
    assert 'value="ines"' in answer.text
    assert "un autre mot de passe" not in answer.text


@pytest.mark.parametrize(
    "elsewhere", ["https://ailleurs.example/", "//ailleurs.example", "/\\ailleurs.example", "javascript:x", "/\t/a"]
)
async def test_nobody_is_led_to_another_site(world: World, browsers: Browsers, elsewhere: str):
    ines = await known(world)

    answer = await browsers.stranger().forge("/connexion", ines | {"suite": elsewhere})

    assert answer.headers["location"] == "/"


async def test_a_form_of_another_site_signs_nobody_in(world: World, browsers: Browsers):
    ines = await known(world)

    answer = await browsers.stranger().forge("/connexion", ines, headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 403


async def test_who_signed_out_is_a_stranger_again(world: World, browsers: Browsers):
    nadia = await browsers.of(world.adviser)

    answer = await nadia.post("/deconnexion")

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert answer.headers["clear-site-data"] == '"cache"', "not the storage, where marks of a roll may wait"
    nadia.http.cookies.set("__Host-ateliers", nadia.secret)
    assert (await nadia.get("/placer")).headers["location"].startswith("/connexion")


async def test_the_language_chosen_stays_and_one_stays_where_one_was(browsers: Browsers):
    browser = browsers.stranger()

    before = await browser.get("/agences?q=lyon")
    answer = await browser.forge("/langue", {"langue": "en", "suite": "/agences?q=lyon"})
    after = await browser.after(answer)

    assert '<html lang="fr">' in before.text
    assert answer.headers["location"] == "/agences?q=lyon"
    assert '<html lang="en">' in after.text


async def test_whoever_chose_english_reads_english(browsers: Browsers):
    browser = browsers.stranger()
    browser.http.cookies.set("__Host-langue", "en")

    page = await browser.get("/connexion")
    missing = await browser.get("/nulle-part")

    assert all(words in text(page) for words in ("Sign in", "Password", "Agency calendars", "Forgotten your password?"))
    assert "Mot de passe" not in text(page)
    assert "Check the address, or start again from the home page." in text(missing)


async def test_a_cookie_that_somebody_else_planted_never_becomes_a_sign_in(world: World, browsers: Browsers):
    ines, browser = await known(world), browsers.stranger()
    browser.http.cookies.set("__Host-ateliers", "planted", domain="ateliers.example", path="/")

    answer = await browser.forge("/connexion", ines | {"form_token": form_token("planted")})
    again = browsers.stranger()
    again.http.cookies.set("__Host-ateliers", "planted")

    assert answer.status_code == 303 and "planted" not in answer.headers["set-cookie"]
    assert (await again.get("/placer")).headers["location"].startswith("/connexion")
