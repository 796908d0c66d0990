"""Pages and answers to programs, made small on their way for whoever reads them so (RFC 9110, 12.5.3).

How long something is once packed tells what else it holds to who may both choose a part of it and watch the line
(BREACH). So a page is packed only for who asked for it here: another site that has it fetched gets it as it is.
"""

import zlib
from typing import Any

from litestar.types import ASGIApp, Message, Receive, Scope, Send

PACKED = (b"text/html", b"application/json", b"application/problem+json")
# Below this it is one packet of the line either way.
LEAST = 1000
# A page of 49 kB goes as 6.5 kB after a third of a millisecond; the usual 6 saves one kB more in three times that.
LEVEL = 2
GZIP = zlib.MAX_WBITS | 16
# By the browser's word (Fetch Metadata): from our own page, or typed into the line of addresses.
HERE = (b"same-origin", b"none")
# Calendars are known by their tag, and files are packed once.
AS_THEY_ARE = ("/ical/", "/static/", "/fonts/")
Headers = list[tuple[bytes, bytes]]


class Packing:
    """Stands before the whole product."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; what comes whole is packed, what comes piece by piece goes as it comes."""
        if scope["type"] != "http" or not may_be_packed(scope):
            await self._app(scope, receive, send)
            return
        held: Any = None

        async def packing(message: Message) -> None:
            nonlocal held
            if message["type"] == "http.response.start" and _is_text(message["headers"]):  # type: ignore[arg-type]
                held = message
                return
            if held is not None:
                start, held = held, None
                if message["type"] == "http.response.body" and not message.get("more_body"):
                    start, message = _packed(start, message)
                await send(start)
            await send(message)

        await self._app(scope, receive, packing)


def may_be_packed(scope: Any) -> bool:
    """Whether who asks reads what is packed, and asks for himself; who shows no cookie has nothing to be told."""
    said = dict(scope["headers"])
    if b"gzip" not in said.get(b"accept-encoding", b"") or scope["path"].startswith(AS_THEY_ARE):
        return False
    return b"cookie" not in said or said.get(b"sec-fetch-site") in HERE


def _is_text(headers: Headers) -> bool:
    """Whether it shrinks; what has a tag is known by it as it is."""
    said = dict(headers)
    kind = said.get(b"content-type", b"").partition(b";")[0]
    return kind in PACKED and b"etag" not in said and b"content-encoding" not in said


def _packed(start: Any, body: Any) -> tuple[Any, Any]:
    content = body.get("body", b"")
    if len(content) < LEAST:
        return start, body
    packer = zlib.compressobj(LEVEL, wbits=GZIP)
    small = packer.compress(content) + packer.flush()
    kept = [one for one in start["headers"] if one[0] != b"content-length"]
    told = [(b"content-encoding", b"gzip"), (b"vary", b"accept-encoding"), (b"content-length", b"%d" % len(small))]
    return {**start, "headers": kept + told}, {**body, "body": small}
