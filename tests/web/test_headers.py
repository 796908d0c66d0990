"""What every answer carries, whatever it is: a page, a file, a refusal, an error of ours."""

import re

import pytest

from booking.domain.sites import Site
from booking.web.headers import ALWAYS, HSTS, add_headers
from tests.given import World
from tests.web.given import Browser, Browsers
from tests.web.test_rough_forms import PARAMETER, doors, everybody, ids  # noqa: F401 - two are fixtures

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

ANSWERS = {
    "a page": ("GET", "/"),
    "a page to sign in": ("GET", "/placer"),
    "no page": ("GET", "/nulle-part"),
    "a style": ("GET", "/static/app.css"),
    "no style": ("GET", "/static/nothing.css"),
    "a way out of the folder": ("GET", "/static/..%2f..%2fsettings.py"),
    "a worker": ("GET", "/presence/travailleur.js"),
    "another method": ("PUT", "/"),
    "the API": ("GET", "/api"),
    "its description": ("GET", "/api/openapi.json"),
    "a stranger at the API": ("GET", "/api/v1/me"),
    "no operation": ("GET", "/api/v1/nothing"),
    "health": ("GET", "/health/live"),
    "no calendar": ("GET", "/ical/agences/nowhere/ateliers.ics"),
    "no link": ("GET", "/p/AAAA-AAAA/none"),
    "a framed page": ("GET", "/agences/grenoble-bastille/prochains"),
    "no contact": ("GET", "/.well-known/security.txt"),
    "a receipt": ("POST", "/retours/ovh/none"),
}
# What an answer may say in its own way: what is public is kept and shown elsewhere; the address of a secret is untold.
OWN = {"cache-control", "referrer-policy", "cross-origin-resource-policy", "content-security-policy"}
ELSEWHERE = re.compile(r'<(?:script|link|img|iframe|form|object|embed|source)\b[^>]*\b(?:src|href|action)="(?:\w+:)?//')


@pytest.mark.parametrize(("method", "path"), ANSWERS.values(), ids=ANSWERS)
async def test_every_answer_says_to_the_browser_what_it_may(browsers: Browsers, method: str, path: str):
    answer = await browsers.stranger().http.request(method, path)

    assert answer.status_code < 500
    assert all(len(answer.headers.get_list(name)) == 1 for name in ALWAYS), answer.headers
    assert {name: answer.headers[name] for name in ALWAYS.keys() - OWN}.items() <= ALWAYS.items()
    assert answer.headers["strict-transport-security"] == HSTS
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "require-trusted-types-for 'script'" in answer.headers["content-security-policy"]
    assert "server" not in answer.headers and "x-powered-by" not in answer.headers


async def test_an_error_of_ours_says_the_same_and_nothing_of_its_inside(world: World, browsers: Browsers, monkeypatch):
    def broken(_: object) -> None:
        raise RuntimeError("SELECT secret FROM inside")

    monkeypatch.setattr(type(world.db), "reading", broken)
    answer = await browsers.stranger().get("/agences")

    assert answer.status_code == 500
    assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
    assert not re.search(r"SELECT|RuntimeError|Traceback|\.py\b", answer.text)


async def test_no_address_leads_out_of_the_folder_or_lists_what_is_in_it(browsers: Browsers):
    ask = browsers.stranger().http

    for path in ("..%2f..%2fsettings.py", "%2e%2e/security.py", "....//security.py", "%5c..%5csecurity.py", "", "."):
        answer = await ask.get(f"/static/{path}")
        assert (answer.status_code, "import" in answer.text) == (404, False), path
    assert (await ask.get("/static/app.css")).status_code == 200


@pytest.mark.parametrize(("address", "holds"), [("https://a.example", True), ("http://127.0.0.1:8000", False)])
async def test_only_who_comes_by_https_is_held_to_it(browsers: Browsers, monkeypatch, address: str, holds: bool):
    monkeypatch.setitem(browsers.app.state, "site", Site(address, "a.example", b""))
    message = {"type": "http.response.start", "status": 200, "headers": []}

    await add_headers(message, {"litestar_app": browsers.app})

    assert (b"strict-transport-security" in dict(message["headers"])) == holds


async def test_what_staff_see_is_kept_by_nobody_and_loads_nothing_from_elsewhere(
    ids: dict[str, str],  # noqa: F811
    everybody: list[Browser],  # noqa: F811
):
    names, manager = ids, everybody[1]
    told = {
        door: await manager.get(PARAMETER.sub(lambda name: names.get(name[1], "inconnu"), door))
        for door in doors("GET")
        if not (door.endswith("/direct") or door.startswith(("/agences/", "/presence/travailleur", "/p/")))
    }

    shown = {door: answer for door, answer in told.items() if answer.status_code == 200}
    assert len(shown) > 40
    assert [door for door, answer in told.items() if "no-store" not in answer.headers["cache-control"]] == []
    assert [door for door, answer in shown.items() if ELSEWHERE.search(answer.text)] == []


async def test_the_cookie_of_the_language_is_for_this_host_alone(browsers: Browsers):
    answer = await browsers.stranger().forge("/langue", {"langue": "en"})

    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith("__host-langue=en")
    assert all(word in cookie for word in ("httponly", "secure", "samesite=lax", "path=/"))


@pytest.mark.parametrize(("method", "path"), ANSWERS.values(), ids=ANSWERS)
async def test_every_answer_has_its_type_and_its_signs(browsers: Browsers, method: str, path: str):
    answer = await browsers.stranger().http.request(method, path)

    kind = answer.headers.get("content-type", "") if answer.content else "nothing"
    assert kind == "nothing" or kind.count(";") <= 1
    assert not kind.startswith("text/") or kind.lower().endswith("charset=utf-8")
    assert kind


async def test_a_word_is_decoded_once_and_then_checked(browsers: Browsers):
    answer = await browsers.stranger().get("/agences?q=%253Cscript%253E")
    led = await browsers.stranger().forge("/langue", {"langue": "en", "suite": "%2f%2failleurs.example"})

    assert "%3Cscript%3E" in answer.text and "&lt;script" not in answer.text
    assert led.headers["location"] == "/"


async def test_whoever_is_signed_in_finds_the_way_out(world: World, browsers: Browsers):
    page = await (await browsers.of(world.adviser)).get("/placer")

    assert 'action="/deconnexion"' in page.text
