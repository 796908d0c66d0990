"""Messages that no way could say."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from booking.domain.messages import Message, MessageKind, MessageState
from booking.storage.database import Tx
from booking.storage.shapes import columns, made
from booking.storage.tables import messages

_MESSAGE = columns(Message, messages)
_DEAD = messages.c.state == MessageState.DEAD


async def page(tx: Tx, agency_id: UUID | None, since: datetime | None, after: UUID | None, most: int) -> list[Message]:
    """Dead messages by id, beginning after this one: of the people of one agency, or given up since this time."""
    whose: list[ColumnElement[bool]] = [] if agency_id is None else [messages.c.agency_id == agency_id]
    whose += [] if since is None else [messages.c.settled_at >= since]
    whose += [] if after is None else [messages.c.id > after]
    found = select(*_MESSAGE).where(_DEAD, *whose).order_by(messages.c.id).limit(most)
    return [made(Message, row) for row in await tx.rows(found)]


async def stood_for(tx: Tx, ids: Collection[UUID], now: datetime) -> set[UUID]:
    """Those reminders of these after which a later one of the same seat has come due: it says all that they say."""
    later = messages.alias("later")
    pairs = select(messages.c.id).join_from(
        messages,
        later,
        (later.c.booking_id == messages.c.booking_id) & (later.c.booking_sequence == messages.c.booking_sequence),
    )
    reminders = (messages.c.kind == MessageKind.REMINDER, later.c.kind == MessageKind.REMINDER)
    found = pairs.where(messages.c.id.in_(ids), *reminders)
    rows = await tx.rows(found.where(later.c.due_at > messages.c.due_at, later.c.due_at <= now).distinct())
    return {row.id for row in rows}


async def count(tx: Tx) -> int:
    """How many there are, of use or not."""
    return int(await tx.value(select(func.count()).where(_DEAD)))
