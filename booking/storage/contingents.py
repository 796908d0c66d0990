"""Seats kept for agencies. Whoever writes here holds the session's row, whose ``kept`` is what these keep together."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from booking.domain.bookings import BookingState
from booking.domain.contingents import Contingent
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import agencies, bookings, contingents, sessions

_CONTINGENT = columns(Contingent, contingents)
_RUNNING = contingents.c.released_at.is_(None)


async def running(tx: Tx, session_id: UUID) -> list[Contingent]:
    """The contingents of a session that are not released."""
    wanted = select(*_CONTINGENT).where(contingents.c.session_id == session_id, _RUNNING)
    return [made(Contingent, row) for row in await tx.rows(wanted.order_by(contingents.c.agency_id))]


async def running_of(tx: Tx, session_ids: Collection[UUID]) -> dict[UUID, list[tuple[Contingent, str]]]:
    """The running contingents of these sessions that still keep a seat, each with the name of its agency."""
    wanted = select(*_CONTINGENT, agencies.c.name.label("agency"))
    wanted = wanted.join(agencies, agencies.c.id == contingents.c.agency_id)
    wanted = wanted.where(contingents.c.session_id.in_(session_ids), _RUNNING, contingents.c.unused > 0)
    found: dict[UUID, list[tuple[Contingent, str]]] = {}
    for row in await tx.rows(wanted.order_by(agencies.c.name)):
        found.setdefault(row.session_id, []).append((made(Contingent, row), row.agency))
    return found


async def sessions_keeping(tx: Tx, agency_id: UUID, since: datetime) -> list[UUID]:
    """The sessions still to begin in which seats are kept for this agency."""
    theirs = select(contingents.c.session_id).join(sessions, sessions.c.id == contingents.c.session_id)
    theirs = theirs.where(contingents.c.agency_id == agency_id, _RUNNING, contingents.c.unused > 0)
    return [row.session_id for row in await tx.rows(theirs.where(sessions.c.starts_at >= since))]


async def put(tx: Tx, kept: Contingent) -> None:
    """Write a contingent, new or anew."""
    await tx.run(delete(contingents).where(*_this(kept.session_id, kept.agency_id)))
    await tx.run(insert(contingents).values(values(kept, contingents)))


async def use(tx: Tx, session_id: UUID, agency_id: UUID, seats: int) -> bool:
    """Take so many of its seats, or give them back (below zero); False when it no longer runs."""
    this = update(contingents).where(*_this(session_id, agency_id), _RUNNING)
    return bool(await tx.run(this.values(unused=contingents.c.unused - seats)))


async def release(
    tx: Tx, session_id: UUID, now: datetime, *, due_at: datetime | None = None, agency_id: UUID | None = None
) -> int:
    """End the contingents of a session, or those that are due, or one; returns how many seats they still kept."""
    which: list[Any] = [contingents.c.session_id == session_id, _RUNNING]
    which += [contingents.c.until_at <= due_at] if due_at else []
    which += [contingents.c.agency_id == agency_id] if agency_id else []
    kept = await tx.value(select(func.coalesce(func.sum(contingents.c.unused), 0)).where(*which))
    await tx.run(update(contingents).where(*which).values(unused=0, released_at=now))
    return int(kept)


async def due(tx: Tx, now: datetime, most: int) -> list[UUID]:
    """The sessions with a contingent whose time is over."""
    wanted = select(contingents.c.session_id).where(_RUNNING, contingents.c.until_at <= now).distinct()
    return [row.session_id for row in await tx.rows(wanted.order_by(contingents.c.session_id).limit(most))]


async def used(tx: Tx, session_id: UUID, agency_id: UUID) -> int:
    """How many people of this agency sit on a seat of its contingent."""
    theirs = (bookings.c.session_id == session_id, bookings.c.agency_id == agency_id, bookings.c.is_from_contingent)
    seated = bookings.c.state.in_([state for state in BookingState if state.has_seat])
    return int(await tx.value(select(func.count()).where(*theirs, seated)))


def _this(session_id: UUID, agency_id: UUID) -> tuple[Any, ...]:
    return contingents.c.session_id == session_id, contingents.c.agency_id == agency_id
