"""Calendars at an address somewhere on the Internet: fetched when they changed, in small steps, up to a limit."""

import asyncio
import zlib
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urljoin

import httpx

from booking.delivery.outside import NotCalled, Outside, why
from booking.domain.external_calendars import as_https
from calendars.foreign import MOST_BYTES

MOST_REDIRECTS = 3
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Office 365 answers 500 to who is no browser.
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0 (Ateliers)"
ASKED = {"user-agent": BROWSER, "accept": "text/calendar, */*;q=0.5", "accept-encoding": "gzip, identity"}
PACKED = frozenset({"gzip", "x-gzip", "deflate"})


class NotFetched(Exception):
    """The calendar could not be fetched; the argument says why in one word."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stands there, or None when it is still what it was; and by what to ask whether it changed."""

    body: bytes | None
    etag: str = ""
    last_modified: str = ""


class Fetcher(Outside):
    """Fetches calendars."""

    async def fetch(self, url: str, etag: str = "", last_modified: str = "") -> Fetched:
        """What stands there now. Raises :class:`NotFetched`, and nothing else."""
        try:
            async with asyncio.timeout(self.timeout):
                return await self._fetch(as_https(url), etag, last_modified)
        except (NotCalled, httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as failure:
            raise NotFetched(why(failure)) from failure

    async def _fetch(self, url: str, etag: str, last_modified: str) -> Fetched:
        known = {"if-none-match": etag, "if-modified-since": last_modified}
        headers = ASKED | {name: value for name, value in known.items() if value}
        for _ in range(MOST_REDIRECTS + 1):
            async with self.answering("GET", url, headers) as response:
                if response.status_code not in REDIRECTS:
                    return await _answered(response)
                url = as_https(urljoin(url, response.headers.get("location", "")))
        raise NotFetched("too-many-redirects")


async def _answered(response: httpx.Response) -> Fetched:
    status = response.status_code
    if status == HTTPStatus.NOT_MODIFIED:
        return Fetched(None)
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        raise NotFetched("not-there")
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        raise NotFetched("needs-sign-in")
    if status != HTTPStatus.OK:
        raise NotFetched("server-error")
    said = response.headers
    body = _unpacked(await _read(response), said.get("content-encoding", "identity").strip().lower())
    return Fetched(body, _short(said.get("etag", "")), _short(said.get("last-modified", "")))


async def _read(response: httpx.Response) -> bytes:
    pieces = bytearray()
    async for piece in response.aiter_raw():
        pieces += piece
        if len(pieces) > MOST_BYTES:
            raise NotFetched("too-large")
    return bytes(pieces)


def _unpacked(body: bytes, how: str) -> bytes:
    """A small file may unpack to a huge one: it is not unpacked to its end."""
    if how in ("identity", ""):
        return body
    if how not in PACKED:
        raise NotFetched("not-a-calendar")
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        found = unpacking.decompress(body, MOST_BYTES + 1)
    except zlib.error as error:
        raise NotFetched("not-a-calendar") from error
    if len(found) > MOST_BYTES:
        raise NotFetched("too-large")
    if not unpacking.eof:
        raise NotFetched("cut-off")
    return found


def _short(said: str) -> str:
    """What cannot be sent back as it is, is not kept."""
    return said if len(said) <= 200 and said.isascii() and said.isprintable() else ""
