"""The programs that want to hear what happens, and how far each has been told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, delete, func, insert, or_, select, update

from booking.domain.errors import NotFound
from booking.domain.webhooks import Endpoint, Line, Why, lines_of
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import audit, webhook_deliveries
from booking.storage.tables import webhook_endpoints as endpoints

_ENDPOINT = columns(Endpoint, endpoints)
_LINE = columns(Line, audit)


@dataclass(frozen=True, slots=True)
class Mark:
    """Lines of the audit up to ``heard_id`` are told; ``seen_id`` was the last one at ``seen_at``."""

    heard_id: int
    seen_id: int
    seen_at: datetime


_MARK = columns(Mark, endpoints)


async def add(tx: Tx, endpoint: Endpoint, now: datetime) -> None:
    """Write a new endpoint; what happened before is not told."""
    latest = await latest_line(tx)
    mark = {"heard_id": latest, "seen_id": latest, "seen_at": now}
    await tx.run(insert(endpoints).values(values(endpoint, endpoints) | mark))


async def change(tx: Tx, endpoint: Endpoint) -> None:
    """Write an endpoint anew."""
    await tx.run(update(endpoints).where(endpoints.c.id == endpoint.id).values(values(endpoint, endpoints)))


async def remove(tx: Tx, endpoint_id: UUID) -> None:
    """Forget an endpoint with everything it was told."""
    await tx.run(delete(webhook_deliveries).where(webhook_deliveries.c.endpoint_id == endpoint_id))
    await tx.run(delete(endpoints).where(endpoints.c.id == endpoint_id))


async def load(tx: Tx, endpoint_id: UUID, *, for_update: bool = False) -> Endpoint:
    """One endpoint; raises :class:`NotFound`."""
    found = select(*_ENDPOINT).where(endpoints.c.id == endpoint_id)
    row = await tx.row(found.with_for_update() if for_update else found)
    if row is None:
        raise NotFound(endpoint_id=endpoint_id)
    return made(Endpoint, row)


async def every(tx: Tx, agency_ids: Collection[UUID] | None) -> list[Endpoint]:
    """The endpoints of these agencies by name; None is all of them, those of the network among them."""
    whose = [] if agency_ids is None else [endpoints.c.agency_id.in_(agency_ids)]
    rows = await tx.rows(select(*_ENDPOINT).where(*whose).order_by(endpoints.c.name, endpoints.c.id))
    return [made(Endpoint, row) for row in rows]


async def listening(tx: Tx) -> list[tuple[Endpoint, Mark]]:
    """Who is told what happens, and how far."""
    rows = await tx.rows(select(*_ENDPOINT, *_MARK).where(endpoints.c.disabled_at.is_(None)))
    return [(made(Endpoint, row), made(Mark, row)) for row in rows]


async def lock(tx: Tx, endpoint_id: UUID) -> None:
    """Whoever writes about this endpoint waits for its turn; it may be gone already."""
    await tx.value(select(endpoints.c.id).where(endpoints.c.id == endpoint_id).with_for_update())


async def is_listening(tx: Tx, endpoint_id: UUID) -> bool:
    """Whether it is still told what happens; nobody removes or disables it before this transaction ends."""
    found = select(endpoints.c.id).where(endpoints.c.id == endpoint_id, endpoints.c.disabled_at.is_(None))
    return await tx.value(found.with_for_update()) is not None


async def latest_line(tx: Tx) -> int:
    """The number of the last line of the audit that can be seen; 0 before the first."""
    return await tx.value(select(func.max(audit.c.id))) or 0


async def fresh_lines(tx: Tx, endpoint: Endpoint, heard_id: int, most: int) -> list[Line]:
    """Lines that this endpoint wants, may hear, and was not told, in their order."""
    wanted = [and_(audit.c.noun == noun, audit.c.action == action) for noun, action in lines_of(endpoint.events)]
    whose = [] if endpoint.agency_id is None else [audit.c.agency_id == endpoint.agency_id]
    told = (
        select(1)
        .where(webhook_deliveries.c.endpoint_id == endpoint.id, webhook_deliveries.c.audit_id == audit.c.id)
        .exists()
    )
    found = select(*_LINE).where(audit.c.id > heard_id, or_(*wanted), *whose, ~told)
    return [made(Line, row) for row in await tx.rows(found.order_by(audit.c.id).limit(most))]


async def line_of(tx: Tx, noun_id: UUID) -> Line:
    """The last line about this thing."""
    row = await tx.row(select(*_LINE).where(audit.c.noun_id == noun_id).order_by(audit.c.id.desc()).limit(1))
    if row is None:
        raise NotFound(noun_id=noun_id)
    return made(Line, row)


async def advance(tx: Tx, endpoint_id: UUID, before: Mark, after: Mark) -> None:
    """Move the mark, unless somebody else has."""
    as_read = (endpoints.c.id == endpoint_id, endpoints.c.seen_at == before.seen_at)
    await tx.run(update(endpoints).where(*as_read).values(values(after, endpoints)))


async def begin_anew(tx: Tx, endpoint_id: UUID, now: datetime) -> None:
    """What happened until now is not told any more."""
    latest = await latest_line(tx)
    mark = {"heard_id": latest, "seen_id": latest, "seen_at": now}
    await tx.run(update(endpoints).where(endpoints.c.id == endpoint_id).values(mark))


async def note_failure(tx: Tx, endpoint_id: UUID, now: datetime) -> None:
    """It has not answered since the first time that it did not."""
    answered = (endpoints.c.id == endpoint_id, endpoints.c.failing_since.is_(None))
    await tx.run(update(endpoints).where(*answered).values(failing_since=now))


async def note_success(tx: Tx, endpoint_id: UUID) -> None:
    """It answers."""
    failed = (endpoints.c.id == endpoint_id, endpoints.c.failing_since.is_not(None))
    await tx.run(update(endpoints).where(*failed).values(failing_since=None))


async def disable(tx: Tx, endpoint_id: UUID, why: Why, now: datetime) -> bool:
    """Tell it nothing more; False when somebody already had said so."""
    enabled = (endpoints.c.id == endpoint_id, endpoints.c.disabled_at.is_(None))
    return bool(await tx.run(update(endpoints).where(*enabled).values(disabled_at=now, disabled_because=why)))
