"""A request whose database went away in the middle is done again, while whoever sent it still waits.

A server that fails over is away for some seconds. What was only read, what was not yet written, and what bears a key
that tells it from its repeat can be done again and nothing is done twice; anything else is answered with 503.
"""

import asyncio
from math import inf
from typing import Any

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from booking.storage.errands import Errand, errand

# Seconds before it is tried again.
PAUSE = 0.25
# Bytes of a body that is kept for its repeat; greater ones are lists, whose sender keeps them.
MOST_KEPT = 1024 * 1024
READING = ("GET", "HEAD")
FORM = b"application/x-www-form-urlencoded"
# Where a request keeps its body.
RECEIVED = "received"


class Repeating:
    """Stands before the whole product."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, and pass it on again where that helps."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = Body(receive)
        if _length(scope) <= MOST_KEPT:
            await body.fill()  # so that it can be shown again, even if the database went before anybody read it
        with errand() as mine:
            is_reading = scope["method"] in READING
            while True:
                answer = Answer(send, mine, body, is_reading=is_reading)
                fresh: Any = {**scope, "state": {**(scope.get("state") or {}), RECEIVED: body}}
                await self._app(fresh, body.again(), answer)
                # For who stands before this one: by which door, and who asked.
                scope.update(fresh)
                if not answer.is_held:
                    return
                await asyncio.sleep(PAUSE)


def _length(scope: Any) -> float:
    """Of a form that was sent, in bytes; anything else is read by whoever wants it."""
    headers = dict(scope["headers"])
    is_form = headers.get(b"content-type", b"").partition(b";")[0].strip().lower() == FORM
    told = headers.get(b"content-length", b"")
    return int(told) if is_form and told.isdigit() else inf


class Body:
    """What was received, to be received again."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._kept: list[Any] = []
        self._size = 0

    @property
    def is_whole(self) -> bool:
        """Whether all of it was kept."""
        return self._size <= MOST_KEPT

    @property
    def text(self) -> bytes:
        """What was kept of it."""
        return b"".join(message.get("body", b"") for message in self._kept)

    async def fill(self) -> None:
        """Receive all of it."""
        receive = self.again()
        while (await receive()).get("more_body"):
            pass

    def again(self) -> Receive:
        """From the beginning."""
        known = iter(list(self._kept))

        async def receive() -> Any:
            message: Any = next(known, None)
            if message is None:
                message = await self._receive()
                if message["type"] == "http.request":
                    self._size += len(message.get("body", b""))
                    self._kept += [message] if self.is_whole else []
            return message

        return receive


class Answer:
    """Passes on what is said, unless it is better to try again: then it is held, and nobody hears it."""

    def __init__(self, send: Send, mine: Errand, body: Body, *, is_reading: bool) -> None:
        self._send, self._errand, self._body, self._is_reading = send, mine, body, is_reading
        self.is_held = False

    async def __call__(self, message: Message) -> None:
        """One message of the answer."""
        if message["type"] == "http.response.start":
            self.is_held = message["status"] == 503 and self._helps()
            if not self.is_held:
                self._errand.ends_at = inf  # who reads a stream waits for as long as he likes
        if not self.is_held:
            await self._send(message)

    def _helps(self) -> bool:
        mine = self._errand
        may_repeat = mine.is_lost if self._is_reading else mine.may_repeat()
        return may_repeat and self._body.is_whole and mine.left > 2 * PAUSE
