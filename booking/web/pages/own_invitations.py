"""One's own page about invitations: whether the sessions one leads are sent to one's own calendar, and where."""

from typing import Any

from litestar import Controller, get, post
from litestar.di import NamedDependency

from booking.domain.errors import InvalidField
from booking.services import own_invitations
from booking.web.pages import invitation_words as words
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

TEMPLATE = "invitations/own.html"
MOST = 20
DONE = {
    "oui": "C’est enregistré. Vos séances à venir partent dans dix minutes environ.",
    "non": "C’est enregistré. Plus rien n’est envoyé.",
}


class OwnInvitationPages(Controller):
    """For everybody who works here; nobody chooses for another."""

    path = "/mes-invitations"

    @get()
    async def show(self, visit: NamedDependency[Visit]) -> Page:
        """What one chose, and what has been sent of the sessions to come."""
        return visit.page(TEMPLATE, **await _shown(visit))

    @post()
    async def choose(self, visit: NamedDependency[Visit]) -> Answer:
        """Send them there from now on, or nothing more."""
        form = await visit.form()
        email, takes = form.get("email").strip(), bool(form.get("takes"))
        try:
            await own_invitations.choose(visit.db, email, takes, by=visit.staff, now=visit.now)
        except InvalidField as refusal:
            return visit.refused(TEMPLATE, refusal, **await _shown(visit, {"email": email, "takes": takes}))
        return see(f"/mes-invitations?fait={'oui' if takes else 'non'}")


async def _shown(visit: Visit, typed: dict[str, Any] | None = None) -> dict[str, Any]:
    own = await own_invitations.show(visit.db, by=visit.staff, now=visit.now)
    kept = {"email": own.choice.email or "", "takes": own.choice.takes_invitations}
    done = DONE.get(visit.asked("fait"))
    return {"own": own, "most": MOST, "typed": typed or kept, "words": words, "done": done}
