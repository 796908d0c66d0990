"""A group that one person of the staff books: who is in it and who is there already, and one answer for one request."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from booking.domain.bookings import Booking
from booking.domain.errors import NotFound
from booking.domain.idempotency import Once
from booking.domain.job_seekers import JobSeeker
from booking.domain.staff import Right, Staff
from booking.services import groups
from booking.services.groups import Grouped
from booking.storage import bookings, idempotency, job_seekers, listings
from booking.storage.database import Database

Written = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody for a group, and the place that he has in the session already."""

    person: JobSeeker
    booking: Booking | None


async def members(db: Database, session_id: UUID, people: Collection[UUID], *, by: Staff) -> list[Member]:
    """These people by name, as far as one may book them."""
    async with db.reading() as tx:
        known = await job_seekers.load_many(tx, set(people)) if people else {}
        there = {booking.job_seeker_id: booking for booking in await bookings.active(tx, session_id)}
    own = [person for person in known.values() if by.may(Right.BOOK, person.agency_id)]
    return [Member(person, there.get(person.id)) for person in sorted(own, key=lambda p: (p.last_name, p.first_name))]


async def book(
    db: Database,
    session_id: UUID,
    people: Sequence[UUID],
    *,
    all_or_none: bool,
    by: Staff,
    now: datetime,
    once: Once | None,
    written: Callable[[Sequence[Grouped]], Written],
) -> tuple[Written, bool]:
    """Seats for a group, as they are ``written`` down, and whether that is the answer of an earlier request.

    Cut off halfway, the same request goes on where it stopped: nobody is seated twice.
    Raises :class:`InvalidField`, :class:`NotAllowed`, :class:`NotFound`, :class:`AnotherRequestHasThisKey`.
    """
    by.must_somewhere(Right.BOOK)
    async with db.reading() as tx:
        if await listings.one(tx, session_id) is None:
            raise NotFound(session_id=session_id)
    if once:
        async with db.transaction() as tx:
            kept = await idempotency.replay(tx, once)
        if kept:
            return kept["results"], True
    results = written(await groups.book(db, session_id, people, all_or_none=all_or_none, by=by, now=now))
    async with db.transaction() as tx:
        kept = await idempotency.claim(tx, once, now)
        if kept is None:
            await idempotency.settle(tx, once, {"results": results})
    return (kept["results"], True) if kept else (results, False)
