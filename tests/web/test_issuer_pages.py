"""The pages around a provider of identities."""

import re
from collections.abc import AsyncIterator
from html import unescape

import pytest

from booking.delivery.issuers import Issuers
from booking.domain.staff import Role, Staff
from tests.fake_issuer import FakeIssuer
from tests.given import World
from tests.given_accounts import PASSWORD, WRONG, nadia
from tests.given_issuers import with_code
from tests.web.given import Browser, Browsers, text

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
START = "/connexion/avec/reseau?suite=/placer"


@pytest.fixture
async def fake(world: World, browsers: Browsers) -> AsyncIterator[FakeIssuer]:
    """The product beside a provider."""
    await with_code(world)
    fake = FakeIssuer()
    browsers.app.state["issuers"] = fake.issuers()
    yield fake
    browsers.app.state["issuers"] = Issuers()


async def enter(browser: Browser, fake: FakeIssuer) -> str:
    """There and back; returns where one is led then."""
    left = await browser.get(START)
    answer = await browser.get("/connexion/retour/reseau", params=fake.sign_in(left.headers["location"]))
    assert answer.status_code == 303, text(answer)
    browser.secret = browser.http.cookies["__Host-ateliers"]
    return answer.headers["location"]


async def test_the_provider_is_offered_first_and_lets_in(browsers: Browsers, fake: FakeIssuer):
    browser = browsers.stranger()

    page = await browser.get("/connexion?suite=/placer")
    led = await enter(browser, fake)

    assert text(page).index("Se connecter avec le réseau") < text(page).index("Identifiant")
    assert led == "/placer"
    assert (await browser.get("/placer")).status_code == 200


@pytest.mark.usefixtures("fake")
async def test_nobody_is_led_from_the_provider_to_another_site(browsers: Browsers):
    fake, browser = FakeIssuer(), browsers.stranger()
    left = await browser.get("/connexion/avec/reseau?suite=//ailleurs.example")
    browsers.app.state["issuers"] = fake.issuers()

    answer = await browser.get("/connexion/retour/reseau", params=fake.sign_in(left.headers["location"]))

    assert answer.headers["location"] == "/"


async def test_what_the_browser_must_bring_back_is_kept_from_scripts_and_gone_afterwards(
    browsers: Browsers, fake: FakeIssuer
):
    browser = browsers.stranger()

    left = (await browser.get(START)).headers["set-cookie"].lower()
    await enter(browser, fake)

    assert left.startswith("__host-depart=")
    assert all(word in left for word in ("httponly", "secure", "samesite=lax", "max-age=600"))
    assert "__Host-depart" not in browser.http.cookies


async def test_who_signs_out_goes_on_to_the_provider_by_a_page(browsers: Browsers, fake: FakeIssuer):
    browser = browsers.stranger()
    await enter(browser, fake)

    page = await browser.post("/deconnexion")

    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', page.text)
    assert found is not None
    assert unescape(found[1]).startswith("https://identite.example/end?id_token_hint=")
    assert (await browser.get("/placer")).status_code == 302


async def test_an_order_of_the_provider_signs_out_and_a_made_up_one_does_not(browsers: Browsers, fake: FakeIssuer):
    browser = browsers.stranger()
    await enter(browser, fake)

    made_up = await browser.forge("/retours/deconnexion/reseau", {"logout_token": "a.b.c"})
    is_in = (await browser.get("/placer")).status_code
    told = await browser.forge("/retours/deconnexion/reseau", {"logout_token": fake.order()})

    assert (made_up.status_code, is_in, told.status_code) == (400, 200, 200)
    assert (await browser.get("/placer")).status_code == 302


@pytest.mark.parametrize("path", ["/connexion/avec/autre", "/connexion/retour/autre"])
async def test_a_provider_that_nobody_wrote_down_is_not_found(browsers: Browsers, path: str):
    assert (await browsers.stranger().get(path)).status_code == 404


