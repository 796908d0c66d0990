"""Every letter that waits to be printed, in the words of its own message."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from booking.domain.job_seekers import Channel
from booking.domain.staff import Right, Staff
from booking.services.messages import Letter, letter_of
from booking.services.to_do import agencies_within_reach
from booking.storage import cases, outbox, wordings
from booking.storage.database import Database

MOST = 500


async def to_print(db: Database, *, by: Staff, now: datetime, among: Collection[UUID] | None = None) -> list[Letter]:
    """The letters of one's agencies, the most pressing first, at most :data:`MOST`; only those of the messages in
    ``among``, where it is given. Raises :class:`NotAllowed`.
    """
    by.must_somewhere(Right.REACH)
    async with db.reading() as tx:
        # Calls wait in the same line.
        waiting = await outbox.to_do(tx, agencies_within_reach(by), 4 * MOST)
        papers = [message for message in waiting if message.channel is not Channel.CALL]
        papers = [message for message in papers if among is None or message.id in among][:MOST]
        known = await cases.load_many(tx, {message.booking_id for message in papers})
        own = await wordings.newest(tx, {message.agency_id for message in papers})
    return [letter_of(message.kind, known[message.booking_id], now, message.details, own) for message in papers]
