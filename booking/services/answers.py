"""A use case that brings a key acts once: its answer, or its refusal, is kept in the transaction of the deed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, get_args, get_type_hints
from uuid import UUID

from booking.domain import errors
from booking.domain.attendance import Reason
from booking.domain.bookings import Booking, BookingState, Party
from booking.domain.errors import Refused
from booking.domain.idempotency import Once
from booking.storage import idempotency
from booking.storage.database import Database, Tx

REFUSALS = {kind.code(): kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Refused)}

# What the rules of the trade did not decide: who asks again once it is put right must not hear the same for a week.
# Nor are the names of people who may be the same one kept so long beside their own records.
NOT_KEPT = (
    errors.NotFound,
    errors.NotAllowed,
    errors.InvalidField,
    errors.PossibleDuplicates,
    errors.AnotherRequestHasThisKey,
    errors.RequestRunning,
)


def _fields(kind: type[Any]) -> set[str]:
    hints = get_type_hints(Booking).items()
    return {name for name, hint in hints if kind in (hint, *get_args(hint))}


TIMES, IDS = _fields(datetime), _fields(UUID)


@dataclass(frozen=True, slots=True)
class Answered:
    """A booking, and whether this is the answer of an earlier request with the same key."""

    booking: Booking
    is_replay: bool = False


async def answered_once(
    db: Database, once: Once | None, now: datetime, act: Callable[[Tx], Awaitable[Booking]]
) -> Answered:
    """Act in one transaction, or give the answer (or the refusal) of the first time the key came."""
    try:
        async with db.transaction() as tx:
            kept = await idempotency.claim(tx, once, now)
            if kept is None:
                booking = await act(tx)
                await idempotency.settle(tx, once, kept_booking(booking))
                return Answered(booking)
    except Refused as refusal:
        if once is None or isinstance(refusal, NOT_KEPT):
            raise
        return await _refused_once(db, once, refusal, now)
    return Answered(revived(kept), is_replay=True)


async def _refused_once(db: Database, once: Once, refusal: Refused, now: datetime) -> Answered:
    """Keep the refusal and raise it, unless the same request got another answer at this very moment."""
    async with db.transaction() as tx:
        kept = await idempotency.claim(tx, once, now)
        if kept is None:
            await idempotency.settle(tx, once, {"refused": refusal.code(), "facts": _plain(refusal.facts)})
    if kept is None:
        raise refusal
    return Answered(revived(kept), is_replay=True)


def kept_booking(booking: Booking) -> dict[str, Any]:
    """A booking as an answer is kept."""
    return {"booking": {field.name: _plain(getattr(booking, field.name)) for field in fields(booking)}}


def revived(answer: dict[str, Any]) -> Booking:
    """The booking of a kept answer; raises the refusal of a kept refusal."""
    if "refused" in answer:
        raise REFUSALS[answer["refused"]](**answer["facts"])
    kept = answer["booking"]
    ids = {name: UUID(said) for name, said in kept.items() if said and (name in IDS)}
    times = {name: datetime.fromisoformat(said) for name, said in kept.items() if said and name in TIMES}
    words = {
        "state": BookingState(kept["state"]),
        "cancelled_by": Party(kept["cancelled_by"]) if kept["cancelled_by"] else None,
        "cancelled_reason": Reason(kept["cancelled_reason"]) if kept.get("cancelled_reason") else None,
    }
    return Booking(**(kept | ids | times | words))


def _plain(value: Any) -> Any:
    """The same in JSON's own types."""
    if isinstance(value, dict):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(inner) for inner in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | float | None) else str(value)
