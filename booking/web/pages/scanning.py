"""The way from a sheet on paper back to its roll: photograph it, or type the code that stands on it."""

from litestar import Controller, get, post
from litestar.di import NamedDependency

from booking.documents.scanning import LARGEST_PHOTO
from booking.domain.errors import InvalidField, Refused
from booking.domain.staff import Right
from booking.services import scanned_sheets, signing_sheets
from booking.storage.agendas import MeetingListed
from booking.web.forms import Form
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

# The photo, and the form around it.
LARGEST = LARGEST_PHOTO + 64 * 1024


class ScanningPages(Controller):
    """For whoever marks presence."""

    path = "/presence/scan"

    @get()
    async def ask(self, visit: NamedDependency[Visit]) -> Page:
        """Where one photographs a sheet."""
        visit.staff.must_somewhere(Right.MARK)
        return visit.page("presence/scan.html", typed="", found=None)

    @post(request_max_body_size=LARGEST)
    async def read(self, visit: NamedDependency[Visit]) -> Answer:
        """Open the roll of the sheet, and keep the photo beside it if that is wished; a code that was typed goes
        first."""
        form, photo = await visit.upload("photo")
        listed = None
        try:
            listed = await _found(visit, form, photo)
            if form.get("keep"):
                await scanned_sheets.keep(visit.db, listed, photo, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return visit.refused("presence/scan.html", refusal, typed=form.get("code"), found=listed)
        return see(f"/presence/{listed.meeting.id}")


async def _found(visit: Visit, form: Form, photo: bytes) -> MeetingListed:
    if not form.get("code"):
        return await scanned_sheets.on_photo(visit.db, photo, site=visit.site, by=visit.staff)
    found = await signing_sheets.nearest_with_code(visit.db, form.get("code"), by=visit.staff, now=visit.now)
    if found is None:
        raise InvalidField(fields={"code": "no-such-sheet"})
    return found
