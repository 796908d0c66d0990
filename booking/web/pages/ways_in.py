"""The pages between a stranger and a sign-in: the password, the code, and the way on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from litestar import Response
from litestar.di import NamedDependency
from litestar.response import Redirect
from markupsafe import Markup

from booking.documents import qr
from booking.domain.errors import Refused
from booking.domain.sites import Site
from booking.services.signing_in import HalfWay, Opened
from booking.storage.database import Database
from booking.web.errors import ScreenLocked, words_of
from booking.web.forms import Form
from booking.web.pages.kept_forms import KeptForm, carried, is_own
from booking.web.rendering import Page, here, page, retry_after, told
from booking.web.security import AnyRequest, form_token, marks_cookie, sign_in_cookie

HOME = "/"
Answer = Page | Redirect


def own_path(said: str) -> str:
    """The address to go on to, if it is one of ours; else the first page."""
    return said if is_own(said) else HOME


def way_to_sign_in(request: AnyRequest) -> str:
    """The address of the sign-in page, from which one comes back to where one wanted to go."""
    return f"/connexion?suite={quote(here(request), safe='')}"


def who_are_you(request: AnyRequest, site: Site, error: Refused) -> Response[Any]:
    """To the sign-in, or to the lock; what was typed into a form goes along."""
    is_locked = isinstance(error, ScreenLocked)
    if request.method == "GET":
        way = f"/verrou?suite={quote(here(request), safe='')}" if is_locked else way_to_sign_in(request)
        return Redirect(way)
    kept = error.facts.get("typed", KeptForm())
    shown = {"suite": kept.path or HOME, "name": "", "kept": kept} | ({} if kept.path else told(request, error))
    template = "lock.html" if is_locked else "sign_in.html"
    return page(request, site, template, status=words_of(error).status, **shown)


@dataclass(frozen=True, slots=True)
class Entrance:
    """One form of the sign-in, and all it takes to answer it."""

    request: AnyRequest
    db: Database
    site: Site
    now: datetime
    form: Form

    @property
    def around(self) -> dict[str, Any]:
        """What every page of the sign-in carries along."""
        return {"suite": own_path(self.form.get("suite")), "kept": carried(self.form)}

    def again(self, template: str, refusal: Refused, **shown: Any) -> Page:
        """The form once more, with why."""
        around = self.around | told(self.request, refusal) | shown
        answer = page(self.request, self.site, template, status=words_of(refusal).status, **around)
        answer.headers.update(retry_after(refusal))
        return answer

    def code(self, half: HalfWay, refusal: Refused | None = None) -> Page:
        """Ask for the code, or for the first code of a new factor."""
        drawing = Markup(qr.drawn(half.draft.address)) if half.draft else None  # noqa: S704 - drawn by us
        shown = {"half": half, "qr": drawing}
        if refusal:
            return self.again("sign_in_code.html", refusal, **shown)
        return page(self.request, self.site, "sign_in_code.html", **self.around, **shown)

    def opened(self, opened: Opened) -> Answer:
        """On to where one wanted to go; before that, what must be written down or was typed before is shown."""
        kept, suite = carried(self.form), own_path(self.form.get("suite"))
        cookies = [sign_in_cookie(self.site, opened.secret), marks_cookie(self.site, opened.marks)]
        is_to_send = kept.is_of(opened.staff.id)
        if not is_to_send and not opened.codes:
            return Redirect(suite, status_code=303, cookies=cookies)
        shown = {"staff": opened.staff, "form_token": form_token(opened.secret), "suite": suite}
        shown |= {"kept": kept if is_to_send else KeptForm(), "codes": opened.codes}
        return page(self.request, self.site, "sign_in_on.html", cookies=cookies, **shown)


def entrance(
    request: AnyRequest,
    db: NamedDependency[Database],
    site: NamedDependency[Site],
    now: NamedDependency[datetime],
    form: NamedDependency[Form],
) -> Entrance:
    """One form of the sign-in."""
    return Entrance(request, db, site, now, form)
