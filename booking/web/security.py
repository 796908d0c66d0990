"""Who is asking: a person with a cookie, or a program with a token; and whether a form comes from our own page."""

import hashlib
import hmac
import secrets
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from litestar import Request
from litestar.datastructures import Cookie
from litestar.di import NamedDependency

from booking.delivery.issuers import Issuers
from booking.domain.api_tokens import Scope, narrowed
from booking.domain.devices import device_of
from booking.domain.limits import MINUTE, Rate
from booking.domain.origins import household
from booking.domain.sign_ins import Asker, Present, Terms
from booking.domain.sites import Site
from booking.domain.staff import Staff
from booking.services import api_tokens, sign_ins
from booking.services.limits import Purses
from booking.storage.database import Database
from booking.web.errors import ForgedForm, NotSignedIn, ScopeTooNarrow, ScreenLocked

AnyRequest = Request[Any, Any, Any]
MARKS = "appareil"
HALF_A_YEAR = 182 * 86400
TOKEN_BYTES = 16
READING = ("GET", "HEAD", "OPTIONS")


def clock() -> datetime:
    """The time of a request."""
    return datetime.now(UTC)


def cookie_name(site: Site) -> str:
    """Only a page reached by https can keep a cookie to itself (RFC 6265bis, 4.1.3.2)."""
    return host_only(site, "ateliers")


def host_only(site: Site, name: str) -> str:
    """The name of a cookie that no other host can set or read."""
    return f"__Host-{name}" if site.url.startswith("https:") else name


def secret_of(request: AnyRequest, site: Site) -> str:
    """The secret of the sign-in cookie; empty when there is none."""
    return request.cookies.get(cookie_name(site), "")


def asker(request: AnyRequest, site: Site) -> Asker:
    """Who asks to be let in, by address and computer."""
    device = device_of(request.headers.get("user-agent"))
    return Asker(address_of(request), device, marks_of(request, site), secret_of(request, site))


def marks_of(request: AnyRequest, site: Site) -> str:
    """The marks by which this computer is known to people."""
    return request.cookies.get(host_only(site, MARKS), "")


def address_of(request: AnyRequest) -> str:
    """What is counted as one who asks: an address, or all that one household is given of the sixth kind."""
    return household(request.client.host if request.client else "")


def terms_of(request: AnyRequest) -> Terms:
    """What this installation asks of who signs in."""
    return request.app.state["terms"]  # type: ignore[no-any-return]


def issuers_of(request: AnyRequest) -> Issuers:
    """The providers of identities with whom one signs in here."""
    return request.app.state["issuers"]  # type: ignore[no-any-return]


def marks_cookie(site: Site, marks: str) -> Cookie:
    """The cookie by which a computer is known to who signed in on it; it lets nobody in."""
    secure = site.url.startswith("https:")
    kept = {"max_age": HALF_A_YEAR, "secure": secure, "httponly": True, "samesite": "lax", "path": "/"}
    return Cookie(key=host_only(site, MARKS), value=marks, **kept)  # type: ignore[arg-type]


def sign_in_cookie(site: Site, secret: str) -> Cookie:
    """The cookie of a sign-in; it ends with the browser, and at once without a secret."""
    return Cookie(
        key=cookie_name(site),
        value=secret,
        max_age=None if secret else 0,
        httponly=True,
        samesite="lax",
        secure=site.url.startswith("https:"),
        path="/",
    )


async def signed_in_staff(
    request: AnyRequest, db: NamedDependency[Database], site: NamedDependency[Site], now: NamedDependency[datetime]
) -> Staff:
    """Who is behind the cookie. Raises :class:`NotSignedIn`, :class:`ScreenLocked`."""
    found = await present(request, db, site, now)
    if found.sign_in.locked_at:
        raise ScreenLocked(who=found.staff.id)
    if not asks_by_itself(request):
        await sign_ins.keep_awake(db, found.sign_in, now=now)
    request.state["staff"] = found.staff  # a page that refuses still shows the way on
    request.state["sign_in"] = found.sign_in
    return found.staff


