"""Planning: the catalogue, and the life of a session from draft to held, with everybody concerned told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from booking.domain.changes import changes
from booking.domain.endings import End, Then
from booking.domain.errors import NotFound, StaleEdit, WorkshopArchived
from booking.domain.identifiers import new_id
from booking.domain.phases import must_host
from booking.domain.sessions import Meeting, Session, SessionState, in_order
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.domain.terms import Conditions, on_conditions
from booking.domain.workshops import Workshop
from booking.services import catalogues, ending, entries, following_terms, waitlist
from booking.services.rewriting import must_be_free, rewrite, rivals
from booking.storage import agencies, audit, bookings, feed_entries, phases, sessions, workshops
from booking.storage.database import Database, Tx, again_when_contended


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPlan:
    """When and where to meet; ``id`` names a meeting that exists already."""

    starts_at: datetime
    ends_at: datetime
    room_id: UUID | None = None
    facilitator_id: UUID | None = None
    assistant_ids: tuple[UUID, ...] = ()
    id: UUID | None = None


async def add_workshop(db: Database, workshop: Workshop, *, by: Staff, now: datetime) -> Workshop:
    """Put a workshop into the catalogue.

    Raises :class:`InvalidField`, :class:`NameTaken`, :class:`NotAllowed`.
    """
    by.must_somewhere(Right.PLAN)
    async with db.transaction() as tx:
        await workshops.add(tx, await catalogues.checked(tx, workshop))
        await audit.record(tx, by, "added", "workshop", workshop.id, now)
    return workshop


@again_when_contended
async def change_workshop(
    db: Database, workshop: Workshop, *, version: int | None = None, by: Staff, site: Site, now: datetime
) -> Workshop:
    """Write a workshop anew; calendars that show it follow, and so do the terms of booking of its sessions to come.

    Raises like :func:`add_workshop`, :class:`NotFound`, :class:`StaleEdit` when ``version`` is not the current one.
    """
    by.must_somewhere(Right.PLAN)
    async with db.transaction() as tx:
        # Sessions before all else: whoever takes a seat of one reads the workshop behind its lock.
        shown = await sessions.upcoming_of(tx, workshop.id, now)
        locked = await sessions.lock(tx, *shown)
        before = await workshops.lock(tx, workshop.id)
        if version is not None and version != before.version:
            raise StaleEdit(workshop_id=workshop.id, version=before.version)
        after = await catalogues.checked(tx, replace(workshop, version=before.version + 1))
        await workshops.change(tx, after)
        await following_terms.follow(tx, before, after, locked, by=by, now=now)
        await entries.keep(tx, shown, site, now)
        await audit.record(tx, by, "changed", "workshop", workshop.id, now, changes=changes(before, after))
    return after


@again_when_contended
async def plan(
    db: Database,
    *,
    agency_id: UUID,
    workshop_id: UUID,
    capacity: int,
    meetings: Sequence[MeetingPlan],
    overridden_because: str = "",
    conditions: Conditions | None = None,
    by: Staff,
    now: datetime,
) -> Session:
    """Write a draft with one or several meetings. It holds its rooms and staff from now on.

    Raises :class:`InvalidSchedule`, :class:`InvalidField` for a room or facilitator of another agency,
    :class:`PlaceTaken` for one that is elsewhere, :class:`Obstructed` for what needs a reason (a holiday, a closure,
    a room too small), :class:`WorkshopArchived`, :class:`NotFound`, :class:`NotAllowed`.
    """
    by.must(Right.PLAN, agency_id)
    session = planned(agency_id, workshop_id, capacity, meetings, overridden_because, now)
    async with db.transaction() as tx:
        return await add_planned(tx, session, conditions, by=by, now=now)


def planned(
    agency_id: UUID,
    workshop_id: UUID,
    capacity: int,
    meetings: Sequence[MeetingPlan],
    overridden_because: str,
    now: datetime,
) -> Session:
    """A draft as it would be written. Raises :class:`InvalidSchedule`."""
    session_id = new_id(now)
    return Session(
        id=session_id,
        agency_id=agency_id,
        workshop_id=workshop_id,
        capacity=capacity,
        meetings=in_order([_meeting(meeting, session_id, now) for meeting in meetings]),
        overridden_because=overridden_because.strip() or None,
        created_at=now,
        changed_at=now,
    ).checked(now)


async def add_planned(
    tx: Tx, session: Session, conditions: Conditions | None = None, *, by: Staff, now: datetime
) -> Session:
    """Write a planned session in a transaction of the caller's; raises like :func:`plan`, and :class:`NotHosting`."""
    workshop = await workshops.load(tx, session.workshop_id)
    if workshop.archived_at:
        raise WorkshopArchived(workshop_id=session.workshop_id)
    await _must_be_hosted(tx, session)
    session = on_conditions(session, workshop, conditions or Conditions(languages=session.languages))
    await must_be_free(tx, session, session.overridden_because or "")
    with rivals():
        await sessions.add(tx, session)
    because = {"overridden_because": session.overridden_because} if session.overridden_because else {}
    await audit.record(tx, by, "planned", "session", session.id, now, session.agency_id, **because)
    return session


