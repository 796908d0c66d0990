"""What a provider of identities signs (OpenID Connect Core 3.1.3.7, Back-Channel Logout 2.6): read and not believed
before everything about it is right."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from authlib.oauth2.claims import JWTClaims
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet, import_key

from booking.domain.issuers import ALGORITHMS, Failure, Issuer

# Clocks differ; an order to sign out is told at once.
SKEW = 60
OLDEST_ORDER = 600
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
LONGEST = 32 * 1024
Claims = Mapping[str, Any]


class NotBelieved(Exception):
    """This is not what it should be; the argument is a :class:`Failure`."""


class UnknownKey(Exception):
    """This was signed with a key that is not among those known; it may be a new one."""


def keys_of(said: Any) -> KeySet:
    """The keys for signatures; whatever else stands there (RFC 7517, 5) is passed over."""
    found = []
    for one in said.get("keys", []) if isinstance(said, dict) else []:
        is_public = isinstance(one, dict) and one.get("kty") in ("RSA", "EC") and one.get("use", "sig") == "sig"
        try:
            found += [import_key(one)] if is_public else []
        except (JoseError, ValueError, TypeError, KeyError):
            continue
    return KeySet(found)


def id_token(token: str, keys: KeySet, issuer: Issuer, nonce: str, access_token: str, now: datetime) -> Claims:
    """What it says of who signed in. Raises :class:`NotBelieved`, :class:`UnknownKey`."""
    header, said = _opened(token, keys)
    params = {"client_id": issuer.client_id, "nonce": nonce, "access_token": access_token}
    claims = CodeIDToken(said, header, options=_for(issuer), params=params)
    _check(claims, now)
    if not (isinstance(claims["sub"], str) and claims["sub"]):
        raise NotBelieved(Failure.BAD_CLAIM)
    if issuer.acr and claims.get("acr") not in issuer.acr:
        raise NotBelieved(Failure.TOO_WEAK)
    return claims  # type: ignore[no-any-return]


def logout_token(token: str, keys: KeySet, issuer: Issuer, now: datetime) -> Claims:
    """Whose sign-ins to end. Raises :class:`NotBelieved`, :class:`UnknownKey`."""
    header, said = _opened(token, keys)
    claims = JWTClaims(said, header, options=_for(issuer) | {"iat": {"essential": True}, "jti": {"essential": True}})
    _check(claims, now)
    events = said.get("events")
    is_order = isinstance(events, dict) and isinstance(events.get(LOGOUT), dict) and "nonce" not in said
    names = [said[name] for name in ("sub", "sid") if name in said]
    is_fresh = said["iat"] > now.timestamp() - OLDEST_ORDER
    if not (is_order and is_fresh and names and all(isinstance(one, str) and one for one in names) and said["jti"]):
        raise NotBelieved(Failure.BAD_ORDER)
    return said


def statement(token: str, keys: KeySet) -> Claims:
    """What it says, signed by one of these. Raises :class:`NotBelieved`, :class:`UnknownKey`."""
    return _opened(token, keys)[1]


def _for(issuer: Issuer) -> dict[str, Any]:
    """From this provider, for us."""
    return {"iss": {"essential": True, "value": issuer.url}, "aud": {"essential": True, "value": issuer.client_id}}


def _opened(token: str, keys: KeySet) -> tuple[dict[str, Any], dict[str, Any]]:
    if len(token) > LONGEST:
        raise NotBelieved(Failure.UNREADABLE)
    try:
        found = jwt.decode(token, keys, algorithms=list(ALGORITHMS))
    except InvalidKeyIdError as error:
        raise UnknownKey from error
    except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise NotBelieved(Failure.BAD_SIGNATURE) from error
    return dict(found.header), dict(found.claims)


def _check(claims: JWTClaims, now: datetime) -> None:
    try:
        claims.validate(now=int(now.timestamp()), leeway=SKEW)
    except ExpiredTokenError as error:
        raise NotBelieved(Failure.EXPIRED) from error
    except (JoseError, ValueError, TypeError) as error:
        raise NotBelieved(Failure.BAD_CLAIM) from error
