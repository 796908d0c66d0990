"""Mails to staff that could not be sent: who plans in an agency sees them, and has one tried again."""

from datetime import datetime, timedelta
from uuid import UUID

from booking.domain.errors import MessageSettled, MessageUntrue, NotFound
from booking.domain.messages import MessageState
from booking.domain.staff import Right, Staff
from booking.domain.staff_messages import StaffMessage
from booking.services.decisions import where_one_plans
from booking.storage import audit, staff_messages
from booking.storage.database import Database, again_when_contended
from booking.storage.staff_messages import Mailed

SEEN_FOR = timedelta(days=14)
MOST = 50


async def dead(db: Database, *, by: Staff, now: datetime) -> list[Mailed]:
    """Those of the last fortnight where one plans, the latest first; none for who plans nowhere."""
    if not by.may_somewhere(Right.PLAN):
        return []
    async with db.reading() as tx:
        return await staff_messages.dead(tx, where_one_plans(by), now - SEEN_FOR, MOST)


@again_when_contended
async def resend(db: Database, message_id: UUID, *, by: Staff, now: datetime) -> StaffMessage:
    """Try it again from the beginning; a second click changes nothing.

    Raises :class:`MessageUntrue` when its time is over, :class:`MessageSettled` when it was not given up,
    :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.transaction() as tx:
        message = await staff_messages.load(tx, message_id)
        if message is None:
            raise NotFound(message_id=message_id)
        by.must(Right.PLAN, message.agency_id)
        if message.state in (MessageState.PLANNED, MessageState.SENDING):
            return message
        if message.state is not MessageState.DEAD:
            raise MessageSettled(message_id=message_id, state=message.state)
        if message.not_after <= now:
            raise MessageUntrue(message_id=message_id)
        await staff_messages.restart(tx, message_id, now)
        await audit.record(tx, by, "resent", "staff_message", message_id, now, message.agency_id, kind=message.kind)
        return message
