"""The scans of a signed sheet, beside the roll of its meeting."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from litestar.params import FromPath

from booking.domain.errors import InvalidField, Refused
from booking.services import rosters, signed_sheets
from booking.web.pages import evidence_words
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page
from booking.web.uploads import LARGEST_SCAN


class SignedSheetPages(Controller):
    """For who leads the meeting, and for advisers and managers of its agency."""

    path = "/presence/{meeting_id:uuid}/feuilles"

    @get()
    async def show(self, visit: NamedDependency[Visit], meeting_id: FromPath[UUID]) -> Page:
        """What was attached, and where one attaches more."""
        return await _page(visit, meeting_id)

    @post(request_max_body_size=LARGEST_SCAN)
    async def attach(self, visit: NamedDependency[Visit], meeting_id: FromPath[UUID]) -> Answer:
        """One more scan or photo."""
        try:
            _, file = await visit.upload("file")
            await signed_sheets.attach(visit.db, meeting_id, file, by=visit.staff, now=visit.now)
        except RequestEntityTooLarge:
            return await _page(visit, meeting_id, InvalidField(fields={"file": "scan-too-large"}))
        except InvalidField as refusal:
            return await _page(visit, meeting_id, refusal)
        return see(f"/presence/{meeting_id}/feuilles?fait=joint")


async def _page(visit: Visit, meeting_id: UUID, refusal: Refused | None = None) -> Page:
    found = await signed_sheets.of_meeting(visit.db, meeting_id, by=visit.staff)
    shown = {
        "found": found,
        "meeting": found.meeting,
        "zone": found.meeting.time_zone,
        "is_open": rosters.has_come(found.meeting, visit.now),
        "done": evidence_words.DONE.get(visit.asked("fait")) if refusal is None else None,
    }
    template = "evidence/sheets.html"
    return visit.refused(template, refusal, **shown) if refusal else visit.page(template, **shown)
