"""One session as a file for one's calendar, for whoever works here."""

from uuid import UUID

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.services import session_calendars
from booking.web.conditional import CALENDAR
from booking.web.pages.visits import Visit


class SessionCalendarPages(Controller):
    """Beside the page of a session."""

    @get("/sessions/{session_id:uuid}/ateliers.ics")
    async def show(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Response[bytes]:
        """All its meetings; a draft has none."""
        file = await session_calendars.for_staff(visit.db, session_id, site=visit.site, by=visit.staff, now=visit.now)
        told = {"content-type": CALENDAR, "content-disposition": f'attachment; filename="{file.name}"'}
        return Response(file.content, headers=told)
