"""Calls to a provider of text messages: connections that are kept, one answer a call, and what no answer means."""

import asyncio
import json
import logging
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache, cached_property
from typing import Any

import httpx

from booking.delivery.letters import DeliveryFailed, InDoubt, Misconfigured, Unreachable
from booking.delivery.webhooks import wish

# Below what one call may take in all (LONGEST_CALL), so that the doubt is ours to name.
TIMEOUT = 10.0
# Servers close a connection that was silent too long; better be the first.
LONGEST_SILENCE = 5.0
MOST_CONNECTIONS = 8
LARGEST_ANSWER = 64 * 1024
# Brevo says by a header of its own how many seconds a limit lasts.
WISHES = ("retry-after", "x-sib-ratelimit-reset")

# It writes down every address that is called, and that of a gateway may hold a number.
logging.getLogger("httpx").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Request:
    """What a provider is asked; nothing of it is ever shown."""

    method: str
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    body: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What it says: ``said`` is its JSON, or None where it is none."""

    status: int
    said: Any = field(default=None, repr=False)
    retry_after: timedelta | None = None

    @property
    def is_yes(self) -> bool:
        """Whether it was taken, as far as HTTP goes."""
        return 200 <= self.status < 300

    def at(self, *path: str) -> Any:
        """A value within the JSON by its names and numbers; None where there is none."""
        found = self.said
        for name in path:
            if isinstance(found, Mapping):
                found = found.get(name)
            elif isinstance(found, list) and name.isdigit() and int(name) < len(found):
                found = found[int(name)]
            else:
                return None
        return found


class Line:
    """The way to one provider; certificates are verified, and no redirect is followed."""

    def __init__(self, timeout: float = TIMEOUT) -> None:
        self._timeout = timeout

    async def ask(self, request: Request, *, knows_repeats: bool) -> Answer:
        """What the provider answers within the time limit.

        Raises :class:`Unreachable` where nobody was told, or may be told again; :class:`InDoubt` where a repeat could
        reach the person twice; :class:`Misconfigured` for a certificate that is not good.
        """
        try:
            async with asyncio.timeout(self._timeout):
                return await self._ask(request)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise _not_told(error) from None
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError) as error:
            lost = Unreachable if knows_repeats else InDoubt
            raise lost(f"no answer: {type(error).__name__}") from None

    async def close(self) -> None:
        """Let go of the connections; the next call opens new ones."""
        if client := self.__dict__.pop("_client", None):
            await client.aclose()

    async def _ask(self, request: Request) -> Answer:
        asked = self._client.build_request(
            request.method, request.url, headers=dict(request.headers), content=request.body
        )
        response = await self._client.send(asked, stream=True)
        try:
            content = await _read(response)
            _leave_who_says_more(self._client)
        finally:
            await response.aclose()
        wishes = (wish(response.headers[name]) for name in WISHES if name in response.headers)
        return Answer(response.status_code, _json(content), next(filter(None, wishes), None))

    @cached_property
    def _client(self) -> httpx.AsyncClient:
        """Made when the first call needs it."""
        limits = httpx.Limits(max_connections=MOST_CONNECTIONS, keepalive_expiry=LONGEST_SILENCE)
        return httpx.AsyncClient(
            verify=_certificates(),
            trust_env=False,
            follow_redirects=False,
            limits=limits,
            timeout=httpx.Timeout(self._timeout, connect=self._timeout / 2),
            headers={"user-agent": "Ateliers", "accept": "application/json", "accept-encoding": "identity"},
        )


@cache
def _certificates() -> ssl.SSLContext:
    """Read once: it takes a while."""
    return httpx.create_ssl_context()


async def _read(response: httpx.Response) -> bytes:
    """The answer, or as much of it as any honest one has."""
    content = b""
    # Its stream itself, which leaves the connection ours until the answer is closed.
    async for piece in response.stream:  # type: ignore[union-attr]
        content += piece
        if len(content) > LARGEST_ANSWER:
            return b""
    return content


def _leave_who_says_more(client: Any) -> None:
    """A second answer on the same connection would be taken for that to the next letter: it is not used again.

    There is no public way to see it; the tests, in which a provider answers twice, tell when the inside changes.
    """
    for connection in client._transport._pool.connections:
        state = getattr(getattr(connection, "_connection", None), "_h11_state", None)
        if state is not None and repr(state.their_state) == "DONE" and state.trailing_data[0]:
            state.send_failed()


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _not_told(error: Exception) -> DeliveryFailed:
    cause: BaseException | None = error
    while cause:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Misconfigured("its certificate is not good")
        cause = cause.__cause__ or cause.__context__
    return Unreachable(f"nobody there: {type(error).__name__}")