def asks_by_itself(request: AnyRequest) -> bool:
    """Whether the page asks and nobody at it: a sign-in that is left alone ends, whatever its screen shows."""
    return "x-live" in request.headers or request.headers.get("accept") == "text/event-stream"


async def present(request: AnyRequest, db: Database, site: Site, now: datetime) -> Present:
    """The sign-in behind the cookie, locked or not. Raises :class:`NotSignedIn`."""
    secret = secret_of(request, site)
    found = await sign_ins.present(db, secret, now=now) if secret else None
    if found is None or not found.sign_in.is_alive(terms_of(request), now):
        raise NotSignedIn(who=found.staff.id if found else None)
    return found


async def token_staff(request: AnyRequest, db: NamedDependency[Database], now: NamedDependency[datetime]) -> Staff:
    """Who is behind the bearer token (RFC 6750), with no more roles than it grants.

    Raises :class:`NotSignedIn`, :class:`ScopeTooNarrow`, :class:`TooManyRequests`.
    """
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    found = await api_tokens.bearer(db, token.strip(), now=now) if kind.lower() == "bearer" else None
    if found is None:
        raise NotSignedIn
    if calls := terms_of(request).calls_a_minute:
        purses: Purses = request.app.state["purses"]
        await purses.spend(db, Rate("api", calls, MINUTE), found.token.id.hex, now=now)
    await api_tokens.note(db, found.token, now=now)
    if found.token.scope is Scope.READ and request.method not in READING:
        raise ScopeTooNarrow
    return narrowed(found.staff, found.token.agency_id)


def form_token(secret: str) -> str:
    """What a form of this sign-in carries; of no use in any other, and written in another way on each page.

    A page may be packed: were it always the same, its length would betray it sign by sign (BREACH).
    """
    mask = secrets.token_bytes(TOKEN_BYTES)
    return (mask + _masked(_token_of(secret), mask)).hex()


def is_form_token(said: str, secret: str) -> bool:
    """Whether a page of this sign-in said so."""
    try:
        mask, masked = (found := bytes.fromhex(said))[:TOKEN_BYTES], found[TOKEN_BYTES:]
    except ValueError:
        return False
    return len(masked) == TOKEN_BYTES and hmac.compare_digest(_masked(masked, mask), _token_of(secret))


def _token_of(secret: str) -> bytes:
    return hmac.digest(secret.encode(), b"form", hashlib.sha256)[:TOKEN_BYTES]


def _masked(token: bytes, mask: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(token, mask, strict=True))


def must_come_from_here(
    request: AnyRequest, site: Site, said: str | None = None, *, names_no_origin: bool = False
) -> None:
    """Do nothing, or raise :class:`ForgedForm`: the browser must say that our own page sent it, and the page must know
    the token of the sign-in when there is one.

    ``names_no_origin``: a page that lets no address out (``no-referrer``) has older browsers say ``null`` (Fetch, 3.2).
    """
    secret = secret_of(request, site)
    fits = not secret or is_form_token(said or "", secret)
    if not fits or not _same_origin(request, names_no_origin):
        raise ForgedForm


def comes_from_own_page(request: AnyRequest) -> bool:
    """Whether somebody followed a link on a page of ours, none that he was sent; browsers before 2023 do not say."""
    return request.headers.get("sec-fetch-site", "same-origin") == "same-origin"


def _same_origin(request: AnyRequest, names_no_origin: bool) -> bool:
    fetched = request.headers.get("sec-fetch-site")
    if fetched is not None:
        return fetched in ("same-origin", "none")
    origin = request.headers.get("origin")
    if origin is None or (names_no_origin and origin == "null"):
        return True
    return urlsplit(origin).netloc == request.headers.get("host")
