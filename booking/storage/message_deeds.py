"""What a person changes about a message that waits: whether it leaves, and when."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from booking.domain.messages import MessageState
from booking.storage.database import Tx
from booking.storage.tables import messages

_FREED = {"lease_token": None, "lease_until": None}


async def stop(tx: Tx, message_id: UUID, by: UUID, reason: str, now: datetime) -> bool:
    """A person stops it; False when it no longer waits to be sent."""
    waiting = (messages.c.state.in_([MessageState.PLANNED, MessageState.CLAIMED]), messages.c.id == message_id)
    over = {"state": MessageState.CANCELLED, "reason": reason, "settled_at": now, "settled_by": by}
    return bool(await tx.run(update(messages).where(*waiting).values(over | _FREED)))


async def restart(tx: Tx, message_id: UUID, reason: str) -> bool:
    """What a person stopped for this reason waits again."""
    stopped = (messages.c.state == MessageState.CANCELLED, messages.c.reason == reason, messages.c.id == message_id)
    anew = {"state": MessageState.PLANNED, "reason": None, "settled_at": None, "settled_by": None}
    return bool(await tx.run(update(messages).where(*stopped).values(anew)))


async def hurry(tx: Tx, message_id: UUID, now: datetime) -> bool:
    """It is due now, and not later; False when it was due already, or no longer waits."""
    waiting = (messages.c.state == MessageState.PLANNED, messages.c.due_at > now, messages.c.id == message_id)
    return bool(await tx.run(update(messages).where(*waiting).values(due_at=now)))
