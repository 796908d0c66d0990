"""Connections to the outside: to public places only, to the very address that was looked at, and never further.

Whoever writes an address here must not reach our own network by it (server-side request forgery, OWASP API7:2023): the
name is resolved once, every address it has must be public, and the connection goes to the first of them.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from functools import cached_property
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

import httpx

from booking.domain.networks import is_public
from booking.domain.receivers import is_callable

Resolve = Callable[[str, int], Awaitable[list[str]]]

TIMEOUT = 10.0


class NotCalled(Exception):
    """Nobody was called, for this reason."""


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, the best first."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(where[0]) for *_, where in found]


class Outside:
    """The programs outside. With ``are_local`` those of this machine, too, without encryption: for trying out."""

    def __init__(
        self,
        *,
        are_local: bool = False,
        resolve: Resolve = resolve,
        timeout: float = TIMEOUT,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.are_local, self.timeout = are_local, timeout
        self._resolve, self._transport = resolve, transport

    @asynccontextmanager
    async def answering(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None
    ) -> AsyncIterator[httpx.Response]:
        """The answer, to be read within the block; no redirect is followed.

        Raises :class:`NotCalled`, and whatever ``httpx`` and the operating system raise.
        """
        parts = urlsplit(url)
        request = httpx.Request(
            method,
            _at(parts, await self._address(url, parts)),
            headers={**headers, "host": parts.netloc},
            content=body,
            # The certificate is that of the name, not of the address.
            extensions={"sni_hostname": parts.hostname, "timeout": httpx.Timeout(self.timeout).as_dict()},
        )
        # A client of its own: a connection kept open would serve another name at the same address.
        async with httpx.AsyncClient(verify=self._tls, trust_env=False, transport=self._transport) as client:
            response = await client.send(request, stream=True, follow_redirects=False)
            try:
                yield response
            finally:
                await response.aclose()

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """Made when the first call needs it: reading the certificates takes a while."""
        return httpx.create_ssl_context()

    async def _address(self, url: str, parts: SplitResult) -> str:
        """The one address to call. Raises :class:`NotCalled` unless every address of the name is public."""
        if not is_callable(url, may_be_local=self.are_local):
            raise NotCalled("not-public")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            found = await self._resolve(parts.hostname or "", port)
        # A part of the name may be too long to be asked for.
        except (OSError, UnicodeError) as error:
            raise NotCalled("no-such-name") from error
        if not found:
            raise NotCalled("no-such-name")
        if not self.are_local and not all(is_public(ip_address(one)) for one in found):
            raise NotCalled("not-public")
        return found[0]


def why(failure: BaseException) -> str:
    """In one word what went wrong."""
    if isinstance(failure, NotCalled):
        return str(failure)
    if isinstance(failure, TimeoutError | httpx.TimeoutException):
        return "timeout"
    cause: BaseException | None = failure
    while cause:
        if isinstance(cause, ssl.SSLError):
            return "bad-certificate"
        cause = cause.__cause__ or cause.__context__
    return "no-answer"


def _at(parts: SplitResult, address: str) -> str:
    """The same address with numbers in place of the name."""
    where = f"[{address}]" if ":" in address else address
    return parts._replace(netloc=f"{where}:{parts.port}" if parts.port else where).geturl()
