"""Administrators try whether a program hears, and tell it again what it did not."""

from datetime import datetime
from uuid import UUID

from booking.domain.errors import NotFound, ReceiverDisabled
from booking.domain.staff import Staff
from booking.domain.webhooks import Delivery, Endpoint
from booking.services.telling import said
from booking.services.webhooks import own, record
from booking.storage import webhook_deliveries, webhooks
from booking.storage.database import Database, Tx


async def try_out(db: Database, endpoint_id: UUID, *, by: Staff, now: datetime) -> Delivery:
    """Tell it of a test, to see whether it hears. Raises like :func:`webhooks.show`, :class:`ReceiverDisabled`."""
    async with db.transaction() as tx:
        endpoint = await _listening(tx, endpoint_id, by)
        await record(tx, by, "tested", endpoint, now)
        planned = said(endpoint, await webhooks.line_of(tx, endpoint_id), now)
        await webhook_deliveries.plan(tx, [planned])
    return planned


async def replay(db: Database, endpoint_id: UUID, delivery_id: UUID, *, by: Staff, now: datetime) -> Delivery:
    """Tell the same thing again, under the same id. Raises like :func:`webhooks.show`, :class:`ReceiverDisabled`."""
    async with db.transaction() as tx:
        endpoint = await _listening(tx, endpoint_id, by)
        delivery = await webhook_deliveries.load(tx, delivery_id)
        if delivery.endpoint_id != endpoint_id:
            raise NotFound(delivery_id=delivery_id)
        if await webhook_deliveries.again(tx, delivery_id, now):
            await record(tx, by, "replayed", endpoint, now, delivery=str(delivery_id))
        return await webhook_deliveries.load(tx, delivery_id)


async def _listening(tx: Tx, endpoint_id: UUID, by: Staff) -> Endpoint:
    endpoint = await own(tx, endpoint_id, by, for_update=True)
    if endpoint.disabled_at:
        raise ReceiverDisabled(endpoint_id=endpoint_id)
    return endpoint
