"""Signing in with a provider of identities (OpenID Connect, code flow with PKCE): going there, and coming back."""

import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from booking.delivery.id_tokens import Claims, NotBelieved
from booking.delivery.issuers import Issuers, NotAnswered
from booking.domain.errors import DepartureOver
from booking.domain.issuers import Failure, Issuer
from booking.domain.limits import Rate
from booking.domain.sign_ins import Asker, Present, Terms
from booking.domain.sites import Site
from booking.domain.staff import Staff
from booking.services import limits, password_links, recognising, signing_in
from booking.services.accounts import digest
from booking.services.ciphers import encrypted
from booking.services.issuer_states import failed, worked
from booking.services.signing_in import Opened
from booking.storage import identities, sign_ins
from booking.storage.database import Database
from booking.storage.identities import Departure, Issued

DEPARTURES = Rate("departures", 60, timedelta(minutes=15))
AWAY = timedelta(minutes=10)
PURPOSE = "id token"


@dataclass(frozen=True, slots=True)
class Leaving:
    """Where to go, and what the browser must bring back."""

    url: str
    browser: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who came back, and where to go on; ``opened`` is None for who was signed in already, and is known from now on."""

    path: str
    opened: Opened | None


async def depart(
    db: Database,
    issuers: Issuers,
    name: str,
    path: str,
    asker: Asker,
    *,
    by: Staff | None = None,
    link: str = "",
    site: Site,
    now: datetime,
) -> Leaving:
    """To the provider; to come back signed in, or known by it: ``by``, or who owns the link of an invitation.

    Raises :class:`NotFound`, :class:`IssuerFailed`, :class:`PasswordLinkOver`, :class:`TooManyRequests`.
    """
    issuer = issuers.named(name)
    await limits.spend(db, DEPARTURES, asker.address, now=now)
    if link:
        await password_links.owner(db, link, address=asker.address, now=now)
    try:
        doors = await issuers.doors(issuer, now)
    except NotAnswered as failure:
        raise await failed(db, issuer, failure.args[0], now) from failure
    state, browser = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    whose = {"staff_id": by.id if by else None, "link_hash": digest(link) if link else None}
    async with db.transaction() as tx:
        departure = Departure(issuer=name, path=path, expires_at=now + AWAY, **whose)  # type: ignore[arg-type]
        await identities.depart(tx, departure, digest(state), digest(browser))
    return Leaving(_address(issuer, doors.authorization, back(issuer, site), state, browser), browser)


def _address(issuer: Issuer, door: str, back: str, state: str, browser: str) -> str:
    """Where the provider asks who is there."""
    more = {"acr_values": " ".join(issuer.acr)} if issuer.acr else {}
    url = prepare_grant_uri(
        door,
        client_id=issuer.client_id,
        response_type="code",
        redirect_uri=back,
        scope=list(issuer.scopes),
        state=state,
        nonce=_derived(browser, state, "nonce"),
        code_challenge=create_s256_code_challenge(_derived(browser, state, "verifier")),
        code_challenge_method="S256",
        **more,
    )
    return str(url)


def back(issuer: Issuer, site: Site) -> str:
    """Where this provider, and no other, sends people back."""
    return f"{site.url}/connexion/retour/{issuer.name}"


async def come_back(
    db: Database,
    issuers: Issuers,
    name: str,
    answer: Mapping[str, str],
    browser: str,
    asker: Asker,
    *,
    site: Site,
    terms: Terms,
    now: datetime,
) -> Arrival:
    """From the provider, with what it said in the address.

    Raises :class:`NotFound`, :class:`DepartureOver`, :class:`IssuerFailed`, :class:`NoRoleThere`,
    :class:`NotKnownThere`, :class:`IdentityTaken`, :class:`PasswordLinkOver`.
    """
    issuer, state = issuers.named(name), answer.get("state", "")
    async with db.transaction() as tx:
        departure = await identities.come_back(tx, digest(state), digest(browser), now) if browser.isascii() else None
        present = await sign_ins.with_secret(tx, digest(asker.secret), now) if asker.secret else None
    if departure is None or departure.issuer != name:
        raise DepartureOver
    if departure.staff_id and not (present and _is_there(present, departure.staff_id, terms, now)):
        raise DepartureOver
    try:
        token, claims = await _said(issuers, issuer, answer, (browser, state), site, now)
    except (NotAnswered, NotBelieved) as failure:
        raise await failed(db, issuer, failure.args[0], now) from failure
    await worked(db, issuer, now)
    person = await recognising.recognise(db, issuer, claims, departure, now=now)
    if departure.staff_id:
        return Arrival(departure.path, None)
    opened = await signing_in.open_for(
        db, person, asker, site=site, terms=terms, now=now, issued=_issued(issuer, claims, token, site)
    )
    return Arrival(departure.path, opened)


def _is_there(present: Present, staff_id: UUID, terms: Terms, now: datetime) -> bool:
    """Whether the screen that somebody left is his still, and open."""
    found = present.sign_in
    return present.staff.id == staff_id and found.is_alive(terms, now) and found.locked_at is None


async def _said(
    issuers: Issuers, issuer: Issuer, answer: Mapping[str, str], left: tuple[str, str], site: Site, now: datetime
) -> tuple[str, Claims]:
    """The signed statement and what it says. Raises :class:`NotAnswered`, :class:`NotBelieved`."""
    doors, itself = await issuers.doors(issuer, now), answer.get("iss")
    if itself != issuer.url and (itself is not None or doors.names_itself):
        raise NotBelieved(Failure.OTHER_ISSUER)
    if answer.get("error"):
        raise NotAnswered(Failure.DECLINED)
    if not answer.get("code"):
        raise NotBelieved(Failure.NO_CODE)
    verifier, nonce = _derived(*left, "verifier"), _derived(*left, "nonce")
    token, access = await issuers.redeem(issuer, answer["code"], verifier, back(issuer, site), now)
    return token, await issuers.who(issuer, token, nonce, access, now)


def _derived(browser: str, state: str, what: str) -> str:
    """What only this browser can bring back, so that the database need not hold it."""
    return urlsafe_b64encode(hmac.digest(browser.encode(), f"{what} {state}".encode(), sha256)).decode().rstrip("=")


def _issued(issuer: Issuer, claims: Claims, token: str, site: Site) -> signing_in.Issuing:
    session = claims.get("sid")
    known = {"issuer": issuer.url, "subject": claims["sub"], "session": session if isinstance(session, str) else None}

    def of(sign_in_id: UUID) -> Issued:
        sealed = encrypted(token, site.secret, PURPOSE, sign_in_id.bytes)
        return Issued(sign_in_id=sign_in_id, sealed=sealed, **known)

    return of
