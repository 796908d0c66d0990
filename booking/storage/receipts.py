"""What providers told of texts that left: taken once, applied later."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update

from booking.domain.identifiers import new_id
from booking.domain.job_seekers import Channel
from booking.domain.messages import Message, MessageState
from booking.domain.receipts import Applied, Change, Receipt, Report
from booking.storage.attempts import Attempt
from booking.storage.database import Tx
from booking.storage.idempotency import INSERT
from booking.storage.shapes import columns, made
from booking.storage.tables import delivery_receipts as receipts
from booking.storage.tables import message_attempts as attempts
from booking.storage.tables import messages

_RECEIPT = columns(Receipt, receipts)
_ATTEMPT = columns(Attempt, attempts)


async def take(tx: Tx, provider: str, report: Report, now: datetime) -> bool:
    """Write it down; False when this event was told before."""
    new = {
        "id": new_id(now),
        "provider": provider,
        "event": report.event,
        "fate": report.fate,
        "reference": report.reference,
        "message_key": report.key,
        "received_at": now,
    }
    once = INSERT[tx.dialect](receipts).values(new).on_conflict_do_nothing(index_elements=["provider", "event"])
    return bool(await tx.run(once))


async def unapplied(tx: Tx, after: UUID | None, most: int) -> list[Receipt]:
    """What is to be applied, in the order in which it came, beginning after this one."""
    found = select(*_RECEIPT).where(receipts.c.applied_at.is_(None))
    if after:
        found = found.where(receipts.c.id > after)
    return [made(Receipt, row) for row in await tx.rows(found.order_by(receipts.c.id).limit(most))]


async def hold(tx: Tx, receipt_id: UUID) -> bool:
    """Nobody else applies it meanwhile; False when somebody has."""
    mine = select(receipts.c.id).where(receipts.c.id == receipt_id, receipts.c.applied_at.is_(None))
    return await tx.row(mine.with_for_update(skip_locked=True)) is not None


async def settle(tx: Tx, receipt_id: UUID, became: Applied, now: datetime) -> None:
    """It is applied, or changed nothing."""
    mine = update(receipts).where(receipts.c.id == receipt_id)
    await tx.run(mine.values(applied_at=now, became=became))


async def last_try(
    tx: Tx, channel: Channel, *, reference: str | None = None, key: UUID | None = None
) -> tuple[Attempt, str | None] | None:
    """The last try on this channel of the message with this key, or of the one its provider knows by this reference;
    with how it ended. None when nobody knows it."""
    which = attempts.c.message_id == key if key else attempts.c.provider_reference == reference
    found = select(*_ATTEMPT, attempts.c.outcome).where(which, attempts.c.channel == channel)
    row = await tx.row(found.order_by(attempts.c.n.desc()).limit(1))
    return (made(Attempt, row), row.outcome) if row else None


async def change(tx: Tx, attempt: Attempt, message: Message, change: Change, now: datetime) -> None:
    """Write what a receipt changes."""
    mine = (attempts.c.message_id == attempt.message_id, attempts.c.n == attempt.n)
    if change.outcome:
        await tx.run(update(attempts).where(*mine).values(outcome=change.outcome))
    if change.state is None:
        return
    new = {"state": change.state, "reason": None, "settled_at": now}
    if change.state is MessageState.DELIVERED:
        new["channel"] = attempt.channel
    else:
        new["reason"] = "undelivered"
    if change.state is MessageState.PLANNED:
        new |= {"channel": None, "due_at": now, "settled_at": None}
    # Whoever looked at it before may have changed it since.
    as_seen = (messages.c.id == message.id, messages.c.state == message.state)
    await tx.run(update(messages).where(*as_seen).values(new))


async def forget(tx: Tx, before: datetime) -> int:
    """What was told and applied so long ago is of no use; returns how many there were."""
    old = (receipts.c.applied_at.is_not(None), receipts.c.received_at < before)
    return await tx.run(delete(receipts).where(*old))
