"""A provider of identities (OpenID Connect): what an operator wrote of it, and what its claims mean here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from booking.domain.fields import has_hidden_characters
from booking.domain.staff import Role

# Signed with a key that only the provider has. "none" and secrets that both sides know are never among them.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
LONGEST_NAME = 80


class Failure(StrEnum):
    """Why a provider could not be used, or its answer was not believed."""

    AWAY = "away"
    NOT_ITSELF = "not-itself"
    UNREADABLE = "unreadable"
    DECLINED = "declined"
    NO_CODE = "no-code"
    OTHER_ISSUER = "other-issuer"
    CODE_REFUSED = "code-refused"
    SECRET_REFUSED = "secret-refused"  # noqa: S105 - a word
    BAD_SIGNATURE = "bad-signature"
    BAD_CLAIM = "bad-claim"
    EXPIRED = "expired"
    TOO_WEAK = "too-weak"
    BAD_ORDER = "bad-order"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Whoever bears this value holds this role: in the agency of this code (or this public address), or without one in
    the whole network."""

    value: str
    role: Role
    agency_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """``name`` stands in addresses, ``label`` on pages; ``url`` is what the provider calls itself.

    ``claim`` names what holds the values of ``grants``; without one, roles are given here. ``acr`` are the strengths of
    a sign-in that are asked for, if any. With ``makes_accounts`` whoever bears a known value has an account.
    """

    name: str
    label: str
    url: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    scopes: tuple[str, ...] = ("openid", "profile")
    claim: str = ""
    grants: tuple[Grant, ...] = ()
    makes_accounts: bool = False
    acr: tuple[str, ...] = ()

    def reads(self, claims: Mapping[str, Any]) -> bool:
        """Whether all that gives roles is said here."""
        return not self.claim or bool(_values(claims, self.claim))

    def granted(self, claims: Mapping[str, Any]) -> frozenset[tuple[str | None, Role]]:
        """Pairs of agency code and role; a value that nobody wrote down gives nothing."""
        values = _values(claims, self.claim) if self.claim else frozenset()
        return frozenset((grant.agency_code, grant.role) for grant in self.grants if grant.value in values)


def _values(claims: Mapping[str, Any], path: str) -> frozenset[str]:
    """A word or several; ``realm_access.roles`` is also looked for within ``realm_access``."""
    found: Any = claims.get(path)
    if found is None:
        found = claims
        for step in path.split("."):
            found = found.get(step) if isinstance(found, Mapping) else None
    several = found if isinstance(found, list) else [found]
    return frozenset(one for one in several if isinstance(one, str))


def name_of(claims: Mapping[str, Any]) -> str:
    """What a new account is called: as the provider says, and by the subject where it says nothing fit."""
    whole = " ".join(filter(None, (_word(claims, "given_name"), _word(claims, "family_name"))))
    return _word(claims, "name") or whole or _word(claims, "preferred_username") or _word(claims, "sub")


def sign_in_name_of(claims: Mapping[str, Any], issuer: Issuer) -> str:
    """``nadia.b@reseau``: it looks like no name that is given here, and opens nothing by itself."""
    return f"{_word(claims, 'preferred_username') or _word(claims, 'sub')}".lower()[:40] + f"@{issuer.name}"


def _word(claims: Mapping[str, Any], name: str) -> str:
    said = claims.get(name)
    if not isinstance(said, str) or has_hidden_characters(said):
        return ""
    return " ".join(said.split())[:LONGEST_NAME]
