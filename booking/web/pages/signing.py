"""The sheets that people sign, to print; and the way from the code on one back to its roll."""

from uuid import UUID

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from booking.domain.errors import NotFound
from booking.services import rosters, signing_sheets
from booking.web.pages.pdfs import pdf
from booking.web.pages.visits import Visit, see


class SigningPages(Controller):
    """For whoever marks presence and knows full names."""

    @get("/presence/{meeting_id:uuid}/emargement.pdf")
    async def meeting(self, visit: NamedDependency[Visit], meeting_id: FromPath[UUID]) -> Response[bytes]:
        """The sheet of one meeting."""
        sheet = await signing_sheets.of_meeting(visit.db, meeting_id, site=visit.site, by=visit.staff)
        await rosters.note_look(visit.db, meeting_id, by=visit.staff, now=visit.now)
        return await pdf(visit, "sheet", sheet.data, "emargement", sheet.workshop, on=sheet.first_on)

    @get("/presence/{meeting_id:uuid}/emargement-cycle.pdf")
    async def cycle(self, visit: NamedDependency[Visit], meeting_id: FromPath[UUID]) -> Response[bytes]:
        """The sheet of the whole cycle, with a column for each meeting."""
        sheet = await signing_sheets.of_cycle(visit.db, meeting_id, site=visit.site, by=visit.staff)
        await rosters.note_look(visit.db, meeting_id, by=visit.staff, now=visit.now)
        return await pdf(visit, "sheet", sheet.data, "emargement cycle", sheet.workshop, on=sheet.first_on)

    @get("/f/{code:str}")
    async def roll(self, visit: NamedDependency[Visit], code: FromPath[str]) -> Redirect:
        """The roll of the sheet that bears this code."""
        found = await signing_sheets.nearest_with_code(visit.db, code, by=visit.staff, now=visit.now)
        if found is None:
            raise NotFound(code=code)
        return see(f"/presence/{found.meeting.id}")
