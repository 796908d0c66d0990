"""One's own page about mails: which ones, where to, and what they would tell now."""

from typing import Any

from litestar import Controller, get, post
from litestar.di import NamedDependency

from booking.domain.errors import InvalidField
from booking.domain.staff_messages import StaffMessageKind
from booking.services import own_mails
from booking.web.pages import staff_mail_words as words
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

TEMPLATE = "mails/own.html"


class OwnMailPages(Controller):
    """For everybody who works here; nobody chooses for another."""

    path = "/mes-courriels"

    @get()
    async def show(self, visit: NamedDependency[Visit]) -> Page:
        """What one chose, and what would be told."""
        return visit.page(TEMPLATE, **await _shown(visit))

    @post()
    async def choose(self, visit: NamedDependency[Visit]) -> Answer:
        """These mails from now on, to this address."""
        form = await visit.form()
        email = form.get("email").strip()
        wanted = [kind for kind in StaffMessageKind if form.get(kind.value)]
        try:
            await own_mails.choose(visit.db, email, wanted, by=visit.staff, now=visit.now)
        except InvalidField as refusal:
            return visit.refused(TEMPLATE, refusal, **await _shown(visit, {"email": email, "wanted": wanted}))
        return see("/mes-courriels?fait=oui")


async def _shown(visit: Visit, typed: dict[str, Any] | None = None) -> dict[str, Any]:
    own = await own_mails.show(visit.db, by=visit.staff, site=visit.site, now=visit.now)
    kept = {"email": own.email or "", "wanted": [kind for kind in own.kinds if kind not in own.unwanted]}
    return {"own": own, "typed": typed or kept, "words": words, "done": visit.asked("fait") == "oui"}
