"""Signing in and out, and the language of the screen."""

from datetime import datetime
from urllib.parse import quote

from litestar import Controller, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Redirect

from booking.domain.errors import SignInFailed
from booking.domain.sites import Site
from booking.language import chosen
from booking.services import accounts
from booking.storage.database import Database
from booking.web.errors import words_of
from booking.web.forms import Form
from booking.web.rendering import LANGUAGE_COOKIE, Page, here, page, told
from booking.web.security import AnyRequest, host_only, secret_of, sign_in_cookie

A_YEAR = 365 * 86400
HOME = "/"


def way_to_sign_in(request: AnyRequest) -> str:
    """The address of the sign-in page, from which one comes back to where one wanted to go."""
    return f"/connexion?suite={quote(here(request), safe='')}"


def own_path(said: str) -> str:
    """The address to go on to, if it is one of ours; else the first page, so that no stranger's link leads astray."""
    is_ours = said.startswith("/") and not said.startswith("//") and said.isprintable() and "\\" not in said
    return said if is_ours else HOME


class SignInPages(Controller):
    """The way in and out."""

    @get("/connexion")
    async def ask(self, request: AnyRequest, site: NamedDependency[Site], suite: FromQuery[str] = HOME) -> Page:
        """Who are you?"""
        return page(request, site, "sign_in.html", suite=own_path(suite), name="")

    @post("/connexion")
    async def sign_in(
        self,
        request: AnyRequest,
        db: NamedDependency[Database],
        site: NamedDependency[Site],
        now: NamedDependency[datetime],
        form: NamedDependency[Form],
    ) -> Page | Redirect:
        """Open a sign-in, and go on to where one wanted to go."""
        name, suite = form.get("sign_in_name"), own_path(form.get("suite"))
        try:
            secret = await accounts.sign_in(db, name, form.get("password"), now=now)
        except SignInFailed as refusal:
            again = {"suite": suite, "name": name} | told(request, refusal)
            return page(request, site, "sign_in.html", status=words_of(refusal).status, **again)
        return Redirect(suite, status_code=303, cookies=[sign_in_cookie(site, secret)])

    @post("/deconnexion")
    async def sign_out(
        self,
        request: AnyRequest,
        db: NamedDependency[Database],
        site: NamedDependency[Site],
        form: NamedDependency[Form],
    ) -> Redirect:
        """End the sign-in of this browser."""
        await accounts.sign_out(db, secret_of(request, site))
        return Redirect(HOME, status_code=303, cookies=[sign_in_cookie(site, "")])

    @post("/langue")
    async def speak(self, site: NamedDependency[Site], form: NamedDependency[Form]) -> Redirect:
        """Keep the language chosen on this computer."""
        secure = site.url.startswith("https:")
        language = chosen(form.get("langue"))
        named = host_only(site, LANGUAGE_COOKIE)
        kept = Cookie(named, value=language, max_age=A_YEAR, samesite="lax", secure=secure, httponly=True)
        return Redirect(own_path(form.get("suite")), status_code=303, cookies=[kept])
