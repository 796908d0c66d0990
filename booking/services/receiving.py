"""What providers of text messages tell is written down at once and understood later, so that they never wait."""

from datetime import datetime

import structlog

from booking.delivery.sms_receipts import Arrival
from booking.domain.receipts import Report
from booking.domain.sites import Site
from booking.services.contacts import phone
from booking.storage import incoming_texts, receipts
from booking.storage.database import Database, again_when_contended

log = structlog.get_logger()


@again_when_contended
async def take(db: Database, provider: str, arrival: Arrival, *, site: Site, now: datetime) -> bool:
    """Write it down; False when it was told before, and nothing happens twice."""
    async with db.transaction() as tx:
        if isinstance(arrival, Report):
            is_new = await receipts.take(tx, provider, arrival, now)
        else:
            # Providers leave out the plus.
            said = arrival.number if arrival.number.startswith(("+", "0")) else f"+{arrival.number}"
            found = phone(said)
            number = found.number if found else arrival.number
            is_new = await incoming_texts.take(tx, provider, arrival, number, site.secret, now)
    if not is_new:
        log.info("told before", provider=provider)
    return is_new
