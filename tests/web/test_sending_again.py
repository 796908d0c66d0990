"""A form that nobody could keep, because the database was away, is kept in the page and sent again by one button."""

import re
from html import unescape

import httpx
import pytest

from booking.storage.constraints import Unavailable
from booking.web.repeating import MOST_KEPT, Repeating
from tests.given import SITE, World
from tests.web.given import Browser, Browsers, text

HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
OFFER = "Envoyer ce que j’avais écrit"


@pytest.fixture
async def nadia(world: World, browsers: Browsers) -> Browser:
    browser = await browsers.of(world.adviser)
    transport = httpx.ASGITransport(app=Repeating(browsers.app), raise_app_exceptions=False)
    browser.http = httpx.AsyncClient(transport=transport, base_url=SITE.url, cookies=browser.http.cookies)
    browsers.opened.append(browser.http)
    return browser


def go_away(world: World, patch: pytest.MonkeyPatch) -> None:
    """Nobody answers any more."""

    def nobody(_: object) -> None:
        raise Unavailable("nobody answers")

    for way in ("reading", "transaction"):
        patch.setattr(type(world.db), way, nobody)


async def test_what_was_typed_is_sent_again_from_the_page(world: World, nadia: Browser):
    session, person = await world.session(), await world.job_seeker()
    typed = {"session": str(session.id), "person": str(person.id), "once": "k1", "note": "l’été « & »\nà <b>9 h</b>"}
    with pytest.MonkeyPatch.context() as patch:
        go_away(world, patch)
        page = await nadia.post("/placer/inscrire", typed)
    kept = {name: unescape(value) for name, value in HIDDEN.findall(page.text)}

    assert page.status_code == 503 and OFFER in text(page)
    assert typed.items() <= kept.items()
    assert (await nadia.http.post("/placer/inscrire", data=kept)).status_code == 303


async def test_a_password_stands_in_no_page(world: World, nadia: Browser, monkeypatch: pytest.MonkeyPatch):
    go_away(world, monkeypatch)

    page = await nadia.post("/connexion", {"name": "nadia", "password": "quatre mots sans rapport"})

    assert page.status_code == 503
    assert "quatre mots" not in text(page) and OFFER not in text(page)


@pytest.mark.parametrize("length", [MOST_KEPT, 0])
async def test_what_is_too_long_or_no_form_is_not_in_the_page(
    world: World, nadia: Browser, monkeypatch: pytest.MonkeyPatch, length: int
):
    go_away(world, monkeypatch)
    kind = {"content-type": "application/x-www-form-urlencoded" if length else "text/plain"}

    page = await nadia.http.post("/placer/inscrire", content=b"note=" + b"a" * length, headers=kind)

    assert OFFER not in text(page)
