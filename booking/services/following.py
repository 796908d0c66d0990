"""One meeting is changed alone, or with all that follow it: in its cycle and in the later sessions of its series."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from booking.domain.errors import NotFound, Refused, StaleEdit
from booking.domain.following import Change
from booking.domain.sessions import Meeting, Session
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.services import waitlist
from booking.services.rewriting import rewrite
from booking.storage import agencies, bookings, occupancies, sessions
from booking.storage.database import Database, Tx, again_when_contended


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A meeting as it shall be, and the capacity of its session; ``is_following`` takes what follows along."""

    starts_at: datetime
    ends_at: datetime
    room_id: UUID | None
    facilitator_id: UUID | None
    capacity: int
    is_following: bool = False
    overridden_because: str = ""


@again_when_contended
async def change(
    db: Database,
    session_id: UUID,
    meeting_id: UUID,
    wish: Wish,
    *,
    version: int | None,
    by: Staff,
    site: Site,
    now: datetime,
) -> list[Session]:
    """Change a meeting, all or nothing; returns the sessions that are other now, this one first.

    Later meetings of the cycle move by as many days and hours, later sessions of the series get the same hours, room,
    facilitator and capacity, as far as these were changed. Everybody concerned is told, new seats go to who waits.
    Raises like :func:`scheduling.change`; what stands against another session names it as ``session_id``.
    """
    async with db.transaction() as tx:
        locked, touched = await _locked(tx, session_id, wish, by, now)
        before = touched[0]
        if version is not None and version != before.version:
            raise StaleEdit(session_id=session_id, version=before.version)
        change = Change(*_changed(before, meeting_id, wish), (await agencies.load(tx, before.agency_id)).time_zone)
        pairs = [(one, _as_it_shall_be(one, change, wish, before, now)) for one in touched]
        changed = [(old, new) for old, new in pairs if new is not None]
        # Meetings of a series may change places: none of them stands in the way of another.
        moving = [m.id for old, new in changed if old.meetings != new.meetings for m in old.meetings]
        await occupancies.clear(tx, moving)
        for old, new in changed:
            await _rewrite(tx, old, new, wish, by, site, now)
        await waitlist.give_seats(tx, locked, by=by, now=now)
    return [new for _, new in changed]


async def _locked(
    tx: Tx, session_id: UUID, wish: Wish, by: Staff, now: datetime
) -> tuple[dict[UUID, Session], list[Session]]:
    """Everything locked, and of it the session with the later ones of its series, if they are to follow."""
    session = await sessions.load(tx, session_id)
    by.must(Right.PLAN, session.agency_id)
    later = await sessions.later_of_series(tx, session) if wish.is_following else []

    async def people() -> list[UUID]:
        return [person for id in (session_id, *later) for person in await bookings.seated(tx, id)]

    locked = await waitlist.lock(tx, [session_id, *later], people, now)
    return locked, [locked[id] for id in (session_id, *later)]


def _changed(session: Session, meeting_id: UUID, wish: Wish) -> tuple[Meeting, Meeting]:
    for meeting in session.meetings:
        if meeting.id == meeting_id:
            helpers = tuple(id for id in meeting.assistant_ids if id != wish.facilitator_id)
            return meeting, replace(
                meeting,
                starts_at=wish.starts_at,
                ends_at=wish.ends_at,
                room_id=wish.room_id,
                facilitator_id=wish.facilitator_id,
                assistant_ids=helpers,
            )
    raise NotFound(session_id=session.id, meeting_id=meeting_id)


def _as_it_shall_be(one: Session, change: Change, wish: Wish, first: Session, now: datetime) -> Session | None:
    """A session with its new meetings and capacity; None when it stays as it is."""
    if one.id != first.id:
        meetings = change.alike(one.meetings)
    elif wish.is_following:
        meetings = change.within(one.meetings)
    else:
        meetings = [change.after if m.id == change.before.id else m for m in one.meetings]
    capacity = wish.capacity if one.id == first.id or wish.capacity != first.capacity else one.capacity
    if capacity == one.capacity and tuple(meetings) == one.meetings:
        return None
    try:
        after = one.changed(capacity, meetings, now)
    except Refused as refusal:
        refusal.facts["session_id"] = one.id
        raise
    return replace(after, overridden_because=wish.overridden_because.strip() or after.overridden_because)


async def _rewrite(tx: Tx, old: Session, new: Session, wish: Wish, by: Staff, site: Site, now: datetime) -> None:
    try:
        because = wish.overridden_because
        await rewrite(tx, old, new, overridden_because=because, by=by, site=site, now=now)
    except Refused as refusal:
        refusal.facts["session_id"] = old.id
        raise
