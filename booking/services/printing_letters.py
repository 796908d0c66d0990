"""Every letter that waits to be printed, in the words of its own message."""

from datetime import datetime

from booking.documents.messages import words_in
from booking.documents.spoken_to import language_of
from booking.domain.job_seekers import Channel
from booking.domain.languages import FRENCH
from booking.domain.staff import Right, Staff
from booking.services.messages import Letter
from booking.services.to_do import agencies_within_reach
from booking.storage import cases, outbox, wordings
from booking.storage.database import Database

MOST = 500


async def to_print(db: Database, *, by: Staff, now: datetime) -> list[Letter]:
    """The letters of one's agencies, the most pressing first, at most :data:`MOST`. Raises :class:`NotAllowed`."""
    by.must_somewhere(Right.REACH)
    async with db.reading() as tx:
        # Calls wait in the same line.
        waiting = await outbox.to_do(tx, agencies_within_reach(by), 4 * MOST)
        papers = [message for message in waiting if message.channel is not Channel.CALL][:MOST]
        known = await cases.load_many(tx, {message.booking_id for message in papers})
        own = await wordings.newest(tx, {message.agency_id for message in papers})
    letters = []
    for message in papers:
        case = known[message.booking_id]
        said = (message.kind, case, now, message.details, None, own)
        letters.append(Letter(words_in(language_of(case.person), *said), case, words_in(FRENCH, *said)))
    return letters
