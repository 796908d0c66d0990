"""Choosing a password by a link, and asking for one when it was forgotten: without being signed in."""

from datetime import datetime
from typing import ClassVar

from litestar import Controller, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath

from booking.domain.devices import marked
from booking.domain.errors import InvalidField, PasswordLinkOver, TooManyRequests
from booking.domain.sites import Site
from booking.services import password_links
from booking.storage.database import Database
from booking.web.errors import words_of
from booking.web.pages.ways_in import Entrance, entrance
from booking.web.rendering import Page, page, retry_after, told
from booking.web.security import AnyRequest, address_of, marks_cookie, marks_of

ASK, CHOOSE = "accounts/forgotten.html", "accounts/choose.html"


class PasswordPages(Controller):
    """For who cannot sign in yet, or any more."""

    dependencies: ClassVar = {"at": Provide(entrance, sync_to_thread=False)}

    @get("/mot-de-passe-oublie")
    async def forgotten(self, request: AnyRequest, site: NamedDependency[Site]) -> Page:
        """Whose password is it?"""
        return page(request, site, ASK, name="", is_asked=False)

    @post("/mot-de-passe-oublie")
    async def ask(self, at: NamedDependency[Entrance]) -> Page:
        """A link by mail; nobody learns here whether there is such a person, or an address."""
        name = at.form.get("sign_in_name")
        try:
            await password_links.ask(at.db, name, address=address_of(at.request), site=at.site, now=at.now)
        except TooManyRequests as refusal:
            return at.again(ASK, refusal, name=name, is_asked=False)
        return page(at.request, at.site, ASK, name="", is_asked=True)

    @get("/mot-de-passe/{secret:str}")
    async def open(
        self,
        request: AnyRequest,
        db: NamedDependency[Database],
        site: NamedDependency[Site],
        now: NamedDependency[datetime],
        secret: FromPath[str],
    ) -> Page:
        """Which password shall it be?"""
        try:
            person = await password_links.owner(db, secret, address=address_of(request), now=now)
        except (PasswordLinkOver, TooManyRequests) as over:
            return _over(request, site, over)
        return page(request, site, CHOOSE, person=person, done=False)

    @post("/mot-de-passe/{secret:str}")
    async def choose(self, at: NamedDependency[Entrance], secret: FromPath[str]) -> Page:
        """This one; whoever has the link is at home on this computer, and need not wait for others' mistakes."""
        said = {"address": address_of(at.request), "now": at.now}
        password, again = at.form.get("password"), at.form.get("password_again")
        try:
            person = await password_links.choose(at.db, secret, password, again, **said)  # type: ignore[arg-type]
        except InvalidField as refusal:
            owner = await password_links.owner(at.db, secret, **said)  # type: ignore[arg-type]
            return at.again(CHOOSE, refusal, person=owner, done=False)
        except (PasswordLinkOver, TooManyRequests) as over:
            return _over(at.request, at.site, over)
        marks = marked(marks_of(at.request, at.site), person.sign_in_name, at.site.secret)
        cookies = [marks_cookie(at.site, marks)]
        return page(at.request, at.site, CHOOSE, cookies=cookies, person=person, done=True)


def _over(request: AnyRequest, site: Site, over: PasswordLinkOver | TooManyRequests) -> Page:
    shown = {"name": "", "is_asked": False} | told(request, over)
    answer = page(request, site, ASK, status=words_of(over).status, **shown)
    answer.headers.update(retry_after(over))
    return answer
