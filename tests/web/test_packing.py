"""Pages go packed to who reads them so and asks for himself; files of ours once and for all."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from booking.web.packing import LEAST, Packing
from booking.web.security import form_token, is_form_token
from booking.web.templating import asset
from tests.web.given import Browsers

WHOLE = {"accept-encoding": "gzip, br"}
SIGNED_IN = WHOLE | {"cookie": "ateliers=x"}


@asynccontextmanager
async def served(browsers: Browsers) -> AsyncIterator[httpx.AsyncClient]:
    """The product as it stands behind a door that packs."""
    transport = httpx.ASGITransport(app=Packing(browsers.app))
    async with httpx.AsyncClient(transport=transport, base_url="https://ateliers.example.org") as http:
        yield http


async def test_a_page_goes_packed_and_is_the_same(browsers: Browsers):
    async with served(browsers) as http:
        packed = await http.get("/connexion", headers=WHOLE)
        plain = await http.get("/connexion", headers={"accept-encoding": "identity"})

    assert packed.headers["content-encoding"] == "gzip" and packed.headers["vary"] == "accept-encoding"
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert "content-encoding" not in plain.headers
    assert packed.text.endswith("</html>") and len(packed.text) == len(plain.text)


@pytest.mark.parametrize(
    ("headers", "is_packed"),
    [
        (SIGNED_IN | {"sec-fetch-site": "same-origin"}, True),
        (SIGNED_IN | {"sec-fetch-site": "none"}, True),
        (SIGNED_IN | {"sec-fetch-site": "cross-site"}, False),
        (SIGNED_IN | {"sec-fetch-site": "same-site"}, False),
        (SIGNED_IN, False),
        (WHOLE | {"sec-fetch-site": "cross-site"}, True),
    ],
    ids=["own page", "typed", "another site", "a sister", "an old browser", "a stranger"],
)
async def test_what_another_site_has_fetched_with_a_cookie_is_not_packed(
    browsers: Browsers, headers: dict[str, str], is_packed: bool
):
    async with served(browsers) as http:
        answer = await http.get("/agences", headers=headers)

    assert ("content-encoding" in answer.headers) == is_packed


async def test_what_is_small_has_a_tag_or_comes_piece_by_piece_goes_as_it_is():
    async def ask(*messages: dict) -> list[dict]:
        sent: list[dict] = []

        async def app(_scope: object, _receive: object, send) -> None:
            for message in messages:
                await send(message)

        async def send(message: dict) -> None:
            sent.append(message)

        scope = {"type": "http", "path": "/", "headers": [(b"accept-encoding", b"gzip")]}
        await Packing(app)(scope, asyncio.sleep, send)  # type: ignore[arg-type]
        return sent

    html = [(b"content-type", b"text/html; charset=utf-8")]
    start, long = {"type": "http.response.start", "headers": html}, {"type": "http.response.body", "body": b"a" * LEAST}
    tagged = start | {"headers": [*html, (b"etag", b'"1"')]}
    pieces = [start, long | {"more_body": True}, long]

    assert len((await ask(start, long))[1]["body"]) < LEAST
    for told in ([start, long | {"body": b"a"}], [tagged, long], pieces):
        assert await ask(*told) == told


async def test_a_file_of_ours_is_fetched_once_for_each_content(browsers: Browsers):
    stranger = browsers.stranger()

    named, unnamed = await stranger.get(asset("app.css")), await stranger.get("/static/app.css?old")
    raw = await stranger.get("/static/app.css", headers={"accept-encoding": "identity"})
    again = await stranger.get("/static/app.css", headers={"if-none-match": unnamed.headers["etag"]})

    assert "immutable" in named.headers["cache-control"] and "immutable" not in unnamed.headers["cache-control"]
    assert named.headers["content-encoding"] == "gzip" and named.content == raw.content
    assert raw.headers["etag"] != named.headers["etag"]
    assert (again.status_code, again.content) == (304, b"")


async def test_the_typeface_goes_packed_too(browsers: Browsers):
    font = await browsers.stranger().get("/fonts/SourceSansPro-Regular.ttf")

    assert int(font.headers["content-length"]) < len(font.content) * 0.6
    assert (await browsers.stranger().get("/fonts/LICENSE.ttf")).status_code == 404


def test_the_token_of_a_form_is_written_in_another_way_each_time():
    first, second = form_token("mine"), form_token("mine")

    assert first != second
    assert is_form_token(first, "mine") and is_form_token(second, "mine")
    assert not is_form_token(first, "yours")
    assert not any(is_form_token(said, "mine") for said in ("", "x", "00" * 16, first[:-2], first + "00", "é"))
