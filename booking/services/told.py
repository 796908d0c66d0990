"""The very words that somebody was told, while they are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.cases import Case
from booking.domain.messages import Message
from booking.domain.staff import Right, Staff
from booking.storage import audit, cases, outbox, sent_texts
from booking.storage.database import Database, again_when_contended
from booking.storage.sent_texts import KEPT_FOR, SentText

AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Told:
    """A message with what each of its tries said; without ``texts`` nothing was said yet, or it is no longer kept."""

    message: Message
    case: Case
    texts: Sequence[SentText]


async def of_message(db: Database, message_id: UUID, *, by: Staff, now: datetime) -> Told:
    """What one message said. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        message = await outbox.load(tx, message_id)
        by.must(Right.REACH, message.agency_id)
        case = await cases.load(tx, message.booking_id)
        kept = await sent_texts.of_messages(tx, [message_id], now - KEPT_FOR)
    await audit.saw(db, by, "message", message_id, now, message.agency_id)
    return Told(message, case, kept.get(message_id, ()))


async def forget(db: Database, now: datetime) -> int:
    """Let go of what is older than thirty days; returns how many texts there were."""
    forgotten = 0
    while gone := await _forget(db, now):
        forgotten += gone
    return forgotten


@again_when_contended
async def _forget(db: Database, now: datetime) -> int:
    async with db.transaction() as tx:
        return await sent_texts.forget(tx, now - KEPT_FOR, AT_ONCE)
