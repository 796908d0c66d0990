"""What somebody was told by a message, word for word."""

from uuid import UUID

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.services import told
from booking.web.pages import words
from booking.web.pages.visits import Visit
from booking.web.rendering import Page


class ToldPages(Controller):
    """For who reaches people in their agency."""

    path = "/messages"

    @get("/{message_id:uuid}/texte")
    async def show(self, visit: NamedDependency[Visit], message_id: FromPath[UUID]) -> Page:
        """Each try's very words, while they are kept."""
        found = await told.of_message(visit.db, message_id, by=visit.staff, now=visit.now)
        return visit.page("messages/told.html", told=found, case=found.case, words=words)
