"""What must be said, in the transaction that makes it true; and what became of it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, func, literal_column, or_, select, text, update

from booking.domain.bookings import BookingState
from booking.domain.errors import NotFound
from booking.domain.messages import ABOUT_AN_END, LEASED, PENDING, REMINDING, Message, MessageKind, MessageState
from booking.domain.sending import Verdict
from booking.domain.sessions import SessionState
from booking.storage import claiming
from booking.storage.claiming import NOTHING, Spared
from booking.storage.columns import Id, Instant
from booking.storage.database import Tx
from booking.storage.driving import hot
from booking.storage.idempotency import INSERT
from booking.storage.many import among, listed
from booking.storage.many_messages import is_for_many, plan_all
from booking.storage.shapes import columns, made, values
from booking.storage.tables import bookings, messages, sessions

_MESSAGE = columns(Message, messages)
_PLAN = {
    dialect: hot(new(messages).on_conflict_do_nothing(index_elements=["dedupe_key"])) for dialect, new in INSERT.items()
}
_FREED = {"lease_token": None, "lease_until": None}
WAITING = (MessageState.PLANNED, MessageState.TO_DO)
# Said once more as their index says it, so that it is used: the rest of the table is what was said long ago.
_IS_LEASED = text("state IN ('claimed', 'sending')")


def _stands(state: MessageState) -> ColumnElement[bool]:
    """In this state; as a word of the statement and no value, or its index would not do."""
    return messages.c.state == literal_column(f"'{state}'")


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Planned and due; the index has a part for each priority."""
    c = messages.c
    return and_(_stands(MessageState.PLANNED), c.priority.in_(claiming.PRIORITIES), c.due_at <= now)


async def plan(tx: Tx, planned: Sequence[Message]) -> None:
    """Write what must be said; what is planned already stays as it is."""
    if is_for_many(tx, planned):
        await plan_all(tx, planned)
    elif planned:
        await tx.run(_PLAN[tx.dialect], [values(message, messages) for message in planned])


async def withdraw(tx: Tx, booking_id: UUID, state: MessageState, now: datetime) -> int:
    """What was planned for this booking is true no more; what is being sent at this moment cannot be stopped."""
    return await _withdraw(tx, messages.c.booking_id == booking_id, state, now)


async def was_told(tx: Tx, booking_id: UUID) -> bool:
    """Whether anything about this booking has left, or may just be leaving."""
    told = (MessageState.SENDING, MessageState.ACCEPTED, MessageState.DELIVERED, MessageState.DONE)
    left = select(messages.c.id).where(messages.c.booking_id == booking_id, messages.c.state.in_(told))
    return await tx.value(left.limit(1)) is not None


async def withdraw_session(tx: Tx, session_id: UUID, state: MessageState, now: datetime) -> int:
    """The same for every place in a session; who lost his place before is still told so."""
    outlive = (*ABOUT_AN_END, MessageKind.ABSENCE_FOLLOWUP)
    whose = (messages.c.session_id == session_id) & messages.c.kind.not_in(outlive)
    return await _withdraw(tx, whose, state, now)


def _stale_reminders(state: MessageState) -> tuple[ColumnElement[bool], ...]:
    """Those in this state that no longer speak of a seat as it is."""
    as_it_is = (
        select(1)
        .join_from(bookings, sessions, sessions.c.id == bookings.c.session_id)
        .where(
            bookings.c.id == messages.c.booking_id,
            bookings.c.sequence == messages.c.booking_sequence,
            bookings.c.state == BookingState.BOOKED,
            sessions.c.id == messages.c.session_id,
            sessions.c.sequence == messages.c.session_sequence,
            sessions.c.state == SessionState.OPEN,
        )
        .exists()
    )
    return _stands(state), messages.c.kind.in_(REMINDING), ~as_it_is


