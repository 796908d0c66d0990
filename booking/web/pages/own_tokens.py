"""One's own tokens for programs: making one, which is shown once, and ending it."""

from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from booking.domain.api_tokens import LIVES, Scope
from booking.domain.errors import InvalidField, SignInFailed, TooManyTokens
from booking.services import agencies, api_tokens, sign_ins
from booking.services.api_tokens import Issued
from booking.services.subscription_choices import clock_of
from booking.web.forms import Form
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

PAGE, TEMPLATE = "/mon-compte/jetons", "accounts/tokens.html"
DONE = {"revoque": "Le jeton est révoqué."}
FRESH = {"name": "", "scope": Scope.READ.value, "agency_id": "", "days": "90"}


class OwnTokenPages(Controller):
    """For everybody who works here; nobody sees those of another."""

    path = PAGE

    @get()
    async def every(self, visit: NamedDependency[Visit]) -> Page:
        """Which there are, and a form for another."""
        return visit.page(TEMPLATE, **await _shown(visit), done=DONE.get(visit.asked("fait")))

    @post()
    async def issue(self, visit: NamedDependency[Visit]) -> Answer:
        """Make one: the only page that ever shows it."""
        form = await visit.form()
        try:
            await sign_ins.must_be_oneself(visit.db, visit.staff, form.get("password_now"), now=visit.now)
            issued = await _issue(visit, form)
        except (InvalidField, TooManyTokens, SignInFailed) as refusal:
            typed = {name: form.get(name) for name in FRESH}
            return visit.refused(TEMPLATE, refusal, **await _shown(visit, typed), done=None)
        return visit.page(TEMPLATE, **await _shown(visit, issued=issued), done=None)

    @post("/{token_id:uuid}/revoquer")
    async def revoke(self, visit: NamedDependency[Visit], token_id: FromPath[UUID]) -> Redirect:
        """Nothing can be asked with it any more."""
        await visit.form()
        await api_tokens.revoke(visit.db, token_id, by=visit.staff, now=visit.now)
        return see(f"{PAGE}?fait=revoque")


async def _issue(visit: Visit, form: Form) -> Issued:
    scope, days, agency_id = form.choice("scope", Scope), form.whole("days", 0), form.id("agency_id")
    form.problems.refuse()
    wanted = (form.get("name"), scope or Scope.READ, days or 0, agency_id)
    return await api_tokens.issue(visit.db, *wanted, by=visit.staff, now=visit.now)


async def _shown(visit: Visit, typed: dict[str, str] | None = None, issued: Issued | None = None) -> dict[str, Any]:
    where = [(one.id, one.name) for one in await agencies.own(visit.db, by=visit.staff)]
    return {
        "own": await api_tokens.own(visit.db, by=visit.staff),
        "issued": issued,
        "typed": typed or FRESH,
        "agencies": [("", visit.say("Toutes mes agences")), *where],
        "names": dict(where),
        "lives": [(days, visit.say("%(n)s jours") % {"n": days}) for days in LIVES],
        "zone": await clock_of(visit.db, visit.staff),
    }
