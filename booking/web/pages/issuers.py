"""Signing in with a provider of identities: the way there, the way back, and which identities are one's own."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from litestar import Controller, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from booking.domain.errors import (
    DepartureOver,
    IdentityTaken,
    IssuerFailed,
    NoRoleThere,
    NotKnownThere,
    PasswordLinkOver,
    Refused,
    SignInFailed,
    TooManyRequests,
)
from booking.domain.sites import Site
from booking.services import identifying, own_identities
from booking.storage.database import Database
from booking.web.errors import words_of
from booking.web.pages import issuer_words
from booking.web.pages.kept_forms import KeptForm
from booking.web.pages.visits import Visit, see
from booking.web.pages.ways_in import HOME, Answer, own_path
from booking.web.rendering import Page, page, retry_after, told
from booking.web.security import (
    AnyRequest,
    asker,
    comes_from_own_page,
    host_only,
    issuers_of,
    marks_cookie,
    sign_in_cookie,
    terms_of,
)

OWN = "/mon-compte/identites"
REFUSALS = (DepartureOver, IdentityTaken, IssuerFailed, NoRoleThere, NotKnownThere, PasswordLinkOver, TooManyRequests)


class IssuerPages(Controller):
    """For who is not signed in yet. Links and not forms: no form of ours may lead to another site."""

    @get("/connexion/avec/{issuer:str}")
    async def leave(
        self,
        request: AnyRequest,
        db: NamedDependency[Database],
        site: NamedDependency[Site],
        now: NamedDependency[datetime],
        issuer: FromPath[str],
        suite: FromQuery[str] = HOME,
        invitation: FromQuery[str] = "",
    ) -> Answer:
        """To the provider, and back to where one wanted to go; with an invitation, to be known by it from then on.

        Who is sent here from elsewhere with an invitation reads first whose it is: else a stranger could have somebody
        bind his identity to the stranger's account, and so win his roles.
        """
        if invitation and not comes_from_own_page(request):
            return Redirect(f"/mot-de-passe/{quote(invitation, safe='')}")
        try:
            where = (issuers_of(request), issuer, own_path(suite), asker(request, site))
            leaving = await identifying.depart(db, *where, link=invitation, site=site, now=now)
        except REFUSALS as refusal:
            return _refused(request, site, refusal)
        return Redirect(leaving.url, cookies=[_cookie(site, leaving.browser)])

    @get("/connexion/retour/{issuer:str}")
    async def come_back(
        self,
        request: AnyRequest,
        db: NamedDependency[Database],
        site: NamedDependency[Site],
        now: NamedDependency[datetime],
        issuer: FromPath[str],
    ) -> Answer:
        """Signed in, or why not."""
        browser = request.cookies.get(_cookie(site, "").key, "")
        around = {"site": site, "terms": terms_of(request), "now": now}
        try:
            where = (issuers_of(request), issuer, dict(request.query_params), browser, asker(request, site))
            arrival = await identifying.come_back(db, *where, **around)  # type: ignore[arg-type]
        except REFUSALS as refusal:
            return _refused(request, site, refusal)
        cookies = [_cookie(site, "")]
        if opened := arrival.opened:
            cookies += [sign_in_cookie(site, opened.secret), marks_cookie(site, opened.marks)]
        return Redirect(arrival.path, status_code=303, cookies=cookies)


class OwnIdentityPages(Controller):
    """By which identities one is known here."""

    path = OWN

    @get()
    async def every(self, visit: NamedDependency[Visit]) -> Page:
        """Those that are one's own, and those that could be."""
        return visit.page("accounts/identities.html", **await _shown(visit))

    @post()
    async def change(self, visit: NamedDependency[Visit]) -> Answer:
        """Be known by another one, or by one no more."""
        form = await visit.form()
        if name := form.get("retirer"):
            await own_identities.drop(visit.db, issuers_of(visit.request), name, by=visit.staff, now=visit.now)
            return see(f"{OWN}?fait=retiree")
        where = (issuers_of(visit.request), form.get("relier"), f"{OWN}?fait=reliee", asker(visit.request, visit.site))
        around = {"by": visit.staff, "site": visit.site, "now": visit.now}
        try:
            leaving = await own_identities.leave(visit.db, *where, form.get("password_now"), **around)  # type: ignore[arg-type]
        except (IssuerFailed, SignInFailed) as refusal:
            return visit.refused("accounts/identities.html", refusal, **await _shown(visit))
        label = issuers_of(visit.request).named(form.get("relier")).label
        return leave_by_page(visit.request, visit.site, leaving.url, label, cookie=_cookie(visit.site, leaving.browser))


async def _shown(visit: Visit) -> dict[str, Any]:
    found = await own_identities.listed(visit.db, issuers_of(visit.request), by=visit.staff)
    asks = await own_identities.says_password(visit.db, by=visit.staff)
    return {"own": found, "asks": asks, "done": issuer_words.DONE.get(visit.asked("fait"))}


def leave_by_page(
    request: AnyRequest, site: Site, url: str, label: str, *, cookie: Cookie, is_over: bool = False
) -> Page:
    """After a form: a page that goes on by itself, as no form of ours may lead to another site."""
    shown = {"url": url, "label": label, "is_over": is_over}
    return page(request, site, "accounts/leaving.html", cookies=[cookie], **shown)


def _cookie(site: Site, browser: str) -> Cookie:
    """What the browser must bring back; it ends when it came, or after ten minutes."""
    life = int(identifying.AWAY.total_seconds()) if browser else 0
    kept = {"max_age": life, "httponly": True, "samesite": "lax", "path": "/"}
    return Cookie(key=host_only(site, "depart"), value=browser, secure=site.url.startswith("https:"), **kept)  # type: ignore[arg-type]


def _refused(request: AnyRequest, site: Site, refusal: Refused) -> Page:
    """The sign-in once more, with why; the password is left for who administers."""
    shown = {"suite": HOME, "name": "", "kept": KeptForm(), "why": issuer_words.WHY.get(refusal.facts.get("why", ""))}
    shown |= told(request, refusal)
    answer = page(request, site, "sign_in.html", status=words_of(refusal).status, cookies=[_cookie(site, "")], **shown)
    answer.headers.update(retry_after(refusal))
    return answer
