"""Keep the outbox true while time passes: end what is late, and take back what a vanished worker held."""

from datetime import datetime

from booking.domain.messages import Message
from booking.domain.sending import Outcome, Verdict, after_doubt
from booking.storage import attempts, outbox
from booking.storage.attempts import End, Tries, failures
from booking.storage.database import Database, again_when_contended

MOST_IN_DOUBT = 500


@again_when_contended
async def sweep(db: Database, now: datetime) -> int:
    """End what came too late, and of several overdue reminders of a booking all but the latest. Returns how many."""
    async with db.transaction() as tx:
        return await outbox.expire(tx, now) + await outbox.coalesce(tx, now)


@again_when_contended
async def reap(db: Database, now: datetime) -> int:
    """Plan again what was claimed by a worker that vanished, and decide about what it was sending. Returns how many."""
    async with db.transaction() as tx:
        freed = await outbox.free_abandoned(tx, now)
        doubtful = await outbox.in_doubt(tx, now, MOST_IN_DOUBT)
        past = await attempts.past(tx, [message.id for message, _ in doubtful])
        ends = []
        for message, token in doubtful:
            verdict, outcome = _decided(message, past.get(message.id, []), now)
            await outbox.settle(tx, token, {message.id: verdict}, now)
            ends.append(End(message_id=message.id, outcome=outcome))
        await attempts.end(tx, ends, now)
    return freed + len(doubtful)


def _decided(message: Message, tries: Tries, now: datetime) -> tuple[Verdict, Outcome]:
    return after_doubt(message, failures(tries, message.channel, Outcome.IN_DOUBT) + 1, now)
