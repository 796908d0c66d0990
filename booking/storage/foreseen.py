"""What is planned for a time to come, read as the sender will read it, without taking it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, false, or_, select

from booking.domain.messages import Message, MessageKind, MessageState
from booking.storage.database import Tx
from booking.storage.outbox import has_later
from booking.storage.shapes import columns, made
from booking.storage.tables import messages

_MESSAGE = columns(Message, messages)
Place = tuple[datetime, UUID]


async def due(tx: Tx, at: datetime, after: Place | None, most: int) -> list[tuple[Message, bool]]:
    """What is due at this time, by time, and whether a later reminder will stand for it."""
    is_double = and_(messages.c.kind == MessageKind.REMINDER, has_later(at))
    found = select(*_MESSAGE, is_double.label("is_double")).where(messages.c.due_at <= at)
    return await _page(tx, found, after, most)


async def soon(tx: Tx, at: datetime, until: datetime, after: Place | None, most: int) -> list[tuple[Message, bool]]:
    """What becomes due after this time; each leaves at its own, before any later one."""
    found = select(*_MESSAGE, false().label("is_double")).where(messages.c.due_at > at, messages.c.due_at <= until)
    return await _page(tx, found, after, most)


async def _page(tx: Tx, found: Select[Any], after: Place | None, most: int) -> list[tuple[Message, bool]]:
    due_at, id = messages.c.due_at, messages.c.id
    if after:
        found = found.where(or_(due_at > after[0], and_(due_at == after[0], id > after[1])))
    planned = found.where(messages.c.state == MessageState.PLANNED).order_by(due_at, id).limit(most)
    return [(made(Message, row), bool(row.is_double)) for row in await tx.rows(planned)]
