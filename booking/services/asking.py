"""Ask the provider about letters of which nobody knows whether they left, where it can be asked."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from booking.delivery.deliveries import Deliveries
from booking.delivery.letters import DeliveryFailed
from booking.delivery.sms import Texts
from booking.domain.job_seekers import Channel
from booking.storage import outbox
from booking.storage.database import Database

AT_ONCE = 20
# A round of questions leaves the rest for the next one.
LONGEST_ROUND = 8.0
# After this long without an answer we decide as if there were nobody to ask.
PATIENCE = timedelta(minutes=10)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Told:
    """What the provider says: its ``reference``, or None for a letter that it does not know."""

    reference: str | None


def can_be_asked(deliveries: Deliveries | None, channel: Channel | None) -> bool:
    """Whether the provider of this channel tells afterwards what it took."""
    provider = deliveries.by(channel) if deliveries else None
    return isinstance(provider, Texts) and provider.can_be_asked


def is_sure(deliveries: Deliveries | None, channel: Channel | None) -> bool:
    """Whether a letter that this provider does not know was never taken."""
    provider = deliveries.by(channel) if deliveries else None
    return isinstance(provider, Texts) and provider.is_sure


def still_knows(deliveries: Deliveries | None, channel: Channel | None, age: timedelta) -> bool:
    """Whether the provider would know a repeat of a letter of this age."""
    provider = deliveries.by(channel) if deliveries else None
    return isinstance(provider, Texts) and provider.knows_repeats and age < provider.key_life


async def ask(db: Database, deliveries: Deliveries, now: datetime) -> dict[UUID, Told]:
    """What providers say of the messages in doubt; of some they do not tell now, and these are left out."""
    provider = deliveries.by(Channel.SMS)
    if not isinstance(provider, Texts) or not provider.can_be_asked:
        return {}
    async with db.reading() as tx:
        doubtful = await outbox.in_doubt(tx, now, AT_ONCE)
    keys = [message.id for message, _, _ in doubtful if message.channel is Channel.SMS]
    told: dict[UUID, Told] = {}
    with suppress(TimeoutError):
        async with asyncio.timeout(LONGEST_ROUND):
            await _ask(provider, keys, told)
    return told


async def _ask(provider: Texts, keys: Sequence[UUID], told: dict[UUID, Told]) -> None:
    for key in keys:
        try:
            found = await provider.lookup(str(key))
        except DeliveryFailed as failure:
            log.warning("provider does not tell", provider=provider.provider, why=str(failure))
            return
        told[key] = Told(found.reference if found else None)
