"""What an adviser booked, what became of it, and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from booking.domain.errors import NotFound
from booking.domain.followed_bookings import Facts, Step, next_step
from booking.domain.job_seekers import JobSeeker
from booking.domain.staff import ROLES_WITH, Right, Staff
from booking.storage import audit, followed_bookings, job_seekers, listings, staff
from booking.storage.database import Database, Tx
from booking.storage.followed_bookings import Asked, Found
from booking.storage.listings import Listed

MOST_EXPORTED = 5000
AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedBooking:
    """One booking with the person, the session, and the next step; ``leads_to`` are workshops that ask for this."""

    found: Found
    person: JobSeeker
    listed: Listed
    step: Step
    leads_to: dict[UUID, str]


async def find(db: Database, asked: Asked, *, by: Staff, now: datetime) -> list[FollowedBooking]:
    """The bookings of an adviser: one's own, or, for a manager, those of somebody in one's agencies.

    Raises :class:`NotAllowed`, :class:`NotFound` for somebody elsewhere.
    """
    staff_id = asked.staff_id or by.id
    right = Right.BOOK if staff_id == by.id else Right.PLAN
    by.must_somewhere(right)
    async with db.reading() as tx:
        if staff_id != by.id:
            await _must_work_there(tx, staff_id, by, now)
        wanted = replace(asked, staff_id=staff_id, agency_ids=agencies_with(by, right))
        return await _known(tx, await followed_bookings.find(tx, wanted, now))


async def of_person(db: Database, job_seeker_id: UUID, *, by: Staff, now: datetime) -> list[FollowedBooking]:
    """What somebody booked, whoever did it for him; raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        person = await job_seekers.load(tx, job_seeker_id)
        by.must(Right.SEE_PEOPLE, person.agency_id)
        return await _known(tx, await followed_bookings.find(tx, Asked(job_seeker_id=job_seeker_id), now))


async def every(db: Database, asked: Asked, *, by: Staff, now: datetime) -> list[FollowedBooking]:
    """All of them, for a list to take away; at most :data:`MOST_EXPORTED`."""
    listed: list[FollowedBooking] = []
    wanted = replace(asked, after=None, most=AT_ONCE)
    while len(listed) < MOST_EXPORTED:
        some = await find(db, wanted, by=by, now=now)
        listed += some
        if len(some) < AT_ONCE:
            break
        wanted = replace(wanted, after=some[-1].found.place)
    await audit.saw(db, by, "follow_up", by.id, now, people=len(listed))
    return listed


async def advisers(db: Database, *, by: Staff, now: datetime) -> list[tuple[UUID, str]]:
    """Whose bookings one may look at besides one's own: whoever may book in the agencies that one manages."""
    if not by.may_somewhere(Right.PLAN):
        return []
    async with db.reading() as tx:
        known = await staff.who_may(tx, Right.BOOK, agencies_with(by, Right.PLAN), now)
    return [(id, name) for id, name in known if id != by.id]


def agencies_with(by: Staff, right: Right) -> frozenset[UUID] | None:
    """Where this member of staff has this right; None is the whole network."""
    if any(agency is None and role in ROLES_WITH[right] for agency, role in by.roles):
        return None
    return frozenset(agency for agency in by.agency_ids if by.may(right, agency))


async def _must_work_there(tx: Tx, staff_id: UUID, by: Staff, now: datetime) -> None:
    if staff_id not in {id for id, _ in await staff.who_may(tx, Right.BOOK, agencies_with(by, Right.PLAN), now)}:
        raise NotFound(staff_id=staff_id)


async def _known(tx: Tx, found: Sequence[Found]) -> list[FollowedBooking]:
    if not found:
        return []
    people = await job_seekers.load_many(tx, {one.booking.job_seeker_id for one in found})
    listed = await listings.some(tx, {one.booking.session_id for one in found})
    leads, been = await followed_bookings.next_workshops(tx), await followed_bookings.workshops_of(tx, people.keys())
    return [
        _followed(one, people[one.booking.job_seeker_id], listed[one.booking.session_id], leads, been) for one in found
    ]


def _followed(
    one: Found, person: JobSeeker, listed: Listed, leads: dict[UUID, dict[UUID, str]], been: dict[UUID, set[UUID]]
) -> FollowedBooking:
    after = leads.get(listed.session.workshop_id, {})
    new = {id: title for id, title in after.items() if id not in been[person.id]}
    known = {"has_other_place": one.has_other_place, "has_next": bool(new)}
    step = next_step(Facts(outcome=one.outcome, booking=one.booking, person=person, **known))
    return FollowedBooking(found=one, person=person, listed=listed, step=step, leads_to=new)
