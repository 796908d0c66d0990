"""What must be said, in the transaction that makes it true; and what became of it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update

from booking.domain.job_seekers import Channel
from booking.domain.messages import LEASED, PENDING, Message, MessageKind, MessageState
from booking.storage.database import Tx
from booking.storage.idempotency import INSERT
from booking.storage.shapes import columns, made, values
from booking.storage.tables import message_attempts, messages

_MESSAGE = columns(Message, messages)
_FREED = {"lease_token": None, "lease_until": None}


async def plan(tx: Tx, planned: Sequence[Message]) -> int:
    """Write what must be said; what is planned already stays as it is. Returns how many were new."""
    if not planned:
        return 0
    new = INSERT[tx.dialect](messages).on_conflict_do_nothing(index_elements=["dedupe_key"])
    return await tx.run(new, [values(message, messages) for message in planned])


async def withdraw(tx: Tx, booking_id: UUID, state: MessageState, now: datetime) -> int:
    """What was planned for this booking is true no more; what is being sent at this moment cannot be stopped."""
    return await _withdraw(tx, messages.c.booking_id == booking_id, state, now)


async def withdraw_session(tx: Tx, session_id: UUID, state: MessageState, now: datetime) -> int:
    """The same for every booking of a session."""
    return await _withdraw(tx, messages.c.session_id == session_id, state, now)


async def _withdraw(tx: Tx, whose: Any, state: MessageState, now: datetime) -> int:
    pending = update(messages).where(whose, messages.c.state.in_(PENDING))
    return await tx.run(pending.values(state=state, settled_at=now, **_FREED))


async def expire(tx: Tx, now: datetime) -> int:
    """End what came too late to be of use."""
    late = update(messages).where(messages.c.state == MessageState.PLANNED, messages.c.not_after <= now)
    return await tx.run(late.values(state=MessageState.EXPIRED, settled_at=now, reason="too-late"))


async def coalesce(tx: Tx, now: datetime) -> int:
    """Of several overdue reminders of one booking only the latest is said."""
    later = messages.alias("later")
    overdue = (
        messages.c.state == MessageState.PLANNED,
        messages.c.due_at <= now,
        messages.c.kind == MessageKind.REMINDER,
    )
    has_later = (
        select(1)
        .where(
            later.c.booking_id == messages.c.booking_id,
            later.c.kind == MessageKind.REMINDER,
            later.c.state == MessageState.PLANNED,
            later.c.due_at <= now,
            later.c.due_at > messages.c.due_at,
        )
        .exists()
    )
    return await tx.run(
        update(messages)
        .where(*overdue, has_later)
        .values(state=MessageState.COALESCED, settled_at=now, reason="later-due")
    )


async def claim(tx: Tx, now: datetime, token: UUID, lease: timedelta, most: int) -> list[Message]:
    """Take what is due, the urgent first, so that no other worker takes it before the lease is over."""
    due = (
        select(messages.c.id)
        .where(messages.c.state == MessageState.PLANNED, messages.c.due_at <= now)
        .order_by(messages.c.priority, messages.c.due_at, messages.c.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    taken = update(messages).where(messages.c.id.in_(due.scalar_subquery()))
    leased = taken.values(state=MessageState.CLAIMED, lease_token=token, lease_until=now + lease)
    found = [made(Message, row) for row in await tx.rows(leased.returning(*_MESSAGE))]
    return sorted(found, key=lambda message: (message.priority, message.due_at, message.id))


async def begin(tx: Tx, message: Message, token: UUID, attempt: dict[str, Any]) -> bool:
    """Commit to sending before the call is made; False when the lease was lost or the message withdrawn meanwhile."""
    mine = (messages.c.id == message.id, messages.c.lease_token == token, messages.c.state == MessageState.CLAIMED)
    if not await tx.run(update(messages).where(*mine).values(state=MessageState.SENDING, attempts=attempt["n"])):
        return False
    await tx.run(insert(message_attempts).values(message_id=message.id, **attempt))
    return True


async def settle(
    tx: Tx,
    message: Message,
    token: UUID,
    state: MessageState,
    now: datetime,
    *,
    channel: Channel | None = None,
    reason: str | None = None,
    due_at: datetime | None = None,
) -> bool:
    """Write what became of a leased message; the token sees to it that a worker come too late changes nothing."""
    new = {"state": state, "reason": reason, "channel": channel, "due_at": due_at or message.due_at, **_FREED}
    if state is not MessageState.PLANNED:
        new["settled_at"] = None if state is MessageState.TO_DO else now
    mine = (messages.c.id == message.id, messages.c.lease_token == token, messages.c.state.in_(LEASED))
    return bool(await tx.run(update(messages).where(*mine).values(new)))


async def end_attempt(
    tx: Tx, message_id: UUID, n: int, now: datetime, outcome: str, reference: str | None, error: str | None
) -> None:
    """Write how an attempt ended."""
    this = update(message_attempts).where(message_attempts.c.message_id == message_id, message_attempts.c.n == n)
    await tx.run(this.values(ended_at=now, outcome=outcome, provider_reference=reference, error=error))


async def reap(tx: Tx, now: datetime) -> tuple[int, list[Message]]:
    """Leases that are over: what was only claimed is planned again; what was being sent is in doubt and handed back."""
    over = messages.c.lease_until <= now
    claimed = update(messages).where(messages.c.state == MessageState.CLAIMED, over)
    freed = await tx.run(claimed.values(state=MessageState.PLANNED, **_FREED))
    doubtful = select(*_MESSAGE).where(messages.c.state == MessageState.SENDING, over).with_for_update(skip_locked=True)
    return freed, [made(Message, row) for row in await tx.rows(doubtful)]


async def resolve_doubt(
    tx: Tx, message: Message, state: MessageState, now: datetime, due_at: datetime, reason: str
) -> bool:
    """Decide about a message whose worker vanished while sending."""
    doubtful = (messages.c.id == message.id, messages.c.state == MessageState.SENDING, messages.c.lease_until <= now)
    ended = None if state is MessageState.PLANNED else now
    new = {"state": state, "reason": reason, "due_at": due_at, "settled_at": ended, **_FREED}
    return bool(await tx.run(update(messages).where(*doubtful).values(new)))


async def load(tx: Tx, message_id: UUID) -> Message | None:
    """One message."""
    row = await tx.row(select(*_MESSAGE).where(messages.c.id == message_id))
    return made(Message, row) if row else None


async def of_booking(tx: Tx, booking_id: UUID) -> list[Message]:
    """Everything said or to be said about one booking, by time."""
    found = select(*_MESSAGE).where(messages.c.booking_id == booking_id)
    return [made(Message, row) for row in await tx.rows(found.order_by(messages.c.due_at, messages.c.id))]


async def to_do(tx: Tx, agency_ids: Collection[UUID] | None, most: int = 500) -> list[Message]:
    """What waits for a person to print, hand over or call, the most pressing first; None is the whole network."""
    whose = [] if agency_ids is None else [messages.c.agency_id.in_(agency_ids)]
    found = select(*_MESSAGE).where(messages.c.state == MessageState.TO_DO, *whose)
    order = (messages.c.priority, messages.c.not_after, messages.c.id)
    return [made(Message, row) for row in await tx.rows(found.order_by(*order).limit(most))]


async def do(tx: Tx, message_id: UUID, by: UUID, outcome: str, now: datetime) -> bool:
    """A person did it; False when somebody already had."""
    waiting = update(messages).where(messages.c.id == message_id, messages.c.state == MessageState.TO_DO)
    done = waiting.values(state=MessageState.DONE, reason=outcome, settled_at=now, settled_by=by)
    return bool(await tx.run(done))


async def undo(tx: Tx, message_id: UUID) -> bool:
    """It was not done after all."""
    done = update(messages).where(messages.c.id == message_id, messages.c.state == MessageState.DONE)
    return bool(await tx.run(done.values(state=MessageState.TO_DO, reason=None, settled_at=None, settled_by=None)))


async def counts(tx: Tx, agency_ids: Collection[UUID] | None) -> dict[MessageState, int]:
    """How many messages stand in each state."""
    whose = [] if agency_ids is None else [messages.c.agency_id.in_(agency_ids)]
    found = select(messages.c.state, func.count()).where(*whose).group_by(messages.c.state)
    return {row[0]: row[1] for row in await tx.rows(found)}


async def recent(
    tx: Tx, agency_ids: Collection[UUID] | None, states: Collection[MessageState], most: int = 100
) -> list[Message]:
    """The latest messages in these states."""
    whose = [] if agency_ids is None else [messages.c.agency_id.in_(agency_ids)]
    found = select(*_MESSAGE).where(messages.c.state.in_(states), *whose)
    order = (func.coalesce(messages.c.settled_at, messages.c.due_at).desc(), messages.c.id)
    return [made(Message, row) for row in await tx.rows(found.order_by(*order).limit(most))]


async def oldest_overdue(tx: Tx) -> datetime | None:
    """When the longest-waiting planned message was due."""
    return await tx.value(select(func.min(messages.c.due_at)).where(messages.c.state == MessageState.PLANNED))  # type: ignore[no-any-return]
