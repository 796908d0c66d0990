"""Who waits for the next seat of a workshop anywhere near. Whoever joins or serves holds the workshop (``holds``)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, insert, or_, select, update

from booking.domain.bookings import BookingState
from booking.domain.errors import NotFound
from booking.domain.sessions import SessionState
from booking.domain.waits import Wait, WaitState
from booking.storage import job_seekers
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import bookings, sessions, wait_agencies, waits

_WAIT = columns(Wait, waits)
_WAITING = waits.c.state == WaitState.WAITING


async def add(tx: Tx, wait: Wait) -> None:
    """Write a new wait; raises :class:`AlreadyWaiting`, :class:`NotFound` for who was merged into another."""
    await job_seekers.must_be_there(tx, wait.job_seeker_id, wait.agency_id)
    await tx.run(insert(waits).values(values(wait, waits)))
    await tx.run(insert(wait_agencies), [{"wait_id": wait.id, "agency_id": id} for id in wait.agency_ids])


async def load(tx: Tx, wait_id: UUID) -> Wait:
    """One wait; raises :class:`NotFound`."""
    found = await _whole(tx, select(*_WAIT).where(waits.c.id == wait_id))
    if not found:
        raise NotFound(wait_id=wait_id)
    return found[0]


async def of_person(tx: Tx, job_seeker_id: UUID) -> list[Wait]:
    """What this person waits for now, the longest first."""
    return await _whole(tx, select(*_WAIT).where(waits.c.job_seeker_id == job_seeker_id, _WAITING).order_by(waits.c.id))


async def _whole(tx: Tx, wanted: Select[Any]) -> list[Wait]:
    rows = await tx.rows(wanted)
    where = select(wait_agencies).where(wait_agencies.c.wait_id.in_([row.id for row in rows]))
    pairs = await tx.rows(where.order_by(wait_agencies.c.agency_id))
    return [made(Wait, row, agency_ids=tuple(p.agency_id for p in pairs if p.wait_id == row.id)) for row in rows]


async def end(tx: Tx, wait_id: UUID, state: WaitState, because: str, now: datetime) -> bool:
    """Write how it ended; False when it already had."""
    this = update(waits).where(waits.c.id == wait_id, _WAITING)
    return bool(await tx.run(this.values(state=state, ended_because=because, ended_at=now)))


async def serve(tx: Tx, job_seeker_id: UUID, session_id: UUID, now: datetime) -> None:
    """This person has a seat in this session: he waits no longer for another one of its workshop."""
    taught = select(sessions.c.workshop_id).where(sessions.c.id == session_id).scalar_subquery()
    theirs = update(waits).where(waits.c.job_seeker_id == job_seeker_id, waits.c.workshop_id == taught, _WAITING)
    await tx.run(theirs.values(state=WaitState.SERVED, ended_because="seat", ended_at=now))


async def count_offer(tx: Tx, wait_id: UUID) -> int:
    """One more offer came to nothing; returns how many by now, 0 when nobody waits any more."""
    this = update(waits).where(waits.c.id == wait_id, _WAITING).values(offers=waits.c.offers + 1)
    return await tx.value(this.returning(waits.c.offers)) or 0


async def waits_at(tx: Tx, workshop_id: UUID, agency_id: UUID) -> bool:
    """Whether anybody waits for this workshop there."""
    there = waits.c.id.in_(select(wait_agencies.c.wait_id).where(wait_agencies.c.agency_id == agency_id))
    return await tx.value(select(waits.c.id).where(waits.c.workshop_id == workshop_id, _WAITING, there).limit(1))  # type: ignore[no-any-return]


async def could_be_served(tx: Tx, people: Collection[UUID], now: datetime) -> set[UUID]:
    """The sessions with a seat, free or kept, in which one of these people could be as far as his waits go."""
    wanted = _served().where(waits.c.job_seeker_id.in_(people), *_has_seat(now))
    return {row.id for row in await tx.rows(wanted)}


async def to_be_served(tx: Tx, now: datetime, most: int) -> list[UUID]:
    """Sessions with a seat for which somebody waits, on their own list or on that of the workshop."""
    by_workshop = _served().where(*_has_seat(now))
    own = select(sessions.c.id).where(sessions.c.waiting > 0, *_has_seat(now))
    found = by_workshop.union(own).order_by("id").limit(most)
    return [row.id for row in await tx.rows(found)]


def _served() -> Select[Any]:
    there = wait_agencies.c.agency_id == sessions.c.agency_id
    return (
        select(sessions.c.id)
        .select_from(waits)
        .join(wait_agencies, wait_agencies.c.wait_id == waits.c.id)
        .join(sessions, there & (sessions.c.workshop_id == waits.c.workshop_id))
        .where(_WAITING)
    )


def _has_seat(now: datetime) -> tuple[Any, ...]:
    c = sessions.c
    return (
        c.state == SessionState.OPEN,
        c.closes_at > now,
        or_(c.opens_at.is_(None), c.opens_at <= now),
        c.taken < c.capacity + c.allowance,
    )


async def open_sessions(tx: Tx, workshop_id: UUID, agency_ids: Collection[UUID], now: datetime) -> list[UUID]:
    """The sessions of this workshop in these agencies that take bookings, by start."""
    there = (sessions.c.workshop_id == workshop_id, sessions.c.agency_id.in_(agency_ids))
    wanted = select(sessions.c.id).where(*there, sessions.c.state == SessionState.OPEN, sessions.c.closes_at > now)
    return [row.id for row in await tx.rows(wanted.order_by(sessions.c.starts_at, sessions.c.id))]


async def pointless(tx: Tx, now: datetime, most: int) -> list[UUID]:
    """Bookings that wait for a session which takes nobody any more."""
    wanted = (
        select(bookings.c.id)
        .join(sessions, sessions.c.id == bookings.c.session_id)
        .where(bookings.c.state == BookingState.WAITLISTED)
        .where(or_(sessions.c.state != SessionState.OPEN, sessions.c.closes_at <= now))
    )
    return [row.id for row in await tx.rows(wanted.order_by(bookings.c.id).limit(most))]
