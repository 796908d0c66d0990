"""Turn fresh lines of the audit into what each program is told: the audit is written in the transaction of the deed.

The numbers of its lines are drawn before they can be seen, and no two machines share a clock. So a line counts as told
only when it is so old, by the database's clock alone, that no transaction from before it can still be open; until then
each look goes back over it, and a constraint keeps it from being told twice.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from booking.domain.identifiers import new_id
from booking.domain.webhooks import Delivery, DeliveryState, Endpoint, Line
from booking.storage import webhook_deliveries, webhooks
from booking.storage.database import Database, again_when_contended
from booking.storage.webhooks import Mark

# Longer than any transaction may take.
LOOKS_BACK = timedelta(minutes=5)
AT_ONCE = 200


async def tell(db: Database, now: datetime) -> int:
    """Plan what is to be told of what has happened since the last time; returns how much that is.

    Safe at any number of workers at once.
    """
    async with db.reading() as tx:
        listening = await webhooks.listening(tx)
        is_abandoned = await webhook_deliveries.is_abandoned(tx, now)
    freed = await _free(db, now) if is_abandoned else 0
    return freed + sum([await _tell_one(db, endpoint, mark, now) for endpoint, mark in listening])


@again_when_contended
async def _free(db: Database, now: datetime) -> int:
    async with db.transaction() as tx:
        return await webhook_deliveries.free_abandoned(tx, now)


async def _tell_one(db: Database, endpoint: Endpoint, mark: Mark, now: datetime) -> int:
    planned = 0
    while True:
        async with db.reading() as tx:
            # First the last line, then the lines: what comes between them is younger than the mark.
            latest = await webhooks.latest_line(tx)
            lines = await webhooks.fresh_lines(tx, endpoint, mark.heard_id, AT_ONCE)
        is_over = len(lines) < AT_ONCE
        is_old = is_over and now - mark.seen_at >= LOOKS_BACK
        after = Mark(mark.seen_id, latest, now) if is_old else None
        if lines or after:
            planned += await _write(db, endpoint, lines, (mark, after), now)
        if is_over:
            return planned


@again_when_contended
async def _write(
    db: Database, endpoint: Endpoint, lines: Sequence[Line], marks: tuple[Mark, Mark | None], now: datetime
) -> int:
    before, after = marks
    async with db.transaction() as tx:
        # It may have been removed meanwhile.
        if not await webhooks.is_listening(tx, endpoint.id):
            return 0
        planned = await webhook_deliveries.plan(tx, [said(endpoint, line, now) for line in lines])
        if after:
            await webhooks.advance(tx, endpoint.id, before, after)
    return planned


def said(endpoint: Endpoint, line: Line, now: datetime) -> Delivery:
    """What this program is told of a line, due now."""
    return Delivery(
        id=new_id(now),
        endpoint_id=endpoint.id,
        audit_id=line.id,
        type=line.type,
        payload=line.payload(),
        state=DeliveryState.PLANNED,
        due_at=now,
        created_at=now,
    )
