"""How much is left to spend at the providers that tell it: asked now and then, kept at their gates."""

import asyncio
from dataclasses import replace
from datetime import datetime

import structlog

from booking.delivery.deliveries import Deliveries
from booking.delivery.letters import DeliveryFailed
from booking.delivery.sms import Texts
from booking.domain.gates import LOW_CREDIT
from booking.domain.job_seekers import Channel
from booking.storage import gates
from booking.storage.database import Database

LONGEST_CALL = 12.0
log = structlog.get_logger()


def is_told(deliveries: Deliveries) -> bool:
    """Whether there is anybody to ask."""
    provider = deliveries.by(Channel.SMS)
    return isinstance(provider, Texts) and provider.tells_credit


async def ask(db: Database, deliveries: Deliveries, now: datetime) -> int:
    """Write what is left, and that little is, once; returns how many providers told. One that does not is no news."""
    provider = deliveries.by(Channel.SMS)
    if not isinstance(provider, Texts) or not provider.tells_credit:
        return 0
    try:
        async with asyncio.timeout(LONGEST_CALL):
            left = await provider.balance()
    except (DeliveryFailed, TimeoutError) as failure:
        log.warning("provider does not tell its credit", provider=provider.provider, why=str(failure))
        return 0
    async with db.transaction() as tx:
        gate = (await gates.hold(tx, [provider.provider]))[provider.provider]
        await gates.keep(tx, replace(gate, credit=left, asked_at=now))
    if left < LOW_CREDIT and not gate.is_low:
        log.error("little credit left", provider=gate.name, texts=left)
    return 1
