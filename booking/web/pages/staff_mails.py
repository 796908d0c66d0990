"""Mails to staff that failed: tried again from the journal."""

from uuid import UUID

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import Refused
from booking.services import staff_mail_deeds
from booking.web.pages.journals import journal_page
from booking.web.pages.message_searches import JournalSearch
from booking.web.pages.visits import Answer, Visit, see


class StaffMailPages(Controller):
    """What is done about one of them."""

    @post("/messages/equipes/{message_id:uuid}/renvoyer")
    async def resend(self, visit: NamedDependency[Visit], message_id: FromPath[UUID]) -> Answer:
        """It is tried again."""
        await visit.form()
        try:
            await staff_mail_deeds.resend(visit.db, message_id, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await journal_page(visit, JournalSearch.of_query("etat=echecs"), refusal=refusal)
        return see("/messages?etat=echecs&fait=courriel")
