"""The journeys of signing in, and what is not believed, with a certified provider: npm oidc-provider."""

import asyncio
import base64
import json
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt

from booking.storage import tables
from tests.fake_issuer import key
from tests.oidc.walking import Bend, Orders, Person, certified
from tests.web.given import Browser, Browsers, text

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
START = "/connexion/avec/certifie?suite=/placer"


async def leave(browser: Browser) -> str:
    """The address at the provider."""
    answer = await browser.get(START)
    assert answer.status_code == 302, text(answer)
    return answer.headers["location"]


async def enter(browser: Browser, person: Person) -> httpx.Response:
    """There and back."""
    return await browser.get(await person.signs_in(await leave(browser)))


async def test_somebody_signs_in_has_a_role_by_his_group_and_loses_it_with_the_group(
    browsers: Browsers, person: Person
):
    browser = browsers.stranger()

    answer = await enter(browser, person)
    assert (answer.status_code, answer.headers["location"]) == (303, "/placer")
    assert (await browser.get("/placer")).status_code == 200

    await person.http.get("/_groups?personne")
    refused = await enter(browsers.stranger(), person)
    assert refused.status_code == 403
    assert "sans rôle dans Ateliers" in text(refused)
    assert (await browser.get("/placer")).status_code == 403


async def test_signing_out_ends_both_and_the_order_of_the_provider_counts_once(
    browsers: Browsers, person: Person, orders: Orders
):
    browser, other = browsers.stranger(), browsers.stranger()
    await enter(browser, person)
    await enter(other, person)
    browser.secret = browser.http.cookies["__Host-ateliers"]

    page = await browser.post("/deconnexion")
    way = unescape(re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', page.text)[1])  # type: ignore[index]
    back = await person.signs_in(way)
    order = await asyncio.wait_for(orders.bodies.get(), 10)
    sent = {"content": order, "headers": {"content-type": "application/x-www-form-urlencoded"}}
    told = await browser.http.post("/retours/deconnexion/certifie", **sent)
    again = await browser.http.post("/retours/deconnexion/certifie", **sent)

    assert back.startswith("/connexion")
    assert (told.status_code, again.status_code) == (200, 400)
    assert (await other.get("/placer")).headers["location"].startswith("/connexion")


async def test_an_answer_with_another_state_or_told_twice_or_by_another_provider_is_refused(
    browsers: Browsers, person: Person
):
    browser = browsers.stranger()
    back = await person.signs_in(await leave(browser))
    said = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}
    path = urlsplit(back).path

    mixed_up = await browser.get(path, params=said | {"iss": "https://ailleurs.example"})
    spent = await browser.get(back)
    stranger = await browsers.stranger().get(await person.signs_in(await leave(browser)))
    wrong = await browser.get(path, params=said | {"state": "another"})

    assert [mixed_up.status_code, spent.status_code, stranger.status_code, wrong.status_code] == [502, 401, 401, 401]


async def test_a_code_of_another_browser_or_used_before_is_not_redeemed(browsers: Browsers, person: Person):
    victim, thief = browsers.stranger(), browsers.stranger()
    stolen = parse_qs(urlsplit(await person.signs_in(await leave(victim))).query)["code"][0]
    own = await person.signs_in(await leave(thief))

    answer = await thief.get(re.sub(r"code=[^&]+", f"code={stolen}", own))

    assert (answer.status_code, "déjà servi" in text(answer)) == (502, True)


async def test_another_nonce_at_the_provider_is_noticed(browsers: Browsers, person: Person):
    browser = browsers.stranger()
    bent = re.sub(r"nonce=[^&]+", "nonce=another", await leave(browser))

    answer = await browser.get(await person.signs_in(bent))

    assert answer.status_code == 502


def resigned(**bent: object) -> Bend:
    """The provider's statement, changed and signed by somebody else."""

    def bend(said: dict[str, str]) -> dict[str, str]:
        claims = json.loads(_part(said["id_token"], 1)) | bent
        kid = json.loads(_part(said["id_token"], 0))["kid"]
        return said | {"id_token": jwt.encode({"alg": "RS256", "kid": kid}, claims, key("b"))}

    return bend


def unsigned(said: dict[str, str]) -> dict[str, str]:
    """The same statement, signed by nobody."""
    head = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    return said | {"id_token": f"{head}.{said['id_token'].split('.')[1]}."}


def _part(token: str, number: int) -> bytes:
    part = token.split(".")[number]
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


BENT = {
    "another key": resigned(),
    "another subject": resigned(sub="marion"),
    "nobody's signature": unsigned,
    "another access token": lambda said: said | {"access_token": "another"},
}


@pytest.mark.parametrize("how", BENT)
async def test_a_statement_that_was_changed_on_the_way_is_not_believed(
    browsers: Browsers, person: Person, provider: str, how: str
):
    browsers.app.state["issuers"] = certified(provider, BENT[how])

    answer = await enter(browsers.stranger(), person)

    assert answer.status_code == 502
    async with browsers.world.db.reading() as tx:
        assert not await tx.rows(tables.identities.select())
        assert (await tx.rows(tables.audit.select()))[-1].action == "issuer-refused"


async def test_a_wrong_secret_is_told_to_who_looks_after_it(browsers: Browsers, person: Person, provider: str):
    browsers.app.state["issuers"] = certified(provider, client_secret="another")

    answer = await enter(browsers.stranger(), person)

    assert "ne reconnaît pas Ateliers" in text(answer)