async def withdraw_stale_reminders(tx: Tx, now: datetime) -> int:
    """End reminders that no longer speak of a seat as it is; returns how many there were."""
    ended = update(messages).values(state=MessageState.SUPERSEDED, settled_at=now, reason="changed")
    return sum([await tx.run(ended.where(*_stale_reminders(state))) for state in WAITING])


async def stale_reminders(tx: Tx) -> dict[UUID, int]:
    """How many of them there are, by session."""
    number: Counter[UUID] = Counter()
    for state in WAITING:
        found = select(messages.c.session_id, func.count().label("number")).where(*_stale_reminders(state))
        number.update({row.session_id: row.number for row in await tx.rows(found.group_by(messages.c.session_id))})
    return number


async def _withdraw(tx: Tx, whose: Any, state: MessageState, now: datetime) -> int:
    pending = update(messages).where(whose, messages.c.state.in_(PENDING))
    return await tx.run(pending.values(state=state, settled_at=now, **_FREED))


async def expire(tx: Tx, now: datetime) -> int:
    """End what came too late to be of use, whether a machine or a person should have said it."""
    late = update(messages).values(state=MessageState.EXPIRED, settled_at=now, reason="too-late")
    # Nothing is due after its own end: asking for what is due keeps the index in use.
    waiting = (_is_due(now), _stands(MessageState.TO_DO))
    return sum([await tx.run(late.where(one, messages.c.not_after <= now)) for one in waiting])


def has_later(now: datetime) -> ColumnElement[bool]:
    """Whether a later reminder of the booking is overdue too, which says all that this one does."""
    later = messages.alias("later")
    return (
        select(1)
        .where(
            later.c.booking_id == messages.c.booking_id,
            later.c.kind == MessageKind.REMINDER,
            later.c.state == MessageState.PLANNED,
            later.c.due_at <= now,
            later.c.due_at > messages.c.due_at,
            later.c.not_after > now,
        )
        .correlate(messages)
        .exists()
    )


async def coalesce(tx: Tx, now: datetime) -> int:
    """Of several overdue reminders of one booking only the latest is said."""
    doubled = update(messages).where(_is_due(now), messages.c.kind == MessageKind.REMINDER, has_later(now))
    return await tx.run(doubled.values(state=MessageState.COALESCED, settled_at=now, reason="later-due"))


async def doubled(tx: Tx, claimed: Collection[Message], now: datetime) -> set[UUID]:
    """Of these the reminders for which a later one stands, which is overdue too or has been said."""
    among = [message.id for message in claimed if message.kind is MessageKind.REMINDER]
    later = messages.alias("later")
    over = (MessageState.SUPERSEDED, MessageState.CANCELLED, MessageState.EXPIRED, MessageState.DEAD)
    stands = (
        select(1)
        .where(
            later.c.booking_id == messages.c.booking_id,
            later.c.kind == MessageKind.REMINDER,
            later.c.state.not_in(over),
            later.c.due_at <= now,
            later.c.due_at > messages.c.due_at,
            later.c.not_after > now,
        )
        .correlate(messages)
        .exists()
    )
    found = select(messages.c.id).where(messages.c.id.in_(among), stands)
    return {row.id for row in await tx.rows(found)} if among else set()


async def is_due(tx: Tx, now: datetime) -> bool:
    """Whether there is anything to claim; a look costs next to nothing."""
    found = await tx.row(claiming.IS_DUE, {"at": now})
    return found is not None and found.priority is not None


async def claim(
    tx: Tx, now: datetime, token: UUID, lease: timedelta, most: int, spared: Spared = NOTHING
) -> list[Message]:
    """Take what is due, the urgent alone if there is any, so that no other worker takes it before the lease is over."""
    said = {"at": now, "token": token, "until": now + lease, "most": most}
    if spared:
        taken = claiming.claiming(tx.dialect, *said.values(), *claiming.sparing(spared, now))
        rows = await tx.rows(taken)
    else:
        rows = await tx.rows(claiming.CLAIM[tx.dialect], said)
    found = [made(Message, row) for row in rows]
    return sorted(found, key=lambda message: (message.priority, message.due_at, message.id))


