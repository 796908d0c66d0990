"""How many messages each channel brought where they should go; of those written since a moment, and of no others."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageState
from booking.domain.sending import FINAL
from booking.storage.database import Tx
from booking.storage.journal import first_id_of
from booking.storage.tables import message_attempts, messages


async def by_state(
    tx: Tx, agency_ids: Collection[UUID] | None, since: datetime
) -> dict[tuple[Channel, MessageState], int]:
    """How many messages took each channel and stand in each state."""
    c = messages.c
    whose = [] if agency_ids is None else [c.agency_id.in_(agency_ids)]
    found = select(c.channel, c.state, func.count()).where(c.id >= first_id_of(since), c.channel.is_not(None), *whose)
    return {(row[0], row[1]): row[2] for row in await tx.rows(found.group_by(c.channel, c.state))}


async def by_failure(tx: Tx, agency_ids: Collection[UUID] | None, since: datetime) -> dict[tuple[Channel, str], int]:
    """How often each channel was refused, or given up."""
    c = message_attempts.c
    found = select(c.channel, c.outcome, func.count()).where(c.message_id >= first_id_of(since), c.outcome.in_(FINAL))
    if agency_ids is not None:
        found = found.join_from(message_attempts, messages).where(messages.c.agency_id.in_(agency_ids))
    return {(row[0], row[1]): row[2] for row in await tx.rows(found.group_by(c.channel, c.outcome))}
