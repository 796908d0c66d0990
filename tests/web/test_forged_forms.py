"""Forms that somebody else made up, sent by the browser of a member of staff: none is believed."""

import pytest

from booking.web.security import form_token
from tests.given import World
from tests.web.given import Browser, Browsers
from tests.web.test_rough_forms import PARAMETER, doors, everybody, ids  # noqa: F401 - two are fixtures

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

FORM = "application/x-www-form-urlencoded"
HERE, ELSEWHERE = "https://ateliers.example", "https://ailleurs.example"
# How a form may be forged: the token it carries ({own} is the right one), the headers, and the type of the body.
SHAPES = {
    "without a token": ("", {"sec-fetch-site": "same-origin"}, FORM),
    "with the token of nobody": ("0" * 32, {"sec-fetch-site": "same-origin"}, FORM),
    "with the token of a colleague": ("{other}", {"sec-fetch-site": "same-origin"}, FORM),
    "from another site": ("{own}", {"sec-fetch-site": "cross-site"}, FORM),
    "from a sister of our host": ("{own}", {"sec-fetch-site": "same-site"}, FORM),
    "from an origin of an older browser": ("{own}", {"origin": ELSEWHERE}, FORM),
    "from a frame without an origin": ("{own}", {"origin": "null"}, FORM),
    "from an origin that begins like ours": ("{own}", {"origin": f"{HERE}.ailleurs.example"}, FORM),
    "from a site that calls itself ours": ("{own}", {"origin": HERE, "sec-fetch-site": "cross-site"}, FORM),
    "as plain text": ("{own}", {"sec-fetch-site": "same-origin"}, "text/plain"),
    "as JSON": ("{own}", {"sec-fetch-site": "same-origin"}, "application/json"),
}


async def is_signed_in(browser: Browser) -> bool:
    return (await browser.get("/placer")).status_code == 200


@pytest.mark.parametrize(("token", "headers", "kind"), SHAPES.values(), ids=SHAPES)
async def test_a_forged_form_does_nothing(world: World, browsers: Browsers, token: str, headers: dict, kind: str):
    nadia, karim = await browsers.of(world.adviser), await browsers.of(world.facilitator)
    said = token.format(own=form_token(nadia.secret), other=form_token(karim.secret))

    answer = await nadia.http.post(
        "/deconnexion", content=f"form_token={said}", headers={"content-type": kind} | headers
    )

    assert answer.status_code in (400, 403, 415)
    assert await is_signed_in(nadia)


async def test_the_same_form_of_our_own_page_is_believed(world: World, browsers: Browsers):
    nadia = await browsers.of(world.adviser)

    answer = await nadia.post("/deconnexion", headers={"sec-fetch-site": "same-origin", "origin": HERE})

    assert answer.status_code == 303
    assert not await is_signed_in(nadia)


async def test_no_address_that_is_only_opened_does_what_a_form_does(world: World, browsers: Browsers):
    nadia = await browsers.of(world.adviser)

    answer = await nadia.get(f"/deconnexion?form_token={form_token(nadia.secret)}&_method=POST")

    assert answer.status_code == 405
    assert await is_signed_in(nadia)


async def test_every_door_refuses_a_form_of_another_site(ids: dict[str, str], everybody: list[Browser]):  # noqa: F811
    manager = everybody[1]

    told = {
        door: (
            await manager.post(PARAMETER.sub(lambda name: ids[name[1]], door), headers={"sec-fetch-site": "cross-site"})
        ).status_code
        for door in doors()
    }

    # Some doors say first that a thing is not there, or that a file comes in another type than this form.
    assert {door: status for door, status in told.items() if status not in (400, 403, 404)} == {}
    assert list(told.values()).count(403) > 60
