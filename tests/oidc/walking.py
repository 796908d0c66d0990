"""Somebody who signs in at the provider, page by page, and what the provider then asks of us."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape

import httpx

from booking.delivery.issuers import Issuers
from tests.fake_issuer import issuer
from tests.given import SITE

FORM = re.compile(r'<form[^>]*action="([^"]+)"[^>]*>(.*?)</form>', re.DOTALL)
INPUT = re.compile(r'<input[^>]*name="([^"]+)"[^>]*>')
VALUE = re.compile(r'value="([^"]*)"')
Bend = Callable[[dict[str, str]], dict[str, str]]


class Bending(httpx.AsyncHTTPTransport):
    """The way to the provider, on which somebody changes what its door for codes answers."""

    def __init__(self, bend: Bend) -> None:
        super().__init__()
        self._bend = bend

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await super().handle_async_request(request)
        if request.url.path != "/token":
            return answer
        await answer.aread()
        return httpx.Response(answer.status_code, json=self._bend(answer.json()))


def certified(url: str, bend: Bend | None = None, **more: object) -> Issuers:
    """The provider as an operator wrote it down; groups come from its door for claims."""
    known = {"name": "certifie", "label": "le fournisseur", "url": url, "client_secret": "un-secret-pour-essayer"}
    known |= {"scopes": ("openid", "profile", "groups"), **more}
    return Issuers([issuer(**known)], transport=Bending(bend) if bend else None)


@dataclass
class Person:
    """A browser at the provider."""

    http: httpx.AsyncClient

    async def signs_in(self, url: str) -> str:
        """From the address that we sent somebody to, up to the one that leads back to us."""
        answer = await self.http.get(url)
        for _ in range(20):
            if answer.is_redirect:
                there = answer.headers["location"]
                if there.startswith(SITE.url):
                    return there.removeprefix(SITE.url)
                answer = await self.http.get(there)
            else:
                answer = await self._fill(answer)
        raise AssertionError(answer.text)

    async def _fill(self, page: httpx.Response) -> httpx.Response:
        found = FORM.search(page.text)
        assert found, page.text
        fields = {one[1]: unescape("".join(VALUE.findall(one[0]))) for one in INPUT.finditer(found[2])}
        # The button that says yes, where a page asks whether to sign out.
        fields |= {"login": "nadia", "password": "x"} if "password" in fields else {}
        fields |= {"logout": "yes"} if "xsrf" in fields else {}
        return await self.http.post(unescape(found[1]), data=fields)


@dataclass
class Orders:
    """Who listens for orders to sign out."""

    bodies: "asyncio.Queue[bytes]" = field(default_factory=asyncio.Queue)

    @classmethod
    @asynccontextmanager
    async def listening(cls, port: int) -> AsyncIterator["Orders"]:
        """As long as a test runs."""
        orders = cls()
        server = await asyncio.start_server(orders._take, "127.0.0.1", port)
        async with server:
            yield orders

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = re.search(rb"content-length: (\d+)", head)
        self.bodies.put_nowait(await reader.readexactly(int(length[1]) if length else 0))
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        await writer.drain()
        writer.close()
