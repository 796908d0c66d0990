"""Locking a screen that others share: nothing is shown or done before its owner says the password again."""

from datetime import datetime
from typing import ClassVar

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery
from litestar.response import Redirect

from booking.domain.errors import SignInFailed
from booking.domain.sites import Site
from booking.services import sign_ins
from booking.storage.database import Database
from booking.web.errors import NotSignedIn
from booking.web.pages.kept_forms import KeptForm, carried
from booking.web.pages.ways_in import HOME, Answer, Entrance, entrance, own_path
from booking.web.rendering import Page, page
from booking.web.security import AnyRequest, form_token, present, secret_of


class LockPages(Controller):
    """For whoever is signed in, locked or not."""

    dependencies: ClassVar = {"at": Provide(entrance, sync_to_thread=False)}

    @get("/verrou")
    async def ask(
        self,
        request: AnyRequest,
        db: NamedDependency[Database],
        site: NamedDependency[Site],
        now: NamedDependency[datetime],
        suite: FromQuery[str] = HOME,
    ) -> Page | Redirect:
        """The password, please."""
        found = await present(request, db, site, now)
        if not found.sign_in.locked_at:
            return Redirect(own_path(suite))
        return page(request, site, "lock.html", suite=own_path(suite), kept=KeptForm())

    @post("/verrouiller")
    async def lock(self, at: NamedDependency[Entrance]) -> Redirect:
        """From now on nobody sees or does anything here."""
        found = await present(at.request, at.db, at.site, at.now)
        await sign_ins.lock(at.db, found.sign_in.id, by=found.staff, now=at.now)
        return Redirect(f"/verrou?suite={own_path(at.form.get('suite'))}", status_code=303)

    @post("/verrou")
    async def unlock(self, at: NamedDependency[Entrance]) -> Answer:
        """Go on, with what had been typed."""
        kept, is_script = carried(at.form), bool(at.form.get("sans_page"))
        try:
            found = await present(at.request, at.db, at.site, at.now)
            await sign_ins.unlock(at.db, found, at.form.get("password"), now=at.now)
        except SignInFailed as refusal:
            return at.again("lock.html", refusal)
        except NotSignedIn:
            if is_script:
                return Response("", status_code=410)
            raise
        if is_script:
            return Response(None, status_code=204)
        if not kept.is_of(found.staff.id):
            return Redirect(own_path(at.form.get("suite")), status_code=303)
        token = form_token(secret_of(at.request, at.site))
        shown = {"staff": found.staff, "form_token": token, "kept": kept, "codes": (), "suite": HOME}
        return page(at.request, at.site, "sign_in_on.html", **shown)
