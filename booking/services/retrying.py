"""Say dead messages again, when a mail server works again or an address was put right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.cases import Case
from booking.domain.messages import Message
from booking.domain.resending import again, is_of_use, key_of_copy, may_be_said_again
from booking.domain.staff import Staff
from booking.storage import audit, cases, dead_letters, outbox, sessions
from booking.storage.database import Database, Tx, again_when_contended

PAGE = 200


@dataclass(frozen=True, slots=True)
class Retried:
    """How many are planned again; how many were before; how many are left: no longer so, too late, or said by a later
    reminder.
    """

    planned: int = 0
    known: int = 0
    left: int = 0

    def __add__(self, other: "Retried") -> "Retried":
        return Retried(self.planned + other.planned, self.known + other.known, self.left + other.left)


async def retry(
    db: Database,
    now: datetime,
    *,
    agency_id: UUID | None = None,
    since: datetime | None = None,
    by: Staff | None = None,
) -> Retried:
    """Plan again what died and is still of use, with all its tries before it; each only once.

    ``agency_id`` is the agency of the people concerned; ``since`` leaves alone what died before. ``by`` is None at the
    command line; the right of anybody else has been asked for.
    """
    done, after = Retried(), None
    while True:
        async with db.reading() as tx:
            found = await dead_letters.page(tx, agency_id, since, after, PAGE)
        if not found:
            return done
        done, after = done + await _plan_again(db, found, by, now), found[-1].id


async def count_of_use(tx: Tx, now: datetime) -> int:
    """How many dead messages could be said again and were not yet."""
    number, after = 0, None
    while found := await dead_letters.page(tx, None, None, after, PAGE):
        of_use, _ = await these_of_use(tx, found, now)
        number, after = number + len(of_use), found[-1].id
    return number


@again_when_contended
async def _plan_again(db: Database, found: Sequence[Message], by: Staff | None, now: datetime) -> Retried:
    async with db.transaction() as tx:
        # Whoever cancels or moves waits until it is planned, and then withdraws it like any other.
        await sessions.lock(tx, *{message.session_id for message in found})
        of_use, known = await these_of_use(tx, found, now)
        copies = [again(message, case, now) for message, case in of_use]
        await outbox.plan(tx, copies)
        for (message, _), copy in zip(of_use, copies, strict=True):
            facts = {"copy": str(copy.id)} | ({} if by else {"door": "command-line"})
            await audit.record(tx, by, "resent", "message", message.id, now, message.agency_id, **facts)
    return Retried(len(copies), known, len(found) - len(copies) - known)


async def these_of_use(tx: Tx, found: Sequence[Message], now: datetime) -> tuple[list[tuple[Message, Case]], int]:
    """Which of these dead messages can be said again, and how many of them were."""
    known = await outbox.known(tx, [key_of_copy(message) for message in found])
    stood_for = await dead_letters.stood_for(tx, [message.id for message in found], now)
    where = await cases.load_many(tx, {message.booking_id for message in found})
    of_use = [
        (message, where[message.booking_id])
        for message in found
        if key_of_copy(message) not in known
        and message.id not in stood_for
        and is_of_use(message, where[message.booking_id], now)
        and may_be_said_again(message, where[message.booking_id], now)
    ]
    return of_use, len(known)
