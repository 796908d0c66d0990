"""One line in the log for each answer: which door, how it ended, how long it took; never who is asked about.

The door is written as its template (``/p/{code}/{proof}``): addresses hold the secrets of feeds and of people's pages,
and what somebody searched for. Of who asks only the identifier of staff is noted.
"""

from time import perf_counter
from typing import Any

import structlog
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from booking.web.tracing import reference

log = structlog.get_logger()
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
UNKNOWN = "-"


class AccessLog:
    """Stands before the whole product."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, and note how it ended, also when nobody waited for it."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        began, status = perf_counter(), 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            took = round(1000 * (perf_counter() - began), 1)
            log.info("answered", **_line(scope), status=status, ms=took, reference=reference())


def _line(scope: Scope) -> dict[str, Any]:
    """What the product found out about the request; nothing that the request says of itself is repeated."""
    method = str(scope["method"])
    staff = (scope.get("state") or {}).get("staff")
    told = {"method": method if method in METHODS else UNKNOWN, "door": scope.get("path_template") or UNKNOWN}
    return told | ({"staff": str(staff.id)} if staff else {})
