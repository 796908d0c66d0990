"""What a person prints, hands over or says on the phone."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import Refused
from booking.domain.job_seekers import Channel
from booking.services import to_do
from booking.web.pages import words
from booking.web.pages.seat_searches import id_of
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

DONE = {
    "reached": "C’est noté : la personne a été jointe.",
    "message-left": "C’est noté : un message a été laissé.",
    "not-reached": "C’est noté : personne n’a répondu. L’appel reste à faire.",
    "posted": "C’est noté : le courrier est posté.",
    "handed-over": "C’est noté : le papier a été remis en main propre.",
    "undone": "C’est de nouveau à faire.",
    "no-letter": "Cochez des lettres de « À imprimer » : rien de ce qui est coché ne s’imprime.",
}
OUTCOMES = {
    "reached": "Joint",
    "message-left": "Message laissé",
    "not-reached": "Pas joint",
    "posted": "Posté",
    "handed-over": "Remis",
}
STAYS = ("not-reached", "undone")


class MessagePages(Controller):
    """The to-do list."""

    @get("/a-faire")
    async def list_to_do(self, visit: NamedDependency[Visit]) -> Page:
        """What waits for a person, the most pressing first."""
        return await _list(visit)

    @post("/a-faire/{message_id:uuid}")
    async def tick(self, visit: NamedDependency[Visit], message_id: FromPath[UUID]) -> Answer:
        """Note what came of it, or take that back."""
        outcome = (await visit.form()).get("outcome")
        try:
            if outcome == "undone":
                await to_do.undo(visit.db, message_id, by=visit.staff, now=visit.now)
            else:
                await to_do.done(visit.db, message_id, outcome, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await _list(visit, refusal)
        undoable = "" if outcome in STAYS else f"&message={message_id}"
        return see(f"/a-faire?fait={outcome}{undoable}")


async def _list(visit: Visit, refusal: Refused | None = None) -> Page:
    items = await to_do.to_do(visit.db, by=visit.staff, now=visit.now)
    calls = [item for item in items if item.message.channel is Channel.CALL]
    shown = {
        "calls": calls,
        "papers": [item for item in items if item not in calls],
        "outcomes": OUTCOMES,
        "done": DONE.get(visit.asked("fait")) if refusal is None else None,
        "undoable": id_of(visit.asked("message")),
        "words": words,
    }
    template = "messages/to_do.html"
    return visit.refused(template, refusal, **shown) if refusal else visit.page(template, **shown)
