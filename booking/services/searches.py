"""Finding a seat: the next sessions, by date or by distance, and what to offer instead of a refusal."""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.domain.agencies import Agency, distance_km
from booking.domain.sessions import SessionState
from booking.domain.workshops import Audience
from booking.storage import agencies, bookings, contingents, job_seekers, listings
from booking.storage.database import Database, Tx
from booking.storage.listings import Listed
from booking.storage.narrowing import NOT_NARROWED, Narrowed, is_in_half
from booking.storage.wishes import Wanted

MOST_ALTERNATIVES = 3
LOOKED_THROUGH = 30
ONE_CLASS_KM = 10
# Half of the day is known only here: sessions are read in pieces until there are enough, or this many were looked at.
READ_AT_ONCE, MOST_READ = 60, 480


async def next_sessions(
    db: Database,
    *,
    now: datetime,
    workshop_id: UUID | None = None,
    agency_ids: Collection[UUID] | None = None,
    with_room: bool = True,
    opens_later: bool = False,
    kept_for: UUID | None = None,
    narrowed: Narrowed = NOT_NARROWED,
    after: tuple[datetime, UUID] | None = None,
    most: int = 50,
) -> list[Listed]:
    """Open sessions for job seekers still to begin, by start; every agency's, because a person may sit anywhere.

    ``kept_for`` is an agency for which a seat that is kept counts as room; with ``opens_later`` those that one cannot
    book yet are among them.
    """
    wanted = Wanted(
        agency_ids=agency_ids,
        workshop_id=workshop_id,
        audience=Audience.JOB_SEEKERS,
        states=[SessionState.OPEN],
        bookable_at=None if opens_later else now,
        closes_after=now if opens_later else None,
        with_room=with_room,
        narrowed=narrowed,
        after=after,
        most=most,
    )
    async with db.reading() as tx:
        found = await _read_on(tx, wanted)
        return await with_kept(tx, found, wanted, kept_for, now) if kept_for and with_room else found


async def one(db: Database, session_id: UUID) -> Listed | None:
    """One session as a list shows it."""
    async with db.reading() as tx:
        return await listings.one(tx, session_id)


async def _read_on(tx: Tx, wanted: Wanted) -> list[Listed]:
    """What is wanted, however much of it lies in the wrong half of its day."""
    if wanted.narrowed.half is None:
        return await listings.find(tx, wanted)
    found: list[Listed] = []
    asked = replace(wanted, most=READ_AT_ONCE)
    for _ in range(0, MOST_READ, READ_AT_ONCE):
        read = await listings.find(tx, asked)
        found += in_half(read, wanted.narrowed)
        if len(read) < READ_AT_ONCE or len(found) >= wanted.most:
            break
        asked = replace(asked, after=(read[-1].session.starts_at, read[-1].session.id))
    return found[: wanted.most]


def in_half(found: Iterable[Listed], narrowed: Narrowed) -> list[Listed]:
    """Those in the half of the day that is asked for, by the clock of each place."""
    return [x for x in found if is_in_half(x.session, x.time_zone, narrowed.half)]


async def with_kept(tx: Tx, found: list[Listed], wanted: Wanted, agency_id: UUID, now: datetime) -> list[Listed]:
    """What was found, and what has room for the people of this agency only."""
    keeping = await contingents.sessions_keeping(tx, agency_id, now)
    if not keeping:
        return found
    kept = in_half(await listings.find(tx, replace(wanted, with_room=False, among=keeping)), wanted.narrowed)
    both = {x.session.id: x for x in (*found, *kept)}.values()
    return sorted(both, key=lambda x: (x.session.starts_at, x.session.id))[: wanted.most]


async def alternatives(db: Database, session_id: UUID, job_seeker_id: UUID, *, now: datetime) -> list[Listed]:
    """Up to three open sessions of the same workshop with a free seat that this person could attend.

    The nearest to the refused session or to the person's own agency first; among those equally near the next dates.
    """
    async with db.reading() as tx:
        refused = await listings.one(tx, session_id)
        if refused is None:
            return []
        person = await job_seekers.load_attendee(tx, job_seeker_id)
        return await first_possible(tx, await nearest(tx, refused, person.agency_id, now), job_seeker_id, now)


async def nearest(tx: Tx, refused: Listed, agency_id: UUID, now: datetime) -> list[Listed]:
    """Open sessions of the same workshop with a free seat, the nearest to that session or to this agency first."""
    from_here = {refused.session.agency_id, agency_id}
    # The soonest of the whole network alone would leave no place for those next door.
    anywhere, here = _instead_of(refused, now), _instead_of(refused, now, from_here)
    near = [*await listings.find(tx, here), *await with_kept(tx, [], anywhere, agency_id, now)]
    found = {x.session.id: x for x in (*near, *await listings.find(tx, anywhere))}.values()
    known = await agencies.some(tx, from_here | {x.session.agency_id for x in found})
    far = _classes({agency.id: agency for agency in known}, from_here)
    return sorted(found, key=lambda x: (far[x.session.agency_id], x.session.starts_at))


def _instead_of(refused: Listed, now: datetime, agency_ids: Collection[UUID] | None = None) -> Wanted:
    return Wanted(
        agency_ids=agency_ids,
        workshop_id=refused.session.workshop_id,
        bookable_at=now,
        with_room=True,
        without=[refused.session.id],
        states=[SessionState.OPEN],
        most=LOOKED_THROUGH,
    )


def _classes(known: Mapping[UUID, Agency], from_here: Collection[UUID]) -> dict[UUID, float]:
    """How far each agency is in steps of ten kilometres, because a nearer date is worth a few of them."""
    return {
        id: min(_class(distance_km(known[here], agency)) if here != id else 0.0 for here in from_here)
        for id, agency in known.items()
    }


def _class(km: float) -> float:
    return km // ONE_CLASS_KM if math.isfinite(km) else km


async def first_possible(tx: Tx, found: list[Listed], job_seeker_id: UUID, now: datetime) -> list[Listed]:
    """The first three of these that this person could attend."""
    possible: list[Listed] = []
    for listed in found:
        if len(possible) == MOST_ALTERNATIVES:
            break
        if await bookings.overlapping(tx, listed.session.id, job_seeker_id, now) is None:
            possible.append(listed)
    return possible