async def settle(tx: Tx, token: UUID, verdicts: Mapping[UUID, Verdict], now: datetime) -> set[UUID]:
    """Write what becomes of leased messages, one statement for each verdict.

    Returns those that were still leased by this token: a worker come too late changes nothing.
    """
    settled: set[UUID] = set()
    for verdict, ids in _grouped(verdicts).items():
        is_open = verdict.state in (MessageState.PLANNED, MessageState.TO_DO)
        change = _settling(tx.dialect, verdict.due_at is not None, verdict.was_tried)
        new = {"became": verdict.state, "by": verdict.channel, "why": verdict.reason, "next": verdict.due_at}
        known = {"ids": listed(tx.dialect, ids), "token": token, "at": None if is_open else now}
        settled |= {row.id for row in await tx.rows(change, new | known)}
    return settled


def _grouped(verdicts: Mapping[UUID, Verdict]) -> dict[Verdict, list[UUID]]:
    grouped: dict[Verdict, list[UUID]] = {}
    for message_id, verdict in verdicts.items():
        grouped.setdefault(verdict, []).append(message_id)
    return grouped


@cache
def _settling(dialect: str, is_put_off: bool, was_tried: bool) -> Any:
    c = messages.c
    mine = (among(dialect, c.id), c.lease_token == bindparam("token", type_=Id))
    leased = or_(*(c.state == literal_column(f"'{state}'") for state in LEASED))
    new: dict[str, Any] = {"state": bindparam("became"), "channel": bindparam("by"), "reason": bindparam("why")}
    new |= {"settled_at": bindparam("at", type_=Instant)} | _FREED
    new |= {"due_at": bindparam("next", type_=Instant)} if is_put_off else {}
    new |= {} if was_tried else {"attempts": c.attempts - 1}
    return hot(update(messages).where(*mine, leased).values(new).returning(c.id))


async def free_abandoned(tx: Tx, now: datetime) -> int:
    """Claims whose lease is over are planned again; returns how many."""
    over = (_IS_LEASED, messages.c.state == MessageState.CLAIMED, messages.c.lease_until <= now)
    claimed = update(messages).where(*over)
    return await tx.run(claimed.values(state=MessageState.PLANNED, **_FREED))


async def in_doubt(tx: Tx, now: datetime, most: int) -> list[tuple[Message, UUID, datetime]]:
    """What was being sent when its lease ended, each with the token and the end of that lease, locked."""
    over = (_IS_LEASED, messages.c.state == MessageState.SENDING, messages.c.lease_until <= now)
    found = (
        select(*_MESSAGE, messages.c.lease_token, messages.c.lease_until)
        .where(*over)
        .order_by(messages.c.id)
        .limit(most)
    )
    rows = await tx.rows(found.with_for_update(skip_locked=True))
    return [(made(Message, row), row.lease_token, row.lease_until) for row in rows]


async def known(tx: Tx, keys: Collection[str]) -> set[str]:
    """Which of these keys stand for a message, whatever became of it."""
    found = select(messages.c.dedupe_key).where(messages.c.dedupe_key.in_(keys))
    return {row.dedupe_key for row in await tx.rows(found)}


async def load(tx: Tx, message_id: UUID, *, for_update: bool = False) -> Message:
    """One message; raises :class:`NotFound`."""
    found = select(*_MESSAGE).where(messages.c.id == message_id)
    row = await tx.row(found.with_for_update() if for_update else found)
    if row is None:
        raise NotFound(message_id=message_id)
    return made(Message, row)


async def some(tx: Tx, message_ids: Collection[UUID]) -> list[Message]:
    """These messages, in no order."""
    return [made(Message, row) for row in await tx.rows(select(*_MESSAGE).where(messages.c.id.in_(message_ids)))]


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


async def oldest_overdue(tx: Tx) -> datetime | None:
    """When the longest-waiting planned message was due."""
    found = await tx.row(claiming.OLDEST)
    return found.due_at if found else None
