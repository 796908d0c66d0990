"""One's own second factor: adding it, new recovery codes, and giving it up."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from markupsafe import Markup

from booking.documents import qr
from booking.domain.errors import FactorNeeded, FactorStands, SignInFailed, WrongCode
from booking.services import second_factors, sign_ins
from booking.services.signing_in import HalfWay
from booking.services.subscription_choices import clock_of
from booking.web.forms import Form
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page
from booking.web.security import form_token, sign_in_cookie, terms_of

PAGE, TEMPLATE = "/mon-compte/second-facteur", "accounts/factor.html"
DONE = {
    "retire": "Le second facteur est retiré.",
    "ajoute": "Le second facteur est actif. Vos autres connexions sont fermées.",
}


class OwnFactorPages(Controller):
    """For everybody who works here."""

    path = PAGE

    @get()
    async def show(self, visit: NamedDependency[Visit]) -> Page:
        """How it stands; without one, how to add it."""
        return visit.page(TEMPLATE, **await _shown(visit), done=DONE.get(visit.asked("fait")))

    @post()
    async def add(self, visit: NamedDependency[Visit]) -> Answer:
        """The first code was said: it counts, and the recovery codes are shown once."""
        form = await visit.form()
        try:
            codes = await second_factors.confirm(
                visit.db, visit.staff, form.get("code"), site=visit.site, now=visit.now
            )
        except (WrongCode, FactorStands) as refusal:
            return visit.refused(TEMPLATE, refusal, **await _shown(visit), done=None)
        await sign_ins.end_others(visit.db, visit.sign_in.id, by=visit.staff, now=visit.now)
        return await _codes(visit, codes, DONE["ajoute"])

    @post("/codes")
    async def renew(self, visit: NamedDependency[Visit]) -> Answer:
        """Ten new recovery codes."""

        async def renew() -> Answer:
            return await _codes(visit, await second_factors.renew_codes(visit.db, by=visit.staff, now=visit.now), None)

        return await _oneself(visit, await visit.form(), renew)

    @post("/retirer")
    async def give_up(self, visit: NamedDependency[Visit]) -> Answer:
        """The password alone again."""

        async def give_up() -> Redirect:
            terms = terms_of(visit.request)
            await second_factors.give_up(visit.db, by=visit.staff, terms=terms, now=visit.now)
            return see(f"{PAGE}?fait=retire")

        return await _oneself(visit, await visit.form(), give_up, is_giving_up=True)


async def _oneself(
    visit: Visit, form: Form, do: Callable[[], Awaitable[Answer]], *, is_giving_up: bool = False
) -> Answer:
    """Do it for whoever says the password once more."""
    try:
        await sign_ins.must_be_oneself(visit.db, visit.staff, form.get("password_now"), now=visit.now)
        return await do()
    except (SignInFailed, WrongCode, FactorNeeded) as refusal:
        shown = await _shown(visit) | {"is_giving_up": is_giving_up}
        return visit.refused(TEMPLATE, refusal, **shown, done=None)


async def _codes(visit: Visit, codes: Sequence[str], done: str | None) -> Page:
    """The codes, once; the sign-in has another secret from here on."""
    secret = await sign_ins.rotate(visit.db, visit.sign_in.id)
    shown = await _shown(visit) | {"codes": codes, "done": done, "form_token": form_token(secret)}
    answer = visit.page(TEMPLATE, **shown)
    answer.cookies.append(sign_in_cookie(visit.site, secret))
    return answer


async def _shown(visit: Visit) -> dict[str, Any]:
    standing = await second_factors.standing(visit.db, visit.staff, terms=terms_of(visit.request))
    shown = {"standing": standing, "codes": (), "is_giving_up": False}
    shown["zone"] = await clock_of(visit.db, visit.staff)
    if standing.since is None:
        draft = await second_factors.prepare(visit.db, visit.staff, site=visit.site, now=visit.now)
        shown |= {"half": HalfWay("", draft), "qr": Markup(qr.drawn(draft.address))}  # noqa: S704 - drawn by us
    return shown
