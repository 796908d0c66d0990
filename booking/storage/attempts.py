"""Each try to send a message: begun before the call is made, ended when its answer is known."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, literal_column, select, text, update

from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageState
from booking.domain.sending import Outcome
from booking.storage import many
from booking.storage.columns import Id, Instant
from booking.storage.database import Tx
from booking.storage.driving import hot
from booking.storage.idempotency import INSERT
from booking.storage.many import among, gathered, listed, unnested
from booking.storage.shapes import values
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
        await tx.run(_BEGIN[tx.dialect], {"ids": listed(tx.dialect, ids), "token": token, "by": channel})
    await many.add(tx, message_attempts, [values(one, message_attempts) for one in begun])


def _beginning(dialect: str) -> Any:
    mine = (among(dialect, messages.c.id), messages.c.lease_token == bindparam("token", type_=Id))
    sending = {"state": literal_column(f"'{MessageState.SENDING}'"), "channel": bindparam("by")}
    return hot(update(messages).where(*mine).values(**sending, attempts=messages.c.attempts + 1))


_BEGIN = {dialect: _beginning(dialect) for dialect in INSERT}
_ENDED = ("message_id", "outcome", "provider_reference", "error")
_TRIED = message_attempts.c
_END: dict[str, Any] = {
    "sqlite": hot(
        update(message_attempts)
        .where(_TRIED.message_id == bindparam("id_", type_=Id), _TRIED.outcome.is_(None))
        .values(
            ended_at=bindparam("at", type_=Instant),
            outcome=bindparam("became"),
            provider_reference=bindparam("reference"),
            error=bindparam("why"),
        )
    ),
    "postgresql": hot(
        # Names of our own tables, and no values.
        text(f"""
        UPDATE message_attempts AS a SET ended_at = :at, outcome = e.outcome,
          provider_reference = e.provider_reference, error = e.error
        FROM {unnested(message_attempts, _ENDED)} AS e({", ".join(_ENDED)})
        WHERE a.message_id = e.message_id AND a.outcome IS NULL
        """)  # noqa: S608
    ),
}


async def end(tx: Tx, ends: Iterable[End], now: datetime) -> None:
    """Write how the tries that are under way ended."""
    ended = list(ends)
    if not ended:
        return
    if tx.dialect == "postgresql":
        rows = [values(one, message_attempts) for one in ended]
        await tx.run(_END[tx.dialect], gathered(tx.dialect, rows) | {"at": now})
    else:
        await tx.run(_END[tx.dialect], [_one(one) | {"at": now} for one in ended])


def _one(end: End) -> dict[str, Any]:
    said = {"became": end.outcome, "reference": end.provider_reference, "why": end.error}
    return {"id_": end.message_id, **said}


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