@again_when_contended
async def publish(db: Database, session_id: UUID, *, by: Staff, site: Site, now: datetime) -> Session:
    """Open a draft for booking and show it to subscribers.

    Raises :class:`SessionNotDraft`, :class:`InvalidSchedule` when a meeting has no facilitator,
    :class:`Obstructed` when something stands in the way since it was planned, :class:`NotHosting`.
    """
    async with db.transaction() as tx:
        before = await _own(tx, session_id, by)
        after = before.published(now)
        await _must_be_hosted(tx, after)
        await must_be_free(tx, after, after.overridden_because or "")
        await sessions.change(tx, before, after)
        await entries.keep(tx, [session_id], site, now)
        await audit.record(tx, by, "published", "session", session_id, now, after.agency_id)
        await waitlist.serve_opened(tx, [after], by=by, now=now)
    return after


@again_when_contended
async def change(
    db: Database,
    session_id: UUID,
    *,
    capacity: int,
    meetings: Sequence[MeetingPlan],
    version: int | None,
    overridden_because: str = "",
    conditions: Conditions | None = None,
    by: Staff,
    site: Site,
    now: datetime,
) -> Session:
    """Change capacity and meetings, and with ``conditions`` how it is booked.

    Whoever holds or awaits a seat is told of a move; new seats go to who waits.
    Raises :class:`CapacityBelowTaken`, :class:`InvalidSchedule`, :class:`SessionEnded`,
    :class:`JobSeekerElsewhere` when somebody seated would be in two places, :class:`PlaceTaken` when a room or a member
    of staff would, :class:`Obstructed` for what needs a reason,
    :class:`StaleEdit` when ``version`` is not the current one, or a meeting named is no more.
    """
    async with db.transaction() as tx:
        before, locked = await _own_with_waits(tx, session_id, by, now)
        if version is not None and version != before.version:
            raise StaleEdit(session_id=session_id, version=before.version)
        after = before.changed(capacity, [_meeting(planned, session_id, now, before) for planned in meetings], now)
        after = replace(after, overridden_because=overridden_because.strip() or after.overridden_because)
        if conditions:
            after = on_conditions(after, await workshops.load(tx, after.workshop_id), conditions)
        await rewrite(tx, before, after, overridden_because=overridden_because, by=by, site=site, now=now)
        await waitlist.give_seats(tx, locked, by=by, now=now)
    return after


@again_when_contended
async def cancel(
    db: Database,
    session_id: UUID,
    *,
    because: str,
    then: Then = Then.TELL,
    into: UUID | None = None,
    by: Staff,
    site: Site,
    now: datetime,
) -> Session:
    """The service cancels a session: everybody in it is told why, and moved or offered other dates where wished.

    Of a cycle that has begun only what is to come is cancelled: the session is held, and marks stay.
    Raises :class:`SessionEnded`, :class:`InvalidField` without a reason or for another workshop to move to,
    :class:`SessionClosed` when the other session takes nobody any more.
    """
    end = End(because=because, then=then, into=into).checked()
    async with db.transaction() as tx:
        return await ending.end(tx, session_id, end, by=by, site=site, now=now)


