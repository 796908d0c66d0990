"""What each program is to be told, and what became of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, update

from booking.domain.calling import Answer, Verdict
from booking.domain.errors import NotFound
from booking.domain.webhooks import Delivery, DeliveryState, Endpoint
from booking.storage.database import Tx
from booking.storage.idempotency import INSERT
from booking.storage.shapes import columns, made, values
from booking.storage.tables import webhook_deliveries as deliveries
from booking.storage.tables import webhook_endpoints as endpoints

_DELIVERY = columns(Delivery, deliveries)
_FREED = {"lease_token": None, "lease_until": None}


async def plan(tx: Tx, planned: Sequence[Delivery]) -> int:
    """Write what is to be told; what was planned by another worker stays as it is. Returns how many are new."""
    new = INSERT[tx.dialect](deliveries).on_conflict_do_nothing(index_elements=["endpoint_id", "audit_id"])
    return sum([await tx.run(new.values(values(one, deliveries))) for one in planned])


async def receivers(tx: Tx, now: datetime) -> list[Endpoint]:
    """The enabled endpoints for which something is due."""
    due = (
        select(1)
        .where(
            deliveries.c.endpoint_id == endpoints.c.id,
            deliveries.c.state == DeliveryState.PLANNED,
            deliveries.c.due_at <= now,
        )
        .exists()
    )
    rows = await tx.rows(select(*columns(Endpoint, endpoints)).where(endpoints.c.disabled_at.is_(None), due))
    return [made(Endpoint, row) for row in rows]


async def claim(tx: Tx, endpoint_id: UUID, now: datetime, token: UUID, lease: timedelta, most: int) -> list[Delivery]:
    """Take what is due, the oldest first, so that no other worker takes it before the lease is over."""
    due = (
        select(deliveries.c.id)
        .where(
            deliveries.c.endpoint_id == endpoint_id,
            deliveries.c.state == DeliveryState.PLANNED,
            deliveries.c.due_at <= now,
        )
        .order_by(deliveries.c.due_at, deliveries.c.id)
        .limit(most)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    begun = {"state": DeliveryState.SENDING, "attempts": deliveries.c.attempts + 1}
    leased = (
        update(deliveries)
        .where(deliveries.c.id.in_(select(due.c.id)))
        .values(**begun, lease_token=token, lease_until=now + lease)
        .returning(*_DELIVERY)
    )
    return sorted((made(Delivery, row) for row in await tx.rows(leased)), key=lambda one: (one.due_at, one.id))


async def settle(tx: Tx, token: UUID, id: UUID, answer: Answer, verdict: Verdict, now: datetime) -> bool:
    """Write what became of a leased delivery; False for a worker come too late, who changes nothing."""
    mine = (deliveries.c.id == id, deliveries.c.lease_token == token, deliveries.c.state == DeliveryState.SENDING)
    settled_at = None if verdict.state is DeliveryState.PLANNED else now
    new = {"state": verdict.state, "due_at": verdict.due_at, "settled_at": settled_at}
    said = {"status": answer.status, "error": answer.error}
    return bool(await tx.run(update(deliveries).where(*mine).values(**new, **said, **_FREED)))


async def due_since(tx: Tx, now: datetime) -> datetime | None:
    """Since when the longest-waiting one is to be told, to a program that is told things; None where none waits."""
    c = deliveries.c
    waiting = select(c.due_at).join_from(deliveries, endpoints, endpoints.c.id == c.endpoint_id).where(*_waits(now))
    return await tx.value(waiting.order_by(c.due_at).limit(1))  # type: ignore[no-any-return]


async def due(tx: Tx, now: datetime, most: int) -> int:
    """How many should have been told, up to so many."""
    c = deliveries.c
    waiting = select(c.id).join_from(deliveries, endpoints, endpoints.c.id == c.endpoint_id).where(*_waits(now))
    return int(await tx.value(select(func.count()).select_from(waiting.limit(most).subquery())))


def _waits(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """A program that is paused, or was given up, is told nothing until somebody lets it hear again."""
    c = deliveries.c
    return c.state == DeliveryState.PLANNED, c.due_at <= now, endpoints.c.disabled_at.is_(None)


async def free_abandoned(tx: Tx, now: datetime) -> int:
    """What was being told when its lease ended is told again; the receiver knows a repeat by its id."""
    over = (deliveries.c.state == DeliveryState.SENDING, deliveries.c.lease_until <= now)
    again = {"state": DeliveryState.PLANNED, "due_at": now, "error": "worker-vanished", **_FREED}
    return await tx.run(update(deliveries).where(*over).values(again))


async def is_abandoned(tx: Tx, now: datetime) -> bool:
    """Whether a lease has ended; a look costs next to nothing."""
    over = (deliveries.c.state == DeliveryState.SENDING, deliveries.c.lease_until <= now)
    return await tx.value(select(deliveries.c.id).where(*over).limit(1)) is not None


async def load(tx: Tx, delivery_id: UUID) -> Delivery:
    """One delivery; raises :class:`NotFound`."""
    row = await tx.row(select(*_DELIVERY).where(deliveries.c.id == delivery_id))
    if row is None:
        raise NotFound(delivery_id=delivery_id)
    return made(Delivery, row)


async def latest(tx: Tx, endpoint_id: UUID, before: tuple[datetime, UUID] | None, most: int) -> list[Delivery]:
    """What one endpoint was told, the latest first, from a place in that list on."""
    at, id = deliveries.c.created_at, deliveries.c.id
    further = [or_(at < before[0], and_(at == before[0], id < before[1]))] if before else []
    found = select(*_DELIVERY).where(deliveries.c.endpoint_id == endpoint_id, *further)
    return [made(Delivery, row) for row in await tx.rows(found.order_by(at.desc(), id.desc()).limit(most))]


async def again(tx: Tx, delivery_id: UUID, now: datetime) -> bool:
    """Tell it at once, and as often as something new; False while it is being told."""
    still = (deliveries.c.id == delivery_id, deliveries.c.state != DeliveryState.SENDING)
    new = {"state": DeliveryState.PLANNED, "attempts": 0, "due_at": now, "settled_at": None}
    return bool(await tx.run(update(deliveries).where(*still).values(new)))
