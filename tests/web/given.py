"""Browsers that talk to the product: somebody signed in, or a stranger; time stands still for them."""

import html
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx
from litestar import Litestar

from booking.domain.identifiers import new_id
from booking.domain.sign_ins import SignIn
from booking.domain.staff import Staff
from booking.services.accounts import LONGEST, digest
from booking.storage import sign_ins
from booking.web.security import cookie_name, form_token
from tests.given import NOW, SITE, World, in_days
from tests.web.programs import running

# A day later the meeting of tomorrow has been under way for an hour.
DAY = in_days(1, hour=1)


@dataclass
class Browser:
    """A browser without a script: it follows no redirect by itself, and sends forms as pages do."""

    http: httpx.AsyncClient
    secret: str = ""

    async def get(self, path: str, **more: Any) -> httpx.Response:
        """Open an address."""
        return await self.http.get(path, **more)

    async def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> httpx.Response:
        """Send a form with the token that our own page gave it."""
        token = {"form_token": form_token(self.secret)}
        return await self.http.post(path, data=token | (data or {}), **more)

    async def send_file(self, path: str, field: str, name: str, content: bytes, **data: str) -> httpx.Response:
        """Send a form with a file."""
        token = {"form_token": form_token(self.secret)}
        return await self.http.post(path, data=token | data, files={field: (name, content)})

    async def forge(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> httpx.Response:
        """Send a form that somebody else made up."""
        return await self.http.post(path, data=data or {"made": "up"}, **more)

    async def after(self, sent: httpx.Response) -> httpx.Response:
        """The page to which a form that was accepted leads."""
        assert sent.status_code == 303, text(sent)
        return await self.get(sent.headers["location"])


@dataclass
class Browsers:
    """Browsers of one running product."""

    world: World
    app: Litestar
    now: datetime = NOW
    opened: list[httpx.AsyncClient] = field(default_factory=list)

    def stranger(self) -> Browser:
        """Somebody who is not signed in."""
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        http = httpx.AsyncClient(transport=transport, base_url=SITE.url)
        self.opened.append(http)
        return Browser(http)

    async def of(self, somebody: Staff) -> Browser:
        """A member of staff who has just signed in."""
        browser = self.stranger()
        browser.secret = secrets.token_urlsafe(32)
        async with self.world.db.transaction() as tx:
            life = {"created_at": self.now, "seen_at": self.now, "expires_at": self.now + LONGEST}
            opened = SignIn(id=new_id(self.now), staff_id=somebody.id, device="Firefox, Windows", **life)
            await sign_ins.add(tx, opened, digest(browser.secret))
        browser.http.cookies.set(cookie_name(SITE), browser.secret)
        return browser


@asynccontextmanager
async def browsing(world: World, now: datetime = NOW) -> AsyncIterator[Browsers]:
    """The product on the database of this world, for as many browsers as a test needs."""
    async with running(world, now) as product:
        browsers = Browsers(world, product.app, now)
        yield browsers
        for http in browsers.opened:
            await http.aclose()


@asynccontextmanager
async def signed_in(world: World, somebody: Staff, now: datetime = NOW) -> AsyncIterator[Browser]:
    """The browser of one member of staff."""
    async with browsing(world, now) as browsers:
        yield await browsers.of(somebody)


def text(answer: httpx.Response) -> str:
    """What a person reads on a page: no tags, single blanks, no special spaces."""
    said = html.unescape(re.sub(r"<[^>]+>", " ", answer.text))
    return " ".join(said.replace("\u202f", " ").replace("\u00a0", " ").split())
