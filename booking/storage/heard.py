"""How much somebody has heard by machine in a day."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from booking.domain.messages import INVITATIONS, MessageState
from booking.storage.database import Tx
from booking.storage.tables import bookings, messages

_LEFT = (MessageState.ACCEPTED, MessageState.DELIVERED)


async def since(tx: Tx, midnights: Mapping[UUID, datetime]) -> Counter[UUID]:
    """How many messages left for each of these people since his midnight; calendar entries that follow count not."""
    found = (
        select(bookings.c.job_seeker_id, messages.c.settled_at)
        .join(messages, messages.c.booking_id == bookings.c.id)
        .where(bookings.c.job_seeker_id.in_(midnights), messages.c.settled_at >= min(midnights.values()))
        .where(messages.c.state.in_(_LEFT), messages.c.kind.not_in(INVITATIONS))
    )
    rows = await tx.rows(found)
    return Counter(row.job_seeker_id for row in rows if row.settled_at >= midnights[row.job_seeker_id])
