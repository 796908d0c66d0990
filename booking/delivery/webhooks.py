"""Calls to other programs: to public places only, to the very address that was looked at, and never further.

Whoever writes an address here must not reach our own network by it (server-side request forgery, OWASP API7:2023): the
name is resolved once, every address it has must be public, and the connection goes to the first of them.
"""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

import httpx

from booking.domain.calling import Answer
from booking.domain.networks import is_public
from booking.domain.receivers import is_callable

Resolve = Callable[[str, int], Awaitable[list[str]]]

TIMEOUT = 10.0
LARGEST_BODY = 64 * 1024
# Of what the receiver says only the status counts; this much is read so that it can say it to its end.
LARGEST_ANSWER = 16 * 1024


class NotCalled(Exception):
    """Nobody was called, for this reason."""


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, the best first."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(where[0]) for *_, where in found]


class Receivers:
    """The programs outside. With ``are_local`` those of this machine, too, without encryption: for trying out."""

    def __init__(
        self,
        *,
        are_local: bool = False,
        resolve: Resolve = resolve,
        timeout: float = TIMEOUT,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._are_local, self._resolve, self._timeout = are_local, resolve, timeout
        self._transport, self._tls = transport, httpx.create_ssl_context()

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """What the receiver answered within ten seconds; never raises, whatever it does."""
        try:
            async with asyncio.timeout(self._timeout):
                return await self._post(url, headers, body)
        except NotCalled as refused:
            return Answer(error=str(refused))
        except (TimeoutError, httpx.TimeoutException):
            return Answer(error="timeout")
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as failure:
            return Answer(error=_why(failure))

    async def _post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        if len(body) > LARGEST_BODY:
            raise NotCalled("too-large")
        parts = urlsplit(url)
        request = httpx.Request(
            "POST",
            _at(parts, await self._address(url, parts)),
            headers={**headers, "host": parts.netloc, "content-type": "application/json", "user-agent": "Ateliers"},
            content=body,
            # The certificate is that of the name, not of the address.
            extensions={"sni_hostname": parts.hostname, "timeout": httpx.Timeout(self._timeout).as_dict()},
        )
        # A client of its own: a connection kept open would serve another name at the same address.
        async with httpx.AsyncClient(verify=self._tls, trust_env=False, transport=self._transport) as client:
            response = await client.send(request, stream=True, follow_redirects=False)
            await _read(response)
            return Answer(response.status_code, retry_after=_wish(response.headers.get("retry-after", "")))

    async def _address(self, url: str, parts: SplitResult) -> str:
        """The one address to call. Raises :class:`NotCalled` unless every address of the name is public."""
        if not is_callable(url, may_be_local=self._are_local):
            raise NotCalled("not-public")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            found = await self._resolve(parts.hostname or "", port)
        # A part of the name may be too long to be asked for.
        except (OSError, UnicodeError) as error:
            raise NotCalled("no-such-name") from error
        if not found:
            raise NotCalled("no-such-name")
        if not self._are_local and not all(is_public(ip_address(one)) for one in found):
            raise NotCalled("not-public")
        return found[0]


def _at(parts: SplitResult, address: str) -> str:
    """The same address with numbers in place of the name."""
    where = f"[{address}]" if ":" in address else address
    return parts._replace(netloc=f"{where}:{parts.port}" if parts.port else where).geturl()


async def _read(response: httpx.Response) -> None:
    left = LARGEST_ANSWER
    async for piece in response.aiter_raw():
        left -= len(piece)
        if left < 0:
            break
    await response.aclose()


def _wish(said: str) -> timedelta | None:
    """When to ask again (RFC 9110, 10.2.3): seconds, or a date."""
    if said.isascii() and said.isdigit() and len(said) < 8:
        return timedelta(seconds=int(said))
    try:
        return max(parsedate_to_datetime(said) - datetime.now(UTC), timedelta())
    except (ValueError, TypeError):
        return None


def _why(failure: BaseException) -> str:
    cause: BaseException | None = failure
    while cause:
        if isinstance(cause, ssl.SSLError):
            return "bad-certificate"
        cause = cause.__cause__ or cause.__context__
    return "no-answer"
