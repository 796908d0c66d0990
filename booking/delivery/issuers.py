"""Talking to providers of identities: what they say of themselves, their keys, and a code turned into who it is."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import httpx
import msgspec
from joserfc.jwk import KeySet

from booking.delivery.id_tokens import Claims, NotBelieved, UnknownKey, id_token, keys_of, logout_token, statement
from booking.domain.errors import NotFound
from booking.domain.issuers import Failure, Issuer

TIMEOUT = 8.0
LARGEST = 256 * 1024
FRESH = timedelta(hours=1)
# A key that is not known may be new; who makes up keys has us ask no oftener than this.
KEYS_EVERY = timedelta(seconds=30)


class NotAnswered(Exception):
    """The provider gave nothing of use; the argument is a :class:`Failure`."""


@dataclass(frozen=True, slots=True)
class Doors:
    """Where a provider is asked for what, and whether it names itself in its answers (RFC 9207)."""

    authorization: str
    token: str
    keys: str
    person: str | None
    end: str | None
    names_itself: bool
    takes_basic: bool


@dataclass(slots=True)
class _Known:
    doors: Doors
    doors_at: datetime
    keys: KeySet | None = None
    keys_at: datetime | None = None


class Issuers:
    """The providers that an operator wrote down, by name, and what is known of each for an hour."""

    def __init__(self, written: Iterable[Issuer] = (), transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._written = {issuer.name: issuer for issuer in written}
        self._known: dict[str, _Known] = {}
        self._transport = transport

    def __iter__(self) -> Iterator[Issuer]:
        return iter(self._written.values())

    def named(self, name: str) -> Issuer:
        """One of them. Raises :class:`NotFound`."""
        if name not in self._written:
            raise NotFound
        return self._written[name]

    async def doors(self, issuer: Issuer, now: datetime, *, anew: bool = False) -> Doors:
        """Where to ask (OpenID Connect Discovery 4). Raises :class:`NotAnswered`."""
        known = self._known.get(issuer.name)
        if known and not anew and now - known.doors_at < FRESH:
            return known.doors
        said = await self._read("GET", issuer.url.rstrip("/") + "/.well-known/openid-configuration")
        doors = _doors(said, issuer)
        self._known[issuer.name] = _Known(doors, now)
        return doors

    async def keys(self, issuer: Issuer, now: datetime, *, anew: bool = False) -> KeySet:
        """The keys it signs with. Raises :class:`NotAnswered`."""
        doors = await self.doors(issuer, now)
        known = self._known[issuer.name]
        age = now - known.keys_at if known.keys_at else FRESH
        if known.keys is None or age >= FRESH or (anew and age >= KEYS_EVERY):
            known.keys, known.keys_at = keys_of(await self._read("GET", doors.keys)), now
        return known.keys

    async def redeem(self, issuer: Issuer, code: str, verifier: str, back: str, now: datetime) -> tuple[str, str]:
        """The signed statement and the access token for a code. Raises :class:`NotAnswered`."""
        doors = await self.doors(issuer, now)
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
        auth = None
        if issuer.client_secret and doors.takes_basic:
            # RFC 6749, 2.3.1: both are encoded like the fields of a form first.
            auth = httpx.BasicAuth(quote(issuer.client_id, safe=""), quote(issuer.client_secret, safe=""))
        else:
            form |= {"client_id": issuer.client_id}
            form |= {"client_secret": issuer.client_secret} if issuer.client_secret else {}
        said = await self._read("POST", doors.token, data=form, auth=auth)
        token, access = said.get("id_token"), said.get("access_token")
        if not isinstance(token, str) or not isinstance(access, str | None):
            raise NotAnswered(Failure.UNREADABLE)
        return token, access or ""

    async def who(self, issuer: Issuer, token: str, nonce: str, access: str, now: datetime) -> Claims:
        """What a statement says, if it is believed. Raises :class:`NotAnswered`, :class:`NotBelieved`."""
        claims = await self._believed(issuer, now, lambda keys: id_token(token, keys, issuer, nonce, access, now))
        doors = await self.doors(issuer, now)
        if not doors.person or not access or (issuer.reads(claims) and "name" in claims):
            return claims
        more = await self._about(issuer, doors.person, access, now)
        # Somebody else's answer is nobody's (OpenID Connect Core 5.3.2).
        if more.get("sub") != claims["sub"]:
            raise NotBelieved(Failure.BAD_CLAIM)
        return {**more, **claims}

    async def ordered(self, issuer: Issuer, token: str, now: datetime) -> Claims:
        """What an order to sign out says, if it is believed. Raises :class:`NotAnswered`, :class:`NotBelieved`."""
        return await self._believed(issuer, now, lambda keys: logout_token(token, keys, issuer, now))

    async def _believed(self, issuer: Issuer, now: datetime, read: Callable[[KeySet], Claims]) -> Claims:
        """With the keys that are known, or else those of now."""
        try:
            return read(await self.keys(issuer, now))
        except UnknownKey:
            anew = await self.keys(issuer, now, anew=True)
        try:
            return read(anew)
        except UnknownKey as error:
            raise NotBelieved(Failure.BAD_SIGNATURE) from error

    async def _about(self, issuer: Issuer, url: str, access: str, now: datetime) -> Claims:
        """What it says of somebody when asked, plain or signed (OpenID Connect Core 5.3)."""
        status, body = await self._fetched("GET", url, headers={"authorization": f"Bearer {access}"})
        if status == 200 and not body.lstrip().startswith(b"{"):
            token = body.decode(errors="replace").strip()
            return await self._believed(issuer, now, lambda keys: statement(token, keys))
        return _said(status, body)

    async def _read(self, method: str, url: str, **sent: Any) -> Mapping[str, Any]:
        """What it answers, as JSON."""
        return _said(*await self._fetched(method, url, **sent), is_code=method == "POST")

    async def _fetched(self, method: str, url: str, **sent: Any) -> tuple[int, bytes]:
        """Status and body; no redirect is followed."""
        sent["headers"] = {"accept": "application/json, application/jwt"} | sent.get("headers", {})
        try:
            async with (
                asyncio.timeout(TIMEOUT),
                httpx.AsyncClient(transport=self._transport, timeout=TIMEOUT) as http,
                http.stream(method, url, **sent) as answer,
            ):
                body = b""
                async for piece in answer.aiter_bytes():
                    body += piece
                    if len(body) > LARGEST:
                        raise NotAnswered(Failure.UNREADABLE)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise NotAnswered(Failure.AWAY) from error
        return answer.status_code, body


def _said(status: int, body: bytes, *, is_code: bool = False) -> Mapping[str, Any]:
    try:
        said = msgspec.json.decode(body)
    except (ValueError, RecursionError):
        said = None
    if is_code and status in (400, 401):
        is_ours = isinstance(said, dict) and said.get("error") in ("invalid_client", "unauthorized_client")
        raise NotAnswered(Failure.SECRET_REFUSED if is_ours else Failure.CODE_REFUSED)
    if status != 200:
        raise NotAnswered(Failure.AWAY)
    if not isinstance(said, dict):
        raise NotAnswered(Failure.UNREADABLE)
    return said


def _doors(said: Mapping[str, Any], issuer: Issuer) -> Doors:
    """It must be the one that was written down, and all its doors are on encrypted connections."""
    if said.get("issuer") != issuer.url:
        raise NotAnswered(Failure.NOT_ITSELF)
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    found = [said.get(name) for name in names]
    person, end = said.get("userinfo_endpoint"), said.get("end_session_endpoint")
    urls = [*found, *(url for url in (person, end) if url is not None)]
    # An operator wrote the provider down: it may stand in the network of the house, but nobody may listen.
    fit = ("https://", "http://") if issuer.url.startswith("http://") else ("https://",)
    if not all(isinstance(url, str) and url.startswith(fit) and url.isprintable() for url in urls):
        raise NotAnswered(Failure.UNREADABLE)
    ways = said.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    basic = isinstance(ways, list) and "client_secret_basic" in ways
    itself = said.get("authorization_response_iss_parameter_supported") is True
    return Doors(found[0], found[1], found[2], person, end, itself, basic)  # type: ignore[arg-type]
