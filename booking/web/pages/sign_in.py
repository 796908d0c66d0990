"""Signing in and out, and the language of the screen."""

from datetime import datetime
from typing import ClassVar

from litestar import Controller, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery
from litestar.response import Redirect

from booking.domain.errors import SecondStepOver, SignInFailed, TooManyRequests, WrongCode
from booking.domain.sites import Site
from booking.language import NAMES, chosen
from booking.services import sign_ins, signing_in, single_logout
from booking.services.signing_in import HalfWay
from booking.storage.database import Database
from booking.web.errors import NotSignedIn
from booking.web.forms import Form
from booking.web.pages.issuers import leave_by_page
from booking.web.pages.kept_forms import KeptForm
from booking.web.pages.ways_in import HOME, Answer, Entrance, entrance, own_path
from booking.web.rendering import LANGUAGE_COOKIE, Page, page
from booking.web.security import AnyRequest, asker, host_only, issuers_of, present, sign_in_cookie, terms_of

A_YEAR = 365 * 86400
# The pages that this browser kept; not its storage, where marks of a roll may wait for the network.
CLEARED = {"clear-site-data": '"cache"'}


class SignInPages(Controller):
    """The way in and out."""

    dependencies: ClassVar = {"at": Provide(entrance, sync_to_thread=False)}

    @get("/connexion")
    async def ask(self, request: AnyRequest, site: NamedDependency[Site], suite: FromQuery[str] = HOME) -> Page:
        """Who are you?"""
        return page(request, site, "sign_in.html", suite=own_path(suite), name="", kept=KeptForm())

    @post("/connexion")
    async def sign_in(self, at: NamedDependency[Entrance], form: NamedDependency[Form]) -> Answer:
        """Open a sign-in, and go on to where one wanted to go; or ask for the code first."""
        name, around = form.get("sign_in_name"), {"site": at.site, "terms": terms_of(at.request), "now": at.now}
        asking = asker(at.request, at.site)
        try:
            found = await signing_in.begin(at.db, name, form.get("password"), asking, **around)  # type: ignore[arg-type]
        except (SignInFailed, TooManyRequests) as refusal:
            return at.again("sign_in.html", refusal, name=name)
        return at.code(found) if isinstance(found, HalfWay) else at.opened(found)

    @get("/connexion/code")
    async def begin_anew(self) -> Redirect:
        """The code is asked for after the password."""
        return Redirect("/connexion")

    @post("/connexion/code")
    async def say_code(self, at: NamedDependency[Entrance], form: NamedDependency[Form]) -> Answer:
        """The second step."""
        step, around = form.get("step"), {"site": at.site, "terms": terms_of(at.request), "now": at.now}
        asking = asker(at.request, at.site)
        try:
            opened = await signing_in.finish(at.db, step, form.get("code"), asking, **around)  # type: ignore[arg-type]
        except SecondStepOver as refusal:
            return at.again("sign_in.html", refusal, name="")
        except WrongCode as refusal:
            return at.code(await signing_in.half_way(at.db, step, **around), refusal)  # type: ignore[arg-type]
        return at.opened(opened)

    @post("/deconnexion")
    async def sign_out(
        self,
        request: AnyRequest,
        db: NamedDependency[Database],
        site: NamedDependency[Site],
        now: NamedDependency[datetime],
        form: NamedDependency[Form],
    ) -> Answer:
        """End the sign-in of this browser, and that at the provider by which it was opened."""
        try:
            found = await present(request, db, site, now)
        except NotSignedIn:
            found = None
        way_out = None
        if found:
            way_out = await single_logout.way_out(db, issuers_of(request), found.sign_in.id, site=site, now=now)
            await sign_ins.end(db, found.sign_in.id, by=found.staff, now=now)
        if way_out is None:
            return Redirect(HOME, status_code=303, cookies=[sign_in_cookie(site, "")], headers=CLEARED)
        answer = leave_by_page(request, site, way_out, "", cookie=sign_in_cookie(site, ""), is_over=True)
        answer.headers.update(CLEARED)
        return answer

    @post("/langue")
    async def speak(self, site: NamedDependency[Site], form: NamedDependency[Form]) -> Redirect:
        """Keep the language chosen on this computer."""
        secure = site.url.startswith("https:")
        language = chosen(form.get("langue"), among=NAMES)
        named = host_only(site, LANGUAGE_COOKIE)
        kept = Cookie(named, value=language, max_age=A_YEAR, samesite="lax", secure=secure, httponly=True)
        return Redirect(own_path(form.get("suite")), status_code=303, cookies=[kept])
