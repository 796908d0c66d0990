"""Which calendar entries each person was told by mail: kept with the messages that told them."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update

from booking.domain.messages import Message
from booking.storage.database import Tx
from booking.storage.shapes import columns, made
from booking.storage.tables import bookings, messages

_MESSAGE = columns(Message, messages)
_KEEP = update(messages).where(messages.c.id == bindparam("id_")).values(details=bindparam("kept"))
ENTRY = "entry"


async def of_bookings(tx: Tx, booking_ids: Collection[UUID]) -> dict[UUID, list[Message]]:
    """The messages of each booking that brought an entry, or were about to; the first one first."""
    found = (
        select(*_MESSAGE).where(messages.c.booking_id.in_(booking_ids)).order_by(messages.c.created_at, messages.c.id)
    )
    told: dict[UUID, list[Message]] = {id: [] for id in booking_ids}
    for row in await tx.rows(found):
        if ENTRY in row.details:
            told[row.booking_id].append(made(Message, row))
    return told


async def keep(tx: Tx, details: Mapping[UUID, Mapping[str, Any]]) -> None:
    """Write what these messages bring, before they leave."""
    if details:
        await tx.run(_KEEP, [{"id_": id, "kept": dict(kept)} for id, kept in details.items()])


async def given_up(tx: Tx, job_seeker_id: UUID, session_id: UUID) -> list[UUID]:
    """The bookings of this person in the session that he was moved from."""
    theirs = (bookings.c.job_seeker_id == job_seeker_id, bookings.c.session_id == session_id)
    return [row.id for row in await tx.rows(select(bookings.c.id).where(*theirs))]
