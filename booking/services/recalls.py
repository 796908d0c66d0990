"""The list "à rappeler": who lost a place because the service cancelled, or asked for another date, until one is found
or he is reached."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from booking.domain.cases import Case
from booking.domain.messages import Message
from booking.domain.staff import Right, Staff
from booking.services.to_do import agencies_within_reach
from booking.storage import audit, bookings, cases, dates_wished, recalls
from booking.storage.database import Database

KEPT = timedelta(days=60)
MOST = 200


@dataclass(frozen=True, slots=True)
class Recall:
    """Somebody to call back: what was told, and the place that was lost."""

    message: Message
    case: Case


async def to_recall(db: Database, *, by: Staff, now: datetime) -> list[Recall]:
    """The people of one's agencies who are to be called back, who has waited longest first.

    Raises :class:`NotAllowed`.
    """
    by.must_somewhere(Right.REACH)
    async with db.reading() as tx:
        told = await recalls.without_place(tx, agencies_within_reach(by), now - KEPT, MOST)
        known = await cases.load_many(tx, {message.booking_id for message in told})
    return [Recall(message, known[message.booking_id]) for message in told]


async def wishing(db: Database, *, by: Staff, now: datetime) -> list[Case]:
    """The people of one's agencies who asked for another date than those on offer, who has waited longest first.

    Raises :class:`NotAllowed`.
    """
    by.must_somewhere(Right.REACH)
    async with db.reading() as tx:
        asked = await dates_wished.wishing(tx, agencies_within_reach(by), now - KEPT, MOST)
        known = await cases.load_many(tx, {booking.id for booking in asked})
    return [known[booking.id] for booking in asked]


async def recalled(db: Database, booking_id: UUID, *, by: Staff, now: datetime) -> None:
    """Somebody was reached and wants no other date, or not now. Raises :class:`NotFound`, :class:`NotAllowed`."""
    await _note(db, recalls.RECALLED, booking_id, by, now)


async def undo(db: Database, booking_id: UUID, *, by: Staff, now: datetime) -> None:
    """He was not reached after all, and stands in the list again. Raises :class:`NotFound`, :class:`NotAllowed`."""
    await _note(db, recalls.UNDONE, booking_id, by, now)


async def _note(db: Database, what: str, booking_id: UUID, by: Staff, now: datetime) -> None:
    async with db.transaction() as tx:
        booking = await bookings.load(tx, booking_id)
        by.must(Right.REACH, booking.agency_id)
        await audit.record(tx, by, what, "booking", booking_id, now, booking.agency_id)
