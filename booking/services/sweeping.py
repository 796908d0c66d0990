"""Keep the outbox true while time passes: end what is late, and take back what a vanished worker held."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from booking.delivery.deliveries import Deliveries
from booking.domain.messages import Message, MessageState
from booking.domain.sending import Outcome, Verdict, after_doubt, after_failure
from booking.services import asking
from booking.services.asking import Told, ask
from booking.storage import attempts, outbox
from booking.storage.attempts import End, Tries, failures
from booking.storage.database import Database, again_when_contended

MOST_IN_DOUBT = 500
# As long as a message is held before it is in doubt.
LEASE = timedelta(seconds=60)


@again_when_contended
async def sweep(db: Database, now: datetime) -> int:
    """End what came too late, and of several overdue reminders of a booking all but the latest. Returns how many."""
    async with db.transaction() as tx:
        return await outbox.expire(tx, now) + await outbox.coalesce(tx, now)


async def reap(db: Database, now: datetime, deliveries: Deliveries | None = None) -> int:
    """Plan again what was claimed by a worker that vanished, and decide about what it was sending. Returns how many.

    Providers that can be asked are asked first; what they do not tell yet is decided later.
    """
    told = await ask(db, deliveries, now) if deliveries else {}
    return await _reap(db, now, deliveries, told)


@again_when_contended
async def _reap(db: Database, now: datetime, deliveries: Deliveries | None, told: Mapping[UUID, Told]) -> int:
    async with db.transaction() as tx:
        freed = await outbox.free_abandoned(tx, now)
        doubtful = await outbox.in_doubt(tx, now, MOST_IN_DOUBT)
        past = await attempts.past(tx, [message.id for message, _, _ in doubtful])
        ends = []
        for message, token, over_at in doubtful:
            if _waits(message, over_at, deliveries, told, now):
                continue
            doubt = Doubt(message, past.get(message.id, []), now - over_at, told.get(message.id))
            verdict, end = doubt.decided(deliveries, now)
            await outbox.settle(tx, token, {message.id: verdict}, now)
            ends.append(end)
        await attempts.end(tx, ends, now)
    return freed + len(ends)


def _waits(
    message: Message, over_at: datetime, deliveries: Deliveries | None, told: Mapping[UUID, Told], now: datetime
) -> bool:
    """Whether its provider may still tell."""
    is_to_tell = message.id not in told and asking.can_be_asked(deliveries, message.channel)
    return is_to_tell and now < min(over_at + asking.PATIENCE, message.not_after)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A message of which nobody knows whether it left, so long after its lease, and what its provider told."""

    message: Message
    tries: Tries
    age: timedelta
    told: Told | None

    def decided(self, deliveries: Deliveries | None, now: datetime) -> tuple[Verdict, End]:
        """What becomes of it, and how the try ended."""
        message, told = self.message, self.told
        if told and told.reference is not None:
            end = End(message_id=message.id, outcome=Outcome.ACCEPTED, provider_reference=told.reference)
            return Verdict(MessageState.ACCEPTED, message.channel), end
        if told and asking.is_sure(deliveries, message.channel):
            before = failures(self.tries, message.channel, Outcome.FAILED)
            verdict, outcome = after_failure(message, before + 1, now, 0.0)
        else:
            knows = asking.still_knows(deliveries, message.channel, self.age + LEASE)
            before = failures(self.tries, message.channel, Outcome.IN_DOUBT)
            verdict, outcome = after_doubt(message, before + 1, now, knows_repeats=knows)
        return verdict, End(message_id=message.id, outcome=outcome)
