"""The buttons of the journal: stop a message, let it leave now, plan it again, say it again."""

from urllib.parse import urlencode
from uuid import UUID

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import Refused
from booking.domain.messages import MessageState
from booking.domain.sending import Verdict
from booking.services import message_deeds
from booking.web.forms import Form
from booking.web.pages.journals import journal_page, machines
from booking.web.pages.message_searches import JournalSearch
from booking.web.pages.visits import Answer, Visit, see

NOBODY = UUID(int=0)


class MessageDeedPages(Controller):
    """Each leads back to the journal as it was sought."""

    path = "/messages"

    @post("/{message_id:uuid}/arreter")
    async def stop(self, visit: NamedDependency[Visit], message_id: FromPath[UUID]) -> Answer:
        """It will not be said."""
        form = await visit.form()
        try:
            await message_deeds.stop(visit.db, message_id, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await journal_page(visit, _search(form), refusal=refusal)
        return _back(form, "arrete", message_id)

    @post("/{message_id:uuid}/prevoir")
    async def plan_again(self, visit: NamedDependency[Visit], message_id: FromPath[UUID]) -> Answer:
        """What was stopped waits again."""
        form = await visit.form()
        try:
            await message_deeds.plan_again(visit.db, message_id, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await journal_page(visit, _search(form), refusal=refusal)
        return _back(form, "prevu", message_id)

    @post("/{message_id:uuid}/envoyer")
    async def send_now(self, visit: NamedDependency[Visit], message_id: FromPath[UUID]) -> Answer:
        """It is due now; its hours still hold."""
        form = await visit.form()
        try:
            hurried = await message_deeds.send_now(
                visit.db, message_id, machines=machines(visit), by=visit.staff, now=visit.now, site=visit.site
            )
        except Refused as refusal:
            return await journal_page(visit, _search(form), refusal=refusal)
        at = hurried.verdict.due_at.isoformat() if hurried.verdict.due_at else ""
        return _back(form, _hurried(hurried.verdict), message_id, quand=at)

    @post("/{message_id:uuid}/renvoyer")
    async def resend(self, visit: NamedDependency[Visit], message_id: FromPath[UUID]) -> Answer:
        """The same again, of the booking as it is now."""
        form = await visit.form()
        try:
            copy = await message_deeds.resend(visit.db, message_id, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await journal_page(visit, _search(form), refusal=refusal)
        return _back(form, "renvoye", copy.id)

    @post("/renvoyer")
    async def resend_dead(self, visit: NamedDependency[Visit]) -> Answer:
        """All that failed in an agency and is still true."""
        form = await visit.form()
        agency_id = form.id("agence") or NOBODY
        try:
            count = await message_deeds.resend_dead(visit.db, agency_id, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await journal_page(visit, _search(form), refusal=refusal)
        return _back(form, "tous", None, combien=str(count))


def _hurried(verdict: Verdict) -> str:
    if verdict.state is MessageState.SENDING:
        return "part"
    if verdict.state is MessageState.PLANNED:
        return "attend"
    return "personne" if verdict.state is MessageState.TO_DO else "pas"


def _search(form: Form) -> JournalSearch:
    return JournalSearch.of_query(form.get("retour"))


def _back(form: Form, deed: str, message_id: UUID | None, **more: str) -> Answer:
    """The journal as it was, and what became of the message."""
    about = {"fait": deed} | ({"message": str(message_id)} if message_id else {})
    return see(f"/messages?{urlencode(_search(form).said | about | {k: v for k, v in more.items() if v})}")
