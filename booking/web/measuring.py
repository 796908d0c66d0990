"""How often each door is asked, what it answers, and after how long; see ``/metrics``."""

from functools import cache
from time import perf_counter

from litestar.types import ASGIApp, Message, Receive, Scope, Send
from prometheus_client import Counter, Histogram

from booking.services.tallies import DURATIONS, REQUESTS, refusals
from booking.web.access_log import METHODS, UNKNOWN


class Measuring:
    """Stands before the whole product. A stream is measured to its beginning; who gave up first counts as 499."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, and count how it was answered."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        began, status, seconds = perf_counter(), 499, 0.0

        async def noting(message: Message) -> None:
            nonlocal status, seconds
            if message["type"] == "http.response.start":
                status, seconds = message["status"], perf_counter() - began
            await send(message)

        try:
            with refusals():
                await self._app(scope, receive, noting)
        finally:
            door = scope.get("path_template") or UNKNOWN
            method = str(scope["method"])
            method = method if method in METHODS else UNKNOWN
            answers, durations = _tallies(door, method, status)
            answers.inc()
            durations.observe(seconds or perf_counter() - began)


@cache  # to find them by their labels costs more than to count
def _tallies(door: str, method: str, status: int) -> tuple[Counter, Histogram]:
    return REQUESTS.labels(door, method, str(status)), DURATIONS.labels(door, method)
