"""Calendars are fetched from public places only, as often as they change, and never to the end of a flood."""

import gzip
import zlib

import httpx
import pytest

from booking.delivery.fetching import MOST_REDIRECTS, Fetched, Fetcher, NotFetched
from calendars.foreign import MOST_BYTES
from tests.calendar_hosts import Said, hosting

BODY = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
LOCAL = Fetcher(are_local=True, timeout=2)


async def refused(url: str, fetcher: Fetcher = LOCAL) -> str:
    with pytest.raises(NotFetched) as refusal:
        await fetcher.fetch(url)
    return str(refusal.value)


async def test_a_calendar_is_fetched_with_what_tells_its_version():
    async with hosting(Said(body=BODY, headers=('ETag: "7"', "Last-Modified: Mon, 19 Oct 2026 08:00:00 GMT"))) as host:
        found = await LOCAL.fetch(host.url)

    assert found == Fetched(BODY, '"7"', "Mon, 19 Oct 2026 08:00:00 GMT")
    assert "Mozilla" in host.asked[0]["user-agent"] and "if-none-match" not in host.asked[0]


async def test_what_has_not_changed_is_not_sent_again():
    async with hosting(Said("304 Not Modified")) as host:
        found = await LOCAL.fetch(host.url, '"7"', "Mon, 19 Oct 2026 08:00:00 GMT")

    assert found == Fetched(None)
    assert host.asked[0]["if-none-match"] == '"7"'
    assert host.asked[0]["if-modified-since"] == "Mon, 19 Oct 2026 08:00:00 GMT"


async def test_a_redirect_is_followed_three_times_and_not_once_more():
    onwards = Said("302 Found", headers=("Location: /ailleurs.ics",))
    async with hosting(*[onwards] * MOST_REDIRECTS, Said(body=BODY)) as host:
        assert (await LOCAL.fetch(host.url)).body == BODY
        assert host.paths[-1] == "/ailleurs.ics"
    async with hosting(onwards) as host:
        assert await refused(host.url) == "too-many-redirects"
        assert len(host.paths) == MOST_REDIRECTS + 1


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("404 Not Found", "not-there"),
        ("410 Gone", "not-there"),
        ("401 Unauthorized", "needs-sign-in"),
        ("403 Forbidden", "needs-sign-in"),
        ("500 Oh", "server-error"),
        ("204 No Content", "server-error"),
    ],
)
async def test_what_the_host_says_is_told_by_its_name(status: str, code: str):
    async with hosting(Said(status)) as host:
        assert await refused(host.url) == code


async def test_a_flood_is_left_after_five_megabytes():
    async with hosting(Said(size=50 * 1024 * 1024)) as host:
        assert await refused(host.url) == "too-large"


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
async def test_a_packed_calendar_is_unpacked_and_a_bomb_is_not(pack):
    coding = "gzip" if pack is gzip.compress else "deflate"
    headers = (f"Content-Encoding: {coding}",)
    async with hosting(
        Said(body=pack(BODY), headers=headers),
        Said(body=pack(b"x" * 10 * MOST_BYTES), headers=headers),
        Said(body=b"?", headers=headers),
        Said(headers=("Content-Encoding: br",)),
    ) as host:
        assert (await LOCAL.fetch(host.url)).body == BODY
        assert [await refused(host.url) for _ in range(3)] == ["too-large", "cut-off", "not-a-calendar"]


async def test_who_says_nothing_is_left():
    async with hosting(Said(body=None)) as host:
        assert await refused(host.url, Fetcher(are_local=True, timeout=0.2)) == "timeout"


async def test_where_nobody_serves_nobody_answers():
    async with hosting() as host:
        url = host.url
    assert await refused(url) == "no-answer"


class Moving(httpx.AsyncBaseTransport):
    """Sends everybody on to another address, and keeps who came."""

    def __init__(self, onwards: str) -> None:
        self.onwards, self.came = onwards, []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.came.append(str(request.url))
        return httpx.Response(302, headers={"location": self.onwards}, stream=httpx.ByteStream(b""))


async def named(host: str, port: int) -> list[str]:
    """What some names lead to."""
    return {"agenda.example.org": ["93.184.216.34"], "dedans.example.org": ["10.0.0.5"]}.get(host, [])


@pytest.mark.parametrize(
    "onwards",
    [
        "https://dedans.example.org/a.ics",
        "https://127.0.0.1/a.ics",
        "https://169.254.169.254/latest/meta-data",
        "http://agenda.example.org/a.ics",
        "https://agenda.example.org:8443/a.ics",
        "https://[::ffff:10.0.0.1]/",
        "https://karim:mot@agenda.example.org/",
        "file:nowhere",
        "gopher://agenda.example.org/",
        "//dedans.example.org",
        "https://[",
    ],
)
async def test_nobody_is_led_into_our_own_networks(onwards: str):
    transport = Moving(onwards)

    code = await refused("https://agenda.example.org/a.ics", Fetcher(resolve=named, transport=transport))

    assert code in ("not-public", "no-answer") and len(transport.came) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://agenda.example.org/a.ics",
        "https://127.0.0.1",
        "https://10.1.1.1/",
        "ftp://agenda.example.org",
        "",
        "webcal://localhost/a",
    ],
)
async def test_an_address_that_is_not_public_is_not_even_asked(url: str):
    transport = Moving("/")

    assert await refused(url, Fetcher(resolve=named, transport=transport)) == "not-public"
    assert transport.came == []


async def test_webcal_is_https():
    transport = Moving("webcal://dedans.example.org/")

    await refused("WEBCAL://agenda.example.org/a.ics", Fetcher(resolve=named, transport=transport))

    assert transport.came == ["https://93.184.216.34/a.ics"]
