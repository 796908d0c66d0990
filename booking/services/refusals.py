"""Who declined by calendar: people whose adviser is to call, and staff who must be replaced. No seat is freed by it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.cases import Case
from booking.domain.staff import Right, Staff
from booking.services.decisions import where_one_plans
from booking.services.to_do import agencies_within_reach
from booking.storage import audit, bookings, calendar_replies, cases, invitations
from booking.storage.database import Database
from booking.storage.invitations import Refusal

MOST = 200


@dataclass(frozen=True, slots=True)
class Declined:
    """Somebody with a seat whose calendar says that he does not come, when the meeting is, and when he said so."""

    case: Case
    meets_at: datetime
    answered_at: datetime


async def of_people(db: Database, *, by: Staff, now: datetime) -> list[Declined]:
    """The people of one's agencies, who is expected soonest first. Raises :class:`NotAllowed`."""
    by.must_somewhere(Right.REACH)
    async with db.reading() as tx:
        found = await calendar_replies.refusals(tx, agencies_within_reach(by), now, MOST)
        known = await cases.load_many(tx, {reply.booking_id for reply, _ in found})
    return [Declined(known[reply.booking_id], meets_at, reply.answered_at) for reply, meets_at in found]


async def of_booking(db: Database, booking_id: UUID, *, now: datetime) -> list[datetime]:
    """The meetings to come that the calendar of this booking declined; the caller has checked who asks."""
    async with db.reading() as tx:
        found = await calendar_replies.refusals(tx, None, now, MOST, booking_id)
    return [meets_at for _, meets_at in found]


async def called(db: Database, booking_id: UUID, *, by: Staff, now: datetime) -> None:
    """Somebody has seen to it: the person was called, and what he wants is done. Raises :class:`NotFound`,
    :class:`NotAllowed`."""
    async with db.transaction() as tx:
        booking = await bookings.load(tx, booking_id)
        by.must(Right.REACH, booking.agency_id)
        if await calendar_replies.settle(tx, booking_id, by.id, now):
            await audit.record(tx, by, "refusal-settled", "booking", booking_id, now, booking.agency_id)


async def of_staff(db: Database, *, by: Staff, now: datetime, session_id: UUID | None = None) -> list[Refusal]:
    """Who declined to lead or assist where one plans; of one session, if it is named. Raises :class:`NotAllowed`."""
    by.must_somewhere(Right.PLAN)
    async with db.reading() as tx:
        return await invitations.refusals(tx, where_one_plans(by), now, session_id)


async def seen_to(db: Database, invitation_id: UUID, *, by: Staff, now: datetime) -> None:
    """A manager has seen to it. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.transaction() as tx:
        invited = await invitations.load(tx, invitation_id, for_update=True)
        by.must(Right.PLAN, invited.agency_id)
        await invitations.settle_refusal(tx, invitation_id, now)
        await audit.record(tx, by, "refusal-settled", "session", invited.session_id, now, invited.agency_id)
