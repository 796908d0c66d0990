"""Over HTTP a public list costs nothing when nothing changed, may be framed, and knows nobody."""

from datetime import UTC, datetime

import pytest

from booking.services import public_lists
from booking.web.headers import ALWAYS
from tests.given import NOW, World, in_days
from tests.web.given import Browsers
from tests.web.given_lists import ATOM, EVERY_FORM, JSON, PAGE, fetched
from tests.web.test_public_lists import cancelled

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
TYPES = {
    PAGE: "text/html; charset=utf-8",
    JSON: "application/feed+json",
    ATOM: "application/atom+xml; charset=utf-8",
}


@pytest.mark.parametrize("path", EVERY_FORM)
async def test_a_list_says_what_it_is_once_and_may_be_kept_while_it_holds(world: World, path: str) -> None:
    answer = await fetched(world, path)

    assert answer.headers.get_list("content-type") == [TYPES[path]]
    assert answer.headers["cache-control"] == "public, no-cache"
    assert answer.headers["etag"].startswith('"') and answer.headers["last-modified"].endswith("GMT")
    assert "set-cookie" not in answer.headers and "location" not in answer.headers


async def test_anybody_may_frame_the_page_and_nothing_else_is_loosened(world: World) -> None:
    told = (await fetched(world, PAGE)).headers

    own = told["content-security-policy"].split("; ")
    house = ALWAYS["content-security-policy"].split("; ")
    assert set(own) ^ set(house) == {"frame-ancestors *", "frame-ancestors 'none'"}
    kept = ("x-content-type-options", "referrer-policy", "permissions-policy", "cross-origin-opener-policy")
    assert {name: told[name] for name in kept} == {name: ALWAYS[name] for name in kept}
    assert "x-frame-options" not in told and "access-control-allow-origin" not in told


async def test_what_is_framed_needs_no_script_and_nothing_of_others(world: World) -> None:
    await world.session()

    page = (await fetched(world, PAGE)).text

    assert not any(sign in page for sign in ("<script", "<form", "<img", "style=", "//fonts"))


@pytest.mark.parametrize("path", [JSON, ATOM])
async def test_scripts_of_any_site_may_read_the_feeds(world: World, path: str) -> None:
    for answer in (await fetched(world, path), await fetched(world, path, origin="https://ville.example")):
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("path", EVERY_FORM)
async def test_asking_for_the_head_answers_without_a_body(world: World, path: str) -> None:
    whole, head = await fetched(world, path), await fetched(world, path, "HEAD")

    assert (head.status_code, head.content, head.headers) == (200, b"", whole.headers)


@pytest.mark.parametrize("path", EVERY_FORM)
async def test_who_has_it_is_told_so_with_the_same_headers_and_without_rendering(
    world: World, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = await fetched(world, path)
    tag, since = whole.headers["etag"], whole.headers["last-modified"]
    monkeypatch.setattr(public_lists, "upcoming", None)  # nothing is read for an answer without a body

    for condition in (
        {"if_none_match": tag},
        {"if_none_match": f'"other", W/{tag}'},
        {"if_none_match": "*"},
        {"if_modified_since": since},
        {"if_none_match": tag, "if_modified_since": "Mon, 01 Jan 2001 00:00:00 GMT"},
    ):
        again = await fetched(world, path, **condition)

        assert (again.status_code, again.content) == (304, b""), condition
        # A browser puts the headers of a 304 in the place of those it kept: who may frame the page is among them.
        same = whole.headers.keys() - {"content-length"}
        assert {name: again.headers.get(name) for name in same} == {name: whole.headers[name] for name in same}


@pytest.mark.parametrize("condition", ["", '"', "W/", "é", '"a', "Mon", "*, *", "\t", '"' * 5000])
async def test_a_condition_that_says_nothing_is_no_condition(world: World, condition: str) -> None:
    for path in EVERY_FORM:
        said = {name: condition.encode() for name in ("if_none_match", "if_modified_since")}

        assert (await fetched(world, path, **said)).status_code == 200


@pytest.mark.parametrize("path", EVERY_FORM)
async def test_a_change_is_seen_at_once_and_a_booking_by_nobody(world: World, path: str) -> None:
    session = await world.session()
    before = await fetched(world, path)
    await world.booked(session)
    assert (await fetched(world, path, if_none_match=before.headers["etag"])).status_code == 304

    await cancelled(world, session, in_days(0, 1))
    after = await fetched(world, path, if_none_match=before.headers["etag"])

    assert after.status_code == 200 and "nnul" in after.text.lower()
    assert after.headers["last-modified"] > before.headers["last-modified"]


@pytest.mark.parametrize("path", EVERY_FORM)
async def test_midnight_makes_it_another_list(world: World, path: str) -> None:
    tag = (await fetched(world, path)).headers["etag"]

    assert (await fetched(world, path, days=0.5, if_none_match=tag)).status_code == 304
    assert (await fetched(world, path, days=1, if_none_match=tag)).status_code == 200


async def test_each_choice_has_a_tag_of_its_own(world: World) -> None:
    asked = ["", "?nombre=3", f"?atelier={world.workshop.id}", "?couleur=red", "?theme=clair", "?langue=en"]

    tags = [(await fetched(world, PAGE + query)).headers["etag"] for query in asked]
    tags += [(await fetched(world, path)).headers["etag"] for path in (JSON, ATOM)]

    assert len(set(tags)) == len(tags)
    assert (await fetched(world, f"{PAGE}?nombre=10&rien=1")).headers["etag"] == tags[0]


@pytest.mark.parametrize("path", EVERY_FORM)
async def test_who_is_signed_in_gets_the_same_bytes_and_reads_no_more(
    world: World, browsers: Browsers, path: str
) -> None:
    await world.session()
    signed_in = await browsers.of(world.manager)
    signed_in.http.cookies.set("__Host-langue", "en")

    own, strangers = await signed_in.get(path), await browsers.stranger().get(path)

    assert (own.content, own.headers) == (strangers.content, strangers.headers)


async def test_an_address_given_up_is_framed_too_and_says_so(world: World) -> None:
    gone = await fetched(world, "/agences/inconnue/prochains")

    assert "frame-ancestors *" in gone.headers["content-security-policy"]
    assert "Cet agenda n’existe pas, ou il n’est pas public." in gone.text


async def test_the_last_change_is_said_to_the_second(world: World) -> None:
    await world.session()

    said = (await fetched(world, PAGE)).headers["last-modified"]

    assert datetime.strptime(said, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC) == NOW
