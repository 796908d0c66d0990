"""Each request has a reference: its answer says it, and so does every line that it leaves in the log."""

import re
import secrets

from litestar.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars, get_contextvars

HEADER = b"x-request-id"
# As servers in front draw it, a UUID or so many figures at random: no name, no number of a phone, no word.
WELL_FORMED = re.compile(rb"[0-9a-f][0-9a-f-]{14,62}[0-9a-f]")
# Short enough to be said to somebody on the phone.
OWN_BYTES = 4


class Tracing:
    """Stands before the whole product."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on under one reference: that of the server in front, or one of our own."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        drawn = _said(scope) or secrets.token_hex(OWN_BYTES)

        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (HEADER, drawn.encode())]
            await send(message)

        with bound_contextvars(reference=drawn):
            await self._app(scope, receive, telling)


def reference() -> str:
    """That of the request under way; a new one where nobody has drawn any."""
    return str(get_contextvars().get("reference") or secrets.token_hex(OWN_BYTES))


def _said(scope: Scope) -> str:
    said = next((value for name, value in scope["headers"] if name == HEADER), b"")
    return said.decode() if WELL_FORMED.fullmatch(said) else ""
