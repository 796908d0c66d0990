"""Waiting for the next seat of a workshop anywhere near: join the line, leave it, see where one stands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain import bookings as rules
from booking.domain.bookings import FIRST, Booking
from booking.domain.errors import InvalidField, JobSeekerElsewhere, NotFound
from booking.domain.identifiers import new_id
from booking.domain.sessions import Session
from booking.domain.staff import Right, Staff
from booking.domain.waits import Wait, WaitState
from booking.domain.workshops import Workshop
from booking.services import fitness, lapsing, placing, seats
from booking.storage import agencies, audit, bookings, holds, job_seekers, lines, sessions, waits, workshops
from booking.storage.constraints import Contended
from booking.storage.database import Database, Tx, again_when_contended

MOST_AGENCIES = 30


@dataclass(frozen=True, slots=True)
class Joined:
    """A wait, or the seat that was free after all."""

    wait: Wait | None
    booking: Booking | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A wait with what it is for, and where; ``places`` are the turns in the sessions it could lead to, by session."""

    wait: Wait
    workshop: Workshop
    agencies: tuple[str, ...]
    places: dict[UUID, int]


@again_when_contended
async def join(
    db: Database,
    workshop_id: UUID,
    job_seeker_id: UUID,
    agency_ids: Collection[UUID],
    *,
    by: Staff,
    now: datetime,
    because: str = "",
    first_because: str = "",
) -> Joined:
    """Wait for the next seat of this workshop in any of these agencies; a seat that is free already is given.

    ``because`` lets the person in without a prerequisite, ``first_because`` puts him before who has no such reason.
    Raises :class:`AlreadyWaiting`, :class:`PrerequisiteMissing`, :class:`InvalidField`, :class:`NotFound`.
    """
    first_because = fitness.checked_reason(first_because, "first_because")
    if not agency_ids or len(agency_ids) > MOST_AGENCIES:
        raise InvalidField(fields={"agency_ids": "required" if not agency_ids else "too-many"})
    async with db.reading() as tx:
        person = await job_seekers.load(tx, job_seeker_id)
        by.must(Right.BOOK, person.agency_id)
        excused = await fitness.excuse(tx, workshop_id, job_seeker_id, because)
        possible = await _possible(tx, workshop_id, set(agency_ids), now)
    await _clear(db, possible, now)
    wait = Wait(
        id=new_id(now),
        workshop_id=workshop_id,
        job_seeker_id=job_seeker_id,
        agency_id=person.agency_id,
        agency_ids=tuple(sorted(set(agency_ids))),
        priority=FIRST if first_because else 0,
        priority_because=first_because or None,
        waiting_since=now,
        overridden_because=excused,
        created_by=by.id,
        created_at=now,
    )
    async with db.transaction() as tx:
        return await _join(tx, wait, by, now)


async def _possible(tx: Tx, workshop_id: UUID, agency_ids: set[UUID], now: datetime) -> list[UUID]:
    """The sessions in which there could be a seat already; raises :class:`NotFound` for an agency that is nowhere."""
    if len(await agencies.some(tx, agency_ids)) < len(agency_ids):
        raise NotFound(agency_ids=list(agency_ids))
    return await waits.open_sessions(tx, workshop_id, agency_ids, now)


async def _clear(db: Database, session_ids: Sequence[UUID], now: datetime) -> None:
    for session_id in session_ids:
        await lapsing.clear(db, session_id, now)


async def _join(tx: Tx, wait: Wait, by: Staff, now: datetime) -> Joined:
    """Under the rows of every session there could be a seat in: who frees one comes before or after, never between."""
    ahead = await waits.open_sessions(tx, wait.workshop_id, wait.agency_ids, now)
    locked = await sessions.lock(tx, *ahead)
    await holds.hold(tx, wait.workshop_id, wait.job_seeker_id)
    if set(await waits.open_sessions(tx, wait.workshop_id, wait.agency_ids, now)) - locked.keys():
        raise Contended("a session has just opened")
    for session_id in ahead:
        seat = await _seat(tx, wait, locked[session_id], by, now)
        if seat:
            return Joined(None, seat)
    await waits.add(tx, wait)
    facts = {"workshop": str(wait.workshop_id), "agencies": [str(id) for id in wait.agency_ids]}
    await audit.record(tx, by, "joined", "wait", wait.id, now, wait.agency_id, **facts)
    return Joined(wait)


async def _seat(tx: Tx, wait: Wait, session: Session, by: Staff, now: datetime) -> Booking | None:
    session = await placing.as_now(tx, session, now)
    if not session.takes_bookings(now) or await bookings.active_of(tx, session.id, wait.job_seeker_id):
        return None
    wished = rules.book(
        session.id, wait.job_seeker_id, wait.agency_id, by=by.id, now=now, because=wait.overridden_because
    )
    found = await seats.found(tx, session, wished)
    if found is None or await bookings.has_other_seat(tx, wished):
        return None
    try:
        return await placing.place(tx, found, session, await placing.place_of(tx, session), by, now)
    except JobSeekerElsewhere:
        return None


async def leave(db: Database, wait_id: UUID, *, by: Staff, now: datetime) -> Wait:
    """Wait no longer; nothing happens the second time. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.transaction() as tx:
        wait = await waits.load(tx, wait_id)
        by.must(Right.BOOK, wait.agency_id)
        if await waits.end(tx, wait_id, WaitState.LEFT, "adviser", now):
            await audit.record(tx, by, "left", "wait", wait.id, now, wait.agency_id)
        return await waits.load(tx, wait_id)


async def of_person(db: Database, job_seeker_id: UUID, *, by: Staff, now: datetime) -> list[Waiting]:
    """What this person waits for, and his turn in each session it could lead to. Raises :class:`NotFound`."""
    async with db.reading() as tx:
        person = await job_seekers.load(tx, job_seeker_id)
        by.must(Right.SEE_PEOPLE, person.agency_id)
        return [await _shown(tx, wait, now) for wait in await waits.of_person(tx, job_seeker_id)]


async def _shown(tx: Tx, wait: Wait, now: datetime) -> Waiting:
    ahead = await waits.open_sessions(tx, wait.workshop_id, wait.agency_ids, now)
    places = {}
    for session_id in ahead:
        line = await lines.of_session(tx, await sessions.load(tx, session_id), now)
        turns = {waiter.id: turn for turn, waiter in enumerate(line, start=1)}
        places |= {session_id: turns[wait.id]} if wait.id in turns else {}
    names = sorted(agency.name for agency in await agencies.some(tx, wait.agency_ids))
    return Waiting(wait, await workshops.load(tx, wait.workshop_id), tuple(names), places)
