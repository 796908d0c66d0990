"""The exact words of a text message about a booking, as they would leave now, and how long they are."""

from datetime import datetime
from uuid import UUID

from booking.documents.messages import kind_of_letter
from booking.documents.texts import Text, text
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.storage import cases, outbox, wordings
from booking.storage.database import Database


async def of_booking(db: Database, booking_id: UUID, *, site: Site, by: Staff, now: datetime) -> Text | None:
    """What confirms a booking on a phone; None when every meeting is over. Raises :class:`NotFound`."""
    async with db.reading() as tx:
        case = await cases.load(tx, booking_id)
        by.must(Right.REACH, case.booking.agency_id)
        said = await outbox.of_booking(tx, booking_id)
        own = await wordings.newest(tx, [case.booking.agency_id])
    kind = kind_of_letter(case)
    details = next((message.details for message in reversed(said) if message.kind is kind), None)
    return text(kind, case, now, details, site, own) if case.meetings_ahead(now) else None
