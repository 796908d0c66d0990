"""A photographed sheet leads back to its roll: whoever may mark there holds the paper in his hand."""

from datetime import datetime
from uuid import UUID

from booking.documents import scanning
from booking.documents.scanning import NotAPhoto
from booking.domain.errors import InvalidField
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.services import signed_sheets
from booking.storage import agendas
from booking.storage.agendas import MeetingListed
from booking.storage.database import Database


async def on_photo(db: Database, photo: bytes, *, site: Site, by: Staff) -> MeetingListed:
    """The meeting whose sheet is on this photo.

    Raises :class:`InvalidField` where none can be read, also for a sheet of somewhere else; :class:`NotAllowed`.
    """
    by.must_somewhere(Right.MARK)
    if not photo:
        raise _refused("required")
    try:
        said = await scanning.codes_on(photo)
    except NotAPhoto as error:
        raise _refused(str(error)) from error
    if not said:
        raise _refused("no-code-found")
    meeting_ids = [found for one in said if (found := _meeting_in(one, site))]
    if not meeting_ids:
        raise _refused("not-a-sheet")
    async with db.reading() as tx:
        listed = await agendas.one(tx, meeting_ids[0])
    if listed is None or not by.may(Right.MARK, listed.agency_id):
        raise _refused("no-such-sheet")
    return listed


async def keep(db: Database, listed: MeetingListed, photo: bytes, *, by: Staff, now: datetime) -> None:
    """File the photo of the signed sheet with its meeting. Raises like :func:`signed_sheets.attach`."""
    try:
        await signed_sheets.attach(db, listed.meeting.id, photo, by=by, now=now)
    except InvalidField as refusal:
        # The field has another name here.
        raise _refused(refusal.facts["fields"]["file"]) from refusal


def _meeting_in(address: str, site: Site) -> UUID | None:
    """The meeting of a sheet of ours; None for any other code, such as that of a letter."""
    ours = f"{site.url}/presence/"
    try:
        return UUID(address.removeprefix(ours)) if address.startswith(ours) else None
    except ValueError:
        return None


def _refused(why: str) -> InvalidField:
    return InvalidField(fields={"photo": why})
