"""The providers of identities, for who administers the network: whether they work, and what went wrong."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from booking.services import issuer_states
from booking.services.identifying import back
from booking.services.subscription_choices import clock_of
from booking.web.pages import issuer_words, role_words
from booking.web.pages.visits import Visit, see
from booking.web.rendering import Page
from booking.web.security import issuers_of, terms_of

PAGE = "/comptes/fournisseurs"


class IssuerStatePages(Controller):
    """Nothing is changed here: an operator writes the providers down, with their secrets."""

    path = PAGE

    @get()
    async def every(self, visit: NamedDependency[Visit]) -> Page:
        """Each with its state."""
        found = await issuer_states.listed(visit.db, issuers_of(visit.request), by=visit.staff)
        shown = {"found": found, "backs": {one.issuer.name: back(one.issuer, visit.site) for one in found}}
        shown |= {"advice": issuer_words.ADVICE, "roles": role_words.ROLES, "terms": terms_of(visit.request)}
        shown |= {"zone": await clock_of(visit.db, visit.staff), "done": issuer_words.DONE.get(visit.asked("fait"))}
        return visit.page("accounts/issuers.html", **shown)

    @post()
    async def check(self, visit: NamedDependency[Visit]) -> Redirect:
        """Ask one of them now."""
        form = await visit.form()
        name = form.get("fournisseur")
        await issuer_states.check(visit.db, issuers_of(visit.request), name, by=visit.staff, now=visit.now)
        return see(f"{PAGE}?fait=verifie")
