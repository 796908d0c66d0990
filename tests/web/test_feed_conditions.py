"""Asking for a calendar in every form that a client may use, at its public address and by a secret link."""

from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime

import httpx
import pytest
from sqlalchemy import delete

from booking.domain.subscriptions import FeedKind
from booking.services import subscriptions
from booking.services.subscriptions import Wish
from booking.storage.tables import feed_entries, feed_scopes
from booking.web.security import cookie_name
from tests.given import NOW, SITE, World
from tests.web.programs import Programs

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture(params=["public", "secret"])
async def feed(request: pytest.FixtureRequest, world: World) -> str:
    """The address of a calendar with one meeting."""
    await world.session()
    if request.param == "public":
        return f"/ical/agences/{world.agency.slug}/ateliers.ics"
    wish = Wish(kind=FeedKind.AGENCY, scope_id=world.agency.id)
    issued = await subscriptions.create(world.db, wish, by=world.adviser, now=NOW)
    return f"/ical/{issued.token}/ateliers.ics"


async def asked(programs: Programs, feed: str, *headers: tuple[str, str]) -> httpx.Response:
    return await programs.http.get(feed, headers=list(headers))


async def whole(programs: Programs, feed: str) -> httpx.Response:
    answer = await asked(programs, feed)
    assert (answer.status_code, answer.text.count("BEGIN:VEVENT")) == (200, 1)
    return answer


KNOWN = ("{}", "W/{}", '"a", {}', '"a",W/{},"b"', " {} ", '"", {}', "*", " * ", '"a,b" , {}')
UNKNOWN = ('"a"', 'W/"a"', '"a", "b"', "a", '"', '""', ",", ", ,", '"*"', "W/", "**", "x" * 5000)
FORMS = {
    "RFC 9110": "%a, %d %b %Y %H:%M:%S GMT",
    "RFC 850": "%A, %d-%b-%y %H:%M:%S GMT",
    "asctime": "%a %b %d %H:%M:%S %Y",
}
NO_DATES = ("", "0", "demain", "Mon, 99 Foo 2026 99:99:99 GMT", "Mon, 19 Oct 99999999 08:00:00 GMT")


async def test_a_tag_that_is_known_answers_304(world: World, programs: Programs, feed: str) -> None:
    tag = (await whole(programs, feed)).headers["etag"]

    for said in KNOWN:
        again = await asked(programs, feed, ("If-None-Match", said.format(tag)))

        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), said


async def test_a_tag_that_is_not_known_answers_all(world: World, programs: Programs, feed: str) -> None:
    tag = (await whole(programs, feed)).headers["etag"]

    for said in (*UNKNOWN, tag.strip('"'), tag[:-2] + '"'):
        assert (await asked(programs, feed, ("If-None-Match", said))).status_code == 200, said


async def test_two_headers_with_tags_of_others_answer_all(world: World, programs: Programs, feed: str) -> None:
    answer = await asked(programs, feed, ("If-None-Match", '"a"'), ("If-None-Match", '"b"'))

    assert answer.status_code == 200


async def test_a_date_is_understood_in_three_forms(world: World, programs: Programs, feed: str) -> None:
    modified = parsedate_to_datetime((await whole(programs, feed)).headers["last-modified"])

    for name, form in FORMS.items():
        for later, status in ((-1, 200), (0, 304), (1, 304)):
            since = (modified + timedelta(seconds=later)).strftime(form)
            assert (await asked(programs, feed, ("If-Modified-Since", since))).status_code == status, name


async def test_a_date_that_says_nothing_answers_all(world: World, programs: Programs, feed: str) -> None:
    for said in NO_DATES:
        assert (await asked(programs, feed, ("If-Modified-Since", said))).status_code == 200, said


async def test_a_tag_counts_before_a_date(world: World, programs: Programs, feed: str) -> None:
    now = format_datetime(NOW + timedelta(days=9), usegmt=True)

    answer = await asked(programs, feed, ("If-None-Match", '"a"'), ("If-Modified-Since", now))

    assert answer.status_code == 200


