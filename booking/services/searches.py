"""Finding a seat: the next sessions, by date or by distance, and what to offer instead of a refusal."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from booking.domain.agencies import Agency, distance_km
from booking.domain.sessions import SessionState
from booking.domain.staff import Right, Staff
from booking.storage import agencies, bookings, listings
from booking.storage.database import Database, Tx
from booking.storage.listings import Listed, Wanted

MOST_ALTERNATIVES = 3
LOOKED_THROUGH = 30


async def next_sessions(
    db: Database,
    *,
    now: datetime,
    workshop_id: UUID | None = None,
    agency_ids: Collection[UUID] | None = None,
    with_room: bool = True,
    after: tuple[datetime, UUID] | None = None,
    most: int = 50,
) -> list[Listed]:
    """Open sessions still to begin, by start; every agency's, because a person may sit anywhere."""
    wanted = Wanted(
        agency_ids=agency_ids,
        workshop_id=workshop_id,
        states=[SessionState.OPEN],
        starts_from=now,
        with_room=with_room,
        after=after,
        most=most,
    )
    async with db.reading() as tx:
        return await listings.find(tx, wanted)


async def alternatives(db: Database, session_id: UUID, job_seeker_id: UUID, *, now: datetime) -> list[Listed]:
    """Up to three open sessions of the same workshop with a free seat that this person could attend.

    The same agency first, then the nearest; of one agency the next dates.
    """
    async with db.reading() as tx:
        refused = await listings.one(tx, session_id)
        if refused is None:
            return []
        wanted = Wanted(
            workshop_id=refused.session.workshop_id,
            starts_from=now,
            with_room=True,
            without=[session_id],
            most=LOOKED_THROUGH,
        )
        found = await listings.find(tx, wanted)
        places = {
            agency.id: agency for agency in await agencies.some(tx, {x.session.agency_id for x in (refused, *found)})
        }
        nearest = sorted(found, key=lambda x: _distance(places, refused, x))
        return await _first_possible(tx, nearest, job_seeker_id)


def _distance(places: dict[UUID, Agency], one: Listed, other: Listed) -> tuple[float, datetime]:
    far = (
        0.0
        if one.session.agency_id == other.session.agency_id
        else distance_km(places[one.session.agency_id], places[other.session.agency_id])
    )
    return far, other.session.starts_at


async def _first_possible(tx: Tx, found: list[Listed], job_seeker_id: UUID) -> list[Listed]:
    possible: list[Listed] = []
    for listed in found:
        if len(possible) == MOST_ALTERNATIVES:
            break
        if await bookings.overlapping(tx, listed.session.id, job_seeker_id) is None:
            possible.append(listed)
    return possible


async def agenda(
    db: Database,
    *,
    by: Staff,
    agency_ids: Collection[UUID],
    starts_from: datetime,
    starts_before: datetime,
    most: int = 500,
) -> list[Listed]:
    """The sessions of these agencies in a time, drafts only where they may be planned."""
    async with db.reading() as tx:
        wanted = Wanted(agency_ids=agency_ids, starts_from=starts_from, starts_before=starts_before, most=most)
        found = await listings.find(tx, wanted)
    return [x for x in found if x.session.state is not SessionState.DRAFT or by.may(Right.PLAN, x.session.agency_id)]
