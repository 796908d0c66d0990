"""One's own account: where one is signed in, and the password."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from booking.domain.errors import InvalidField, SignInFailed
from booking.services import password_links, sign_ins
from booking.services.subscription_choices import clock_of
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page
from booking.web.security import sign_in_cookie, terms_of

LIST = "/mon-compte/connexions"
DONE = {
    "fermee": "La connexion est fermée.",
    "autres": "Toutes vos autres connexions sont fermées.",
    "change": "Votre mot de passe est changé. Vos autres connexions sont fermées.",
}


class OwnSignInPages(Controller):
    """For everybody who works here; nobody sees those of another."""

    @get(LIST)
    async def every(self, visit: NamedDependency[Visit]) -> Page:
        """Those that are alive, this one among them."""
        terms = terms_of(visit.request)
        own = await sign_ins.own(visit.db, by=visit.staff, terms=terms, now=visit.now)
        shown = {"own": own, "mine": visit.sign_in.id, "zone": await clock_of(visit.db, visit.staff)}
        minutes, hours = terms.idle.total_seconds() // 60, terms.longest.total_seconds() / 3600
        shown |= {"minutes": int(minutes), "hours": f"{hours:g}", "done": DONE.get(visit.asked("fait"))}
        return visit.page("accounts/sign_ins.html", **shown)

    @post(LIST + "/{sign_in_id:uuid}/fermer")
    async def end(self, visit: NamedDependency[Visit], sign_in_id: FromPath[UUID]) -> Redirect:
        """End one of them."""
        await visit.form()
        await sign_ins.end(visit.db, sign_in_id, by=visit.staff, now=visit.now)
        return see(f"{LIST}?fait=fermee")

    @post(LIST + "/fermer")
    async def end_others(self, visit: NamedDependency[Visit]) -> Redirect:
        """End all but this one."""
        await visit.form()
        await sign_ins.end_others(visit.db, visit.sign_in.id, by=visit.staff, now=visit.now)
        return see(f"{LIST}?fait=autres")

    @get("/mon-compte/mot-de-passe")
    async def password(self, visit: NamedDependency[Visit]) -> Page:
        """Change it?"""
        return visit.page("accounts/password.html", done=DONE.get(visit.asked("fait")))

    @post("/mon-compte/mot-de-passe")
    async def change(self, visit: NamedDependency[Visit]) -> Answer:
        """Another password from now on; this sign-in stays, under another secret."""
        form = await visit.form()
        try:
            await sign_ins.must_be_oneself(visit.db, visit.staff, form.get("password_now"), now=visit.now)
            said = (form.get("password"), form.get("password_again"))
            await password_links.change(visit.db, *said, by=visit.staff, but=visit.sign_in.id, now=visit.now)
        except (InvalidField, SignInFailed) as refusal:
            return visit.refused("accounts/password.html", refusal, done=None)
        secret = await sign_ins.rotate(visit.db, visit.sign_in.id)
        answer = see("/mon-compte/mot-de-passe?fait=change")
        answer.cookies.append(sign_in_cookie(visit.site, secret))
        return answer
