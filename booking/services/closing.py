"""Closing a roll: who was not marked stays "not filled in"; what is corrected later is told apart, by fewer hands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from booking.domain.errors import MeetingNotBegun, NotAllowed, NotFound, RollClosed
from booking.domain.sessions import SessionState
from booking.domain.staff import Right, Staff
from booking.storage import agendas, audit, closings, sessions, staff
from booking.storage.agendas import MeetingListed, MeetingsWanted
from booking.storage.closings import Closing
from booking.storage.database import Database, Tx, again_when_contended
from calendars.zones import wall

# After that nobody remembers who came.
LOOKED_BACK = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Closed:
    """Whose word it was, and when."""

    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ToClose:
    """A meeting that is over and lacks so many marks."""

    meeting: MeetingListed
    missing: int


@again_when_contended
async def close(db: Database, meeting_id: UUID, *, by: Staff, now: datetime) -> None:
    """Say that the roll is done, from the beginning of the meeting on; once more is no harm.

    Raises :class:`MeetingNotBegun`, :class:`NotFound`, :class:`NotAllowed` for who only assists.
    """
    async with db.transaction() as tx:
        listed = await agendas.one(tx, meeting_id)
        if listed is None:
            raise NotFound(meeting_id=meeting_id)
        must_correct(by, listed.agency_id)
        if now < listed.meeting.starts_at:
            day = wall(listed.meeting.starts_at, listed.time_zone).date()
            raise MeetingNotBegun(meeting_id=meeting_id, meeting_on=day)
        session_id = listed.meeting.session_id
        # Marks hold it, too: each is written before the closing, or knows of it.
        await sessions.lock_one(tx, session_id)
        new = Closing(meeting_id=meeting_id, session_id=session_id, closed_by=by.id, closed_at=now)
        if await closings.add(tx, new):
            left = (await closings.missing(tx, [meeting_id])).get(meeting_id, 0)
            await audit.record(tx, by, "roll-closed", "meeting", meeting_id, now, listed.agency_id, missing=left)


async def closed(db: Database, meeting_id: UUID) -> Closed | None:
    """Who closed the roll of a meeting that one may see, and when; None while it is open."""
    async with db.reading() as tx:
        found = (await closings.of(tx, [meeting_id])).get(meeting_id)
        names = await staff.named(tx, [found.closed_by]) if found else {}
    return Closed(names[found.closed_by], found.closed_at) if found else None


async def to_close(db: Database, *, by: Staff, now: datetime) -> list[ToClose]:
    """The meetings of the last fortnight that one led, that are over, lack a mark, and are not closed; oldest first."""
    wanted = MeetingsWanted(staff_id=by.id, starts_from=now - LOOKED_BACK, starts_before=now)
    async with db.reading() as tx:
        over = [one for one in await agendas.find(tx, wanted) if _is_over(one, by, now)]
        ids = [one.meeting.id for one in over]
        done, missing = await closings.of(tx, ids), await closings.missing(tx, ids)
    return [ToClose(x, missing[x.meeting.id]) for x in over if x.meeting.id in missing and x.meeting.id not in done]


def _is_over(listed: MeetingListed, by: Staff, now: datetime) -> bool:
    stands = listed.session_state in (SessionState.OPEN, SessionState.HELD)
    return stands and listed.meeting.ends_at <= now and by.may(Right.MARK, listed.agency_id)


def must_correct(by: Staff, agency_id: UUID) -> None:
    """Do nothing, or raise :class:`NotFound`, :class:`NotAllowed`: who only assists neither closes nor corrects."""
    by.must(Right.MARK, agency_id)
    if not by.is_more_than_assistant_at(agency_id):
        raise NotAllowed(right=Right.MARK)


async def must_be_open_to(tx: Tx, listed: MeetingListed, by: Staff, made_at: datetime) -> bool:
    """Whether the roll is closed; raises :class:`NotAllowed` where whoever only assists marks after that.

    What a device took before the roll was closed may come later.
    """
    found = (await closings.of(tx, [listed.meeting.id])).get(listed.meeting.id)
    if found and made_at > found.closed_at:
        must_correct(by, listed.agency_id)
    return found is not None


async def must_say_so(tx: Tx, meeting_id: UUID, *, after_closing: bool) -> bool:
    """Whether the roll is closed; raises :class:`RollClosed` for who does not say that he adds somebody after that."""
    is_closed = meeting_id in await closings.of(tx, [meeting_id])
    if is_closed and not after_closing:
        raise RollClosed(meeting_id=meeting_id)
    return is_closed
