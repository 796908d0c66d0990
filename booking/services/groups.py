"""Several people into one session at once: all of them or nobody, or as many as there are seats for."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.bookings import Booking
from booking.domain.errors import InvalidField, Refused
from booking.domain.staff import Staff
from booking.services import bookings as one_by_one
from booking.services import lapsing, placing
from booking.storage import bookings, holds, sessions
from booking.storage.database import Database, Tx, again_when_contended
from booking.storage.placements import Placement

MOST_PEOPLE = 100


@dataclass(frozen=True, slots=True)
class Grouped:
    """What came of one person: a seat, or why not."""

    job_seeker_id: UUID
    booking: Booking | None = None
    refusal: Refused | None = None


class NotAll(Exception):
    """Somebody of a group has no seat; nothing of its transaction may be kept."""

    def __init__(self, results: Sequence[Grouped]) -> None:
        super().__init__("not all")
        self.results = results


async def book(
    db: Database, session_id: UUID, job_seeker_ids: Sequence[UUID], *, all_or_none: bool, by: Staff, now: datetime
) -> list[Grouped]:
    """A seat for each of these people, in their order; with ``all_or_none`` nobody has one unless everybody has.

    A person named twice counts once. Raises :class:`InvalidField` for nobody or too many people.
    """
    people = checked(job_seeker_ids)
    if all_or_none:
        return await _all_or_none(db, session_id, people, by, now)
    return [one async for one in one_after_another(db, session_id, people, by=by, now=now)]


def checked(job_seeker_ids: Sequence[UUID]) -> list[UUID]:
    """Each person once; raises :class:`InvalidField`."""
    people = list(dict.fromkeys(job_seeker_ids))
    if not people or len(people) > MOST_PEOPLE:
        raise InvalidField(fields={"job_seekers": "too-many" if people else "required"})
    return people


async def one_after_another(
    db: Database, session_id: UUID, people: Sequence[UUID], *, by: Staff, now: datetime
) -> AsyncIterator[Grouped]:
    """As many as there are seats for, each told as soon as it is known."""
    for person in people:
        try:
            done = await one_by_one.book(db, session_id, person, by=by, now=now)
            yield Grouped(person, done.booking)
        except Refused as refusal:
            yield Grouped(person, refusal=refusal)


async def _all_or_none(
    db: Database, session_id: UUID, people: Sequence[UUID], by: Staff, now: datetime
) -> list[Grouped]:
    try:
        return await _together(db, session_id, people, by, now)
    except NotAll as nothing:
        return list(nothing.results)


@again_when_contended
async def _together(db: Database, session_id: UUID, people: Sequence[UUID], by: Staff, now: datetime) -> list[Grouped]:
    await lapsing.clear(db, session_id, now)
    results = [await _read(db, session_id, person, by, now) for person in people]
    async with db.transaction() as tx:
        session = await placing.as_now(tx, await sessions.lock_one(tx, session_id), now)
        await holds.hold(tx, *people)
        placed = [
            await _placed(tx, session.id, person, known, by, now) for person, known in zip(people, results, strict=True)
        ]
        if any(one.refusal for one in placed):
            raise NotAll(placed)
    return placed


async def _placed(
    tx: Tx, session_id: UUID, person: UUID, known: tuple[Placement, Booking] | Refused, by: Staff, now: datetime
) -> Grouped:
    if isinstance(known, Refused):
        return Grouped(person, refusal=known)
    placement, wished = known
    session = await sessions.load(tx, session_id)
    mine = await bookings.active_of(tx, session_id, person)
    try:
        if mine and mine.state in placing.LIMITED:
            return Grouped(person, await placing.confirm(tx, mine, session, by, now))
        seated = await placing.seated(tx, session, wished, now)
        return Grouped(person, await placing.place(tx, seated, session, placement.place, by, now))
    except Refused as refusal:
        return Grouped(person, refusal=refusal)


async def _read(
    db: Database, session_id: UUID, person: UUID, by: Staff, now: datetime
) -> tuple[Placement, Booking] | Refused:
    try:
        return await placing.read(db, session_id, person, "", by=by, now=now)
    except Refused as refusal:
        return refusal
