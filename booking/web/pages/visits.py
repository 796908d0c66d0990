"""A visit of somebody signed in: who asks, when, and all it takes to answer with a page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from litestar.di import NamedDependency
from litestar.response import Redirect

from booking.domain.errors import Refused
from booking.domain.sign_ins import SignIn
from booking.domain.sites import Site
from booking.domain.staff import Staff
from booking.language import Translate, translate
from booking.storage.database import Database
from booking.web.errors import NotSignedIn, ScreenLocked, words_of
from booking.web.forms import Form, read_form
from booking.web.pages import kept_forms
from booking.web.rendering import Page, language_of, page, told
from booking.web.security import AnyRequest, signed_in_staff
from booking.web.uploads import read_named, read_upload

Answer = Page | Redirect


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of one member of staff."""

    request: AnyRequest
    db: Database
    site: Site
    staff: Staff
    now: datetime

    @property
    def sign_in(self) -> SignIn:
        """The sign-in behind this visit."""
        return self.request.state["sign_in"]  # type: ignore[no-any-return]

    @property
    def say(self) -> Translate:
        """The sentences in the visitor's language."""
        return translate(language_of(self.request))

    def asked(self, name: str, default: str = "") -> str:
        """What the address says after its question mark."""
        return str(self.request.query_params.get(name, default))

    async def form(self) -> Form:
        """What was sent. Raises :class:`ForgedForm`, :class:`MalformedBody`."""
        return await read_form(self.request, self.site)

    async def upload(self, name: str) -> tuple[Form, bytes]:
        """A form that was sent with a file, and what is in the file. Raises like :meth:`form`."""
        return await read_upload(self.request, self.site, name)

    async def named_upload(self, name: str) -> tuple[Form, str, bytes]:
        """The same, with what the file is called."""
        return await read_named(self.request, self.site, name)

    def page(self, template: str, *, status: int = 200, **shown: Any) -> Page:
        """A page with the navigation of this member of staff."""
        return page(self.request, self.site, template, status=status, staff=self.staff, now=self.now, **shown)

    def refused(self, template: str, refusal: Refused, **shown: Any) -> Page:
        """The page of a form again, with what was refused and why; ``errors`` among what is shown take precedence."""
        around = told(self.request, refusal) | shown
        return self.page(template, status=words_of(refusal).status, **around)


async def visit(
    request: AnyRequest, db: NamedDependency[Database], site: NamedDependency[Site], now: NamedDependency[datetime]
) -> Visit:
    """The visit of whoever is signed in. Raises :class:`NotSignedIn`, :class:`ScreenLocked`, with what was typed."""
    try:
        return Visit(request, db, site, await signed_in_staff(request, db, site, now), now)
    except (NotSignedIn, ScreenLocked) as over:
        if request.method == "POST":
            over.facts["typed"] = await kept_forms.typed(request, site, over.facts.get("who"))
        raise


def see(path: str) -> Redirect:
    """Go and look at what has become of it (RFC 9110, 15.4.4)."""
    return Redirect(path, status_code=303)