@again_when_contended
async def merge(
    db: Database, session_id: UUID, into: UUID, *, because: str, by: Staff, site: Site, now: datetime
) -> Session:
    """Everybody of one session goes to another of the same workshop, and the emptied one is cancelled.

    Raises like :func:`cancel`, and :class:`SessionFull` when the other has not enough seats for all who have one.
    """
    end = End(because=because, then=Then.MOVE, into=into, must_fit=True).checked()
    async with db.transaction() as tx:
        return await ending.end(tx, session_id, end, by=by, site=site, now=now)


@again_when_contended
async def close_over(db: Database, now: datetime, most: int = 200) -> int:
    """Sessions whose last meeting has ended are held, whoever came. Returns how many."""
    async with db.transaction() as tx:
        ended = await sessions.over(tx, now, most)

        async def people() -> list[UUID]:
            return [person for id in ended for person in await bookings.seated(tx, id)]

        locked = await waitlist.lock(tx, ended, people, now)
        over = [locked[id] for id in ended if id in locked and locked[id].state is SessionState.OPEN]
        for session in over:
            await sessions.change(tx, session, replace(session, state=SessionState.HELD, version=session.version + 1))
        # Whoever sat there may now have a seat elsewhere for which he was passed over.
        await waitlist.give_seats(tx, locked, by=None, now=now)
    return len(over)


async def refresh_entries(db: Database, site: Site, now: datetime) -> int:
    """Make calendar entries to come anew that another version of the program made, or at another address.

    Returns how many were looked at; a hundred sessions at a time, so that nobody waits long.
    """
    looked_at = 0
    while True:
        async with db.transaction() as tx:
            shown = await feed_entries.outdated(tx, entries.renderer(site), now, most=100)
            await sessions.lock(tx, *shown)
            written = await entries.keep(tx, shown, site, now)
        looked_at += written
        if not written:
            return looked_at


async def _must_be_hosted(tx: Tx, session: Session) -> None:
    agency = await agencies.load(tx, session.agency_id)
    must_host(agency, None if agency.is_hosting else await phases.waiting(tx, agency.id), session.starts_at)


async def _own(tx: Tx, session_id: UUID, by: Staff) -> Session:
    session = await sessions.lock_one(tx, session_id)
    by.must(Right.PLAN, session.agency_id)
    return session


async def _own_with_waits(tx: Tx, session_id: UUID, by: Staff, now: datetime) -> tuple[Session, dict[UUID, Session]]:
    """A session, and all that are locked with it: whoever sits in it may be freed for another where he waits."""
    locked = await waitlist.lock(tx, [session_id], partial(bookings.seated, tx, session_id), now)
    if session_id not in locked:
        raise NotFound(session_id=session_id)
    by.must(Right.PLAN, locked[session_id].agency_id)
    return locked[session_id], locked


def _meeting(planned: MeetingPlan, session_id: UUID, now: datetime, before: Session | None = None) -> Meeting:
    """The meeting of a plan; one that exists keeps its identity and its history."""
    what = {"starts_at": planned.starts_at, "ends_at": planned.ends_at}
    where = {
        "room_id": planned.room_id,
        "facilitator_id": planned.facilitator_id,
        "assistant_ids": planned.assistant_ids,
    }
    known = next((m for m in before.meetings if m.id == planned.id), None) if before else None
    if known:
        return replace(known, **what, **where)
    if planned.id is not None:
        raise StaleEdit(session_id=session_id, meeting_id=planned.id)
    return Meeting(id=new_id(now), session_id=session_id, position=1, created_at=now, changed_at=now, **what, **where)
