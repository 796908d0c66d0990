"""Each try to send a message: begun before the call is made, ended when its answer is known."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update

from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageState
from booking.domain.sending import Outcome
from booking.storage.database import Tx
from booking.storage.tables import message_attempts, messages

# Channel and outcome of each try that has ended.
Tries = list[tuple[Channel, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """``provider_key`` is what the provider knows the message by, the same for every try."""

    message_id: UUID
    n: int
    channel: Channel
    template: str
    address_hash: str
    provider_key: str
    started_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """How a try ended."""

    message_id: UUID
    outcome: str
    provider_reference: str | None = None
    error: str | None = None


async def begin(tx: Tx, token: UUID, begun: Sequence[Attempt]) -> None:
    """Commit to sending messages claimed by this token; from here on they can no longer be withdrawn."""
    for channel in sorted({attempt.channel for attempt in begun}):
        ids = [attempt.message_id for attempt in begun if attempt.channel is channel]
        mine = update(messages).where(messages.c.id.in_(ids), messages.c.lease_token == token)
        await tx.run(mine.values(state=MessageState.SENDING, channel=channel, attempts=messages.c.attempts + 1))
    if begun:
        await tx.run(insert(message_attempts), [asdict(attempt) for attempt in begun])


_END = (
    update(message_attempts)
    .where(message_attempts.c.message_id == bindparam("id_"), message_attempts.c.outcome.is_(None))
    .values(
        ended_at=bindparam("ended_at"),
        outcome=bindparam("outcome"),
        provider_reference=bindparam("provider_reference"),
        error=bindparam("error"),
    )
)


async def end(tx: Tx, ends: Iterable[End], now: datetime) -> None:
    """Write how the tries that are under way ended."""
    ended = [asdict(one) | {"id_": one.message_id, "ended_at": now} for one in ends]
    for one in ended:
        del one["message_id"]
    if ended:
        await tx.run(_END, ended)


async def add(tx: Tx, attempt: Attempt, outcome: str) -> None:
    """Write a try of a person, which ends as it begins."""
    await tx.run(
        insert(message_attempts).values(asdict(attempt) | {"ended_at": attempt.started_at, "outcome": outcome})
    )
    counted = update(messages).where(messages.c.id == attempt.message_id)
    await tx.run(counted.values(attempts=attempt.n, reason=outcome))


async def forget(tx: Tx, message_ids: Collection[UUID]) -> None:
    """A try that was begun and never made leaves no line."""
    of_these = message_attempts.c.message_id.in_(message_ids)
    await tx.run(delete(message_attempts).where(of_these, message_attempts.c.outcome.is_(None)))


async def past(tx: Tx, message_ids: Collection[UUID]) -> dict[UUID, Tries]:
    """The tries of these messages that have ended, in their order."""
    c = message_attempts.c
    found = select(c.message_id, c.channel, c.outcome).where(c.message_id.in_(message_ids), c.outcome.is_not(None))
    tries: dict[UUID, Tries] = {}
    for row in await tx.rows(found.order_by(c.message_id, c.n)) if message_ids else ():
        tries.setdefault(row.message_id, []).append((row.channel, row.outcome))
    return tries


def failures(tries: Tries, channel: Channel | None, outcome: Outcome) -> int:
    """How often this channel ended like this."""
    return sum(1 for one, how in tries if one is channel and how == outcome)