@pytest.mark.parametrize("rough", ["a\x00b\u202ec", "A" * 1200, "é", "-1", ""])
async def test_rough_answers_break_nothing(browsers: Browsers, fake: FakeIssuer, rough: str):
    browser = browsers.stranger()
    right = fake.sign_in((await browser.get(START)).headers["location"])

    wrong_state = await browser.get("/connexion/retour/reseau", params=right | {"state": rough})
    right = fake.sign_in((await browser.get(START)).headers["location"])
    wrong_code = await browser.get("/connexion/retour/reseau", params=right | {"code": rough})

    assert (wrong_state.status_code, wrong_code.status_code) == (401, 502)


async def test_whoever_administers_the_network_sees_what_went_wrong_and_no_secret(
    world: World, browsers: Browsers, fake: FakeIssuer
):
    fake.is_away = True
    refused = await browsers.stranger().get(START)
    browser = await browsers.of(await network_administrator(world))

    await browser.post("/comptes/fournisseurs", {"fournisseur": "reseau"})
    page = await browser.get("/comptes/fournisseurs")

    assert "ne répond pas" in text(refused)
    assert "Mot de passe" in text(refused)
    assert "En échec" in text(page)
    assert fake.issuer.client_secret not in page.text
    assert (await (await browsers.of(world.adviser)).get("/comptes/fournisseurs")).status_code == 403


async def test_an_identity_is_added_by_a_page_and_given_up_again(world: World, browsers: Browsers, fake: FakeIssuer):
    browser = await browsers.of(world.adviser)

    page = await browser.post("/mon-compte/identites", {"relier": "reseau"})
    found = re.search(r'content="0;url=([^"]+)"', page.text)
    assert found is not None
    back = await browser.get("/connexion/retour/reseau", params=fake.sign_in(unescape(found[1])))
    linked = await browser.get(back.headers["location"])
    await browser.post("/mon-compte/identites", {"retirer": "reseau"})
    after = await browser.get("/mon-compte/identites")

    assert "Reliée" in text(linked)
    assert "Reliée" not in text(after)


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize("came", ["cross-site", "same-site", "none"])
async def test_who_is_sent_with_an_invitation_reads_first_whose_it_is(browsers: Browsers, came: str):
    browser, way = browsers.stranger(), "/connexion/avec/reseau?invitation=d%27un/autre"

    sent = await browser.get(way, headers={"sec-fetch-site": came})

    assert sent.headers["location"] == "/mot-de-passe/d%27un%2Fautre"
    assert "__Host-depart" not in browser.http.cookies


@pytest.mark.usefixtures("light_passwords", "fake")
async def test_whoever_found_a_screen_open_leaves_no_way_in_of_his_own(world: World, browsers: Browsers):
    browser = await browsers.of(await nadia(world))

    wrong = await browser.post("/mon-compte/identites", {"relier": "reseau", "password_now": WRONG})
    right = await browser.post("/mon-compte/identites", {"relier": "reseau", "password_now": PASSWORD})

    assert (wrong.status_code, right.status_code) == (401, 200)
    assert "identite.example" not in wrong.text
    assert "identite.example" in right.text


async def test_an_administrator_takes_an_identity_away_with_all_that_came_of_it(
    world: World, browsers: Browsers, fake: FakeIssuer
):
    theirs, browser = browsers.stranger(), await browsers.of(await network_administrator(world))
    await enter(theirs, fake)
    found = re.search(r'/comptes/([0-9a-f-]{36})"', (await browser.get("/comptes?q=nadia.b")).text)
    assert found is not None
    page, taken = f"/comptes/{found[1]}", {"faire": "identite", "fournisseur": "reseau"}

    before = await browser.get(page)
    done = await browser.after(await browser.post(page, taken))
    again = await browser.post(page, taken)

    assert "Retirer l’identité" in text(before)
    assert "Retirer l’identité" not in text(done)
    assert "Aucun rôle" in text(done)
    assert again.status_code == 404
    assert (await theirs.get("/placer")).status_code == 302


async def network_administrator(world: World) -> Staff:
    """Agnès, who looks after all."""
    return await world.staff(Role.ADMINISTRATOR, None, "Agnès")
