"""A mail of ours that came back: written down like any receipt, and applied by the same job."""

from datetime import datetime
from hashlib import blake2b

from booking.delivery.bounces import Bounce
from booking.domain.job_seekers import Channel
from booking.domain.receipts import MAIL, Report
from booking.domain.replies import Taken
from booking.domain.sites import Site
from booking.domain.suppressions import hash_of
from booking.storage import receipts
from booking.storage.database import Database, again_when_contended


@again_when_contended
async def take(db: Database, bounce: Bounce, content: bytes, *, site: Site, now: datetime) -> Taken:
    """Note that it came back; one that is only late changes nothing. Said twice it is noted once."""
    if bounce.fate is None:
        return Taken.LATE
    event = blake2b(content, digest_size=16).hexdigest()
    # Only the hash is kept: whoever has the address can compare it.
    origin = hash_of(site.secret, Channel.EMAIL, min(bounce.addresses)) if bounce.addresses else None
    report = Report(event=event, fate=bounce.fate, reference=origin, key=str(bounce.key))
    async with db.transaction() as tx:
        return Taken.CAME_BACK if await receipts.take(tx, MAIL, report, now) else Taken.KNOWN