async def test_the_head_is_that_of_the_whole(world: World, programs: Programs, feed: str) -> None:
    tag = (await whole(programs, feed)).headers["etag"]

    for headers in ({}, {"If-None-Match": tag}):
        got, head = [await programs.http.request(method, feed, headers=headers) for method in ("GET", "HEAD")]

        assert head.content == b""
        assert (head.status_code, head.headers) == (got.status_code, got.headers)


ALWAYS = {"cache-control": "private, no-cache", "x-robots-tag": "noindex", "referrer-policy": "no-referrer"}
CALENDAR, WORDS = "text/calendar; charset=utf-8", "text/plain; charset=utf-8"


async def test_every_answer_is_kept_to_oneself_and_says_each_thing_once(
    world: World, programs: Programs, feed: str
) -> None:
    tag = (await whole(programs, feed)).headers["etag"]

    for path, headers, status, kind in (
        (feed, {}, 200, CALENDAR),
        (feed, {"If-None-Match": tag}, 304, CALENDAR),
        (feed.replace("/ateliers", "x/ateliers"), {}, 404, WORDS),
    ):
        for method in ("GET", "HEAD"):
            answer = await programs.http.request(method, path, headers=headers)

            told = {name: answer.headers.get_list(name) for name in (*ALWAYS, "content-type")}
            assert told == {name: [value] for name, value in (ALWAYS | {"content-type": kind}).items()}, (path, method)
            assert answer.status_code == status
            assert ("etag" in answer.headers) == ("last-modified" in answer.headers) == (status != 404)


async def test_nothing_is_packed_for_who_would_unpack_it(world: World, programs: Programs, feed: str) -> None:
    answer = await asked(programs, feed, ("Accept-Encoding", "gzip, deflate, br, zstd"))

    assert "content-encoding" not in answer.headers
    assert "vary" not in answer.headers
    assert int(answer.headers["content-length"]) == len(answer.content)


async def test_no_cookie_is_given_or_asked_for(world: World, programs: Programs, feed: str) -> None:
    clean = await whole(programs, feed)

    answer = await asked(programs, feed, ("Cookie", f"{cookie_name(SITE)}=invented; _ga=1"))

    assert "set-cookie" not in answer.headers
    assert (answer.content, answer.headers) == (clean.content, clean.headers)


async def test_it_is_a_calendar_whatever_is_accepted(world: World, programs: Programs, feed: str) -> None:
    for accepted in ("application/json", "text/html;q=0.9", "image/*", "", "nonsense"):
        answer = await asked(programs, feed, ("Accept", accepted), ("User-Agent", ""))

        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8"), accepted


async def test_a_part_of_it_is_the_whole(world: World, programs: Programs, feed: str) -> None:
    answer = await asked(programs, feed, ("Range", "bytes=0-9"))

    assert (answer.status_code, answer.content) == (200, (await whole(programs, feed)).content)


async def test_the_host_of_the_day_leaves_no_trace(world: World, programs: Programs, feed: str) -> None:
    answer = await asked(programs, feed, ("Host", "autre.example"), ("X-Forwarded-Host", "evil.example"))

    assert answer.content == (await whole(programs, feed)).content
    assert b"autre.example" not in answer.content


async def test_a_calendar_is_read_only(world: World, programs: Programs, feed: str) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "PROPFIND"):
        answer = await programs.http.request(method, feed)

        assert answer.status_code == 405, method
        assert not answer.is_redirect


async def test_an_address_with_a_question_is_the_same_calendar(world: World, programs: Programs, feed: str) -> None:
    """Google and others add their own."""
    answer = await programs.http.get(f"{feed}?nocache=1&x=%ff")

    assert answer.content == (await whole(programs, feed)).content


async def test_who_has_it_and_who_asks_next_cost_no_look_at_the_meetings(
    world: World, programs: Programs, feed: str
) -> None:
    first = await whole(programs, feed)
    async with world.db.transaction() as tx:  # behind the back of everybody who counts versions
        await tx.run(delete(feed_scopes))
        await tx.run(delete(feed_entries))

    unchanged = await asked(programs, feed, ("If-None-Match", first.headers["etag"]))

    assert unchanged.status_code == 304
    assert (await whole(programs, feed)).content == first.content
