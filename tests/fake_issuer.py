"""A provider of identities in a few lines: it checks what it is asked, and can be told to lie."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from booking.delivery.id_tokens import LOGOUT
from booking.delivery.issuers import Issuers
from booking.domain.issuers import Grant, Issuer
from booking.domain.staff import Role
from tests.given import NOW

URL = "https://identite.example"
CODE = "38001"
AT = int(NOW.timestamp())


def issuer(**more: Any) -> Issuer:
    """The network's own provider, whose groups give roles and accounts."""
    usual = {
        "name": "reseau",
        "label": "le réseau",
        "url": URL,
        "client_id": "ateliers",
        "client_secret": "un secret: avec +",
        "claim": "groups",
        "grants": (
            Grant(value="conseil", role=Role.ADVISER, agency_code=CODE),
            Grant(value="direction", role=Role.MANAGER, agency_code=CODE),
        ),
        "makes_accounts": True,
    }
    return Issuer(**(usual | more))


@cache
def key(kid: str) -> RSAKey:
    """A key of its own; made once, as it takes a while."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})


@dataclass
class FakeIssuer:
    """It answers as a provider does; ``claims``, ``header`` and ``signed_by`` bend what it signs next."""

    issuer: Issuer = field(default_factory=issuer)
    published: list[str] = field(default_factory=lambda: ["a"])
    metadata: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    signed_by: str = "a"
    is_away: bool = False
    # What its door about people says, plain or signed; None where there is no such door.
    person: dict[str, Any] | None = None
    signs_person: bool = False
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def issuers(self, *others: Issuer) -> Issuers:
        """It, and perhaps others, as the product knows them."""
        return Issuers([self.issuer, *others], transport=httpx.MockTransport(self._answer))

    def sign_in(self, url: str) -> dict[str, str]:
        """Somebody signs in there: what stands in the address of the way back."""
        asked = dict(parse_qsl(urlsplit(url).query))
        assert {"openid"} <= set(asked["scope"].split())
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"], "iss": self.issuer.url}

    def order(self, sid: str | None = "s-1", **bent: Any) -> str:
        """An order to sign out."""
        said = {"sub": "u-7", "sid": sid, "events": {LOGOUT: {}}, "jti": "j-1", "iat": AT, "exp": AT + 120}
        return self.signed({"iss": self.issuer.url, "aud": self.issuer.client_id} | said | bent)

    def signed(self, said: dict[str, Any]) -> str:
        """Signed, or what looks like it."""
        said = {name: value for name, value in said.items() if value is not None}
        if self.header.get("alg") == "none":
            parts = [json.dumps(part).encode() for part in (self.header, said)]
            return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts) + "."
        return jwt.encode({"alg": "RS256", "kid": self.signed_by} | self.header, said, key(self.signed_by))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if self.is_away:
            raise httpx.ConnectError("nobody there")
        doors: dict[str, Callable[[httpx.Request], httpx.Response]] = {
            "/.well-known/openid-configuration": self._describe,
            "/keys": lambda _: httpx.Response(
                200, json=KeySet([key(kid) for kid in self.published]).as_dict(private=False)
            ),
            "/token": self._redeem,
            "/person": self._tell,
        }
        self.asked.append(request.url.path)
        return doors[request.url.path](request)

    def _describe(self, _: httpx.Request) -> httpx.Response:
        url = self.issuer.url
        doors = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
        doors |= {"end_session_endpoint": "/end"} | ({"userinfo_endpoint": "/person"} if self.person else {})
        said = {name: url + path for name, path in doors.items()}
        usual = {"issuer": url, "authorization_response_iss_parameter_supported": True, **said}
        return httpx.Response(200, json=usual | self.metadata)

    def _tell(self, request: httpx.Request) -> httpx.Response:
        assert request.headers["authorization"] == "Bearer t-1"
        said = self.person or {}
        return httpx.Response(200, content=self.signed(said)) if self.signs_person else httpx.Response(200, json=said)

    def _redeem(self, request: httpx.Request) -> httpx.Response:
        form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        basic = base64.b64decode(request.headers["authorization"].split()[1]).decode()
        assert basic == "ateliers:un%20secret%3A%20avec%20%2B"
        asked = self.codes.pop(form["code"], None)
        proof = base64.urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        if asked is None or asked["code_challenge"] != proof or asked["redirect_uri"] != form["redirect_uri"]:
            return httpx.Response(400, json={"error": "invalid_grant"})
        said = {"iss": self.issuer.url, "aud": "ateliers", "sub": "u-7", "nonce": asked["nonce"], "sid": "s-1"}
        said |= {"iat": AT, "exp": AT + 300, "name": "Nadia Benali", "preferred_username": "Nadia.B"}
        said |= {"groups": ["conseil"]} | self.claims
        return httpx.Response(200, json={"id_token": self.signed(said), "access_token": "t-1"})
