"""Calling the roll: who is expected at a meeting, and who came."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from booking.domain.attendance import Attendance, Mark, Reason, made_within
from booking.domain.errors import NotFound, NotSeated, StaleEdit
from booking.domain.idempotency import Once
from booking.domain.staff import Right, Staff
from booking.services import absences, closing, following_up, taken_off
from booking.storage import agendas, attendance, audit, expected, idempotency, listings
from booking.storage.agendas import MeetingListed, MeetingsWanted
from booking.storage.database import Database, Tx, again_when_contended
from booking.storage.listings import RosterLine
from calendars.zones import midnight, wall

Marked = tuple[Mark | None, Reason | None]
NOT_MARKED: Marked = (None, None)


@dataclass(frozen=True, slots=True)
class Roster:
    """A meeting and who holds a seat in it, by name."""

    meeting: MeetingListed
    lines: list[RosterLine]


async def meetings_of_day(db: Database, *, by: Staff, starts_from: datetime, days: int = 1) -> list[MeetingListed]:
    """The published meetings of one's agencies from this instant on, for so many days."""
    by.must_somewhere(Right.MARK)
    agency_ids = None if by.is_network_wide else by.agency_ids
    until = starts_from + timedelta(days=days)
    async with db.reading() as tx:
        return await agendas.find(
            tx, MeetingsWanted(agency_ids=agency_ids, starts_from=starts_from, starts_before=until)
        )


async def roster(db: Database, meeting_id: UUID, *, by: Staff) -> Roster:
    """Who is expected at a meeting of one's agencies. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        meeting = await _own(tx, meeting_id, by)
        return Roster(meeting, await listings.roster(tx, meeting_id, meeting.meeting.session_id))


async def mark(
    db: Database,
    meeting_id: UUID,
    booking_id: UUID,
    what: Mark | None,
    *,
    reason: Reason | None = None,
    by: Staff,
    now: datetime,
) -> None:
    """Note whether somebody came; None takes the mark back.

    Raises :class:`MeetingNotBegun` before the day, :class:`NotSeated`, :class:`NotFound`, :class:`InvalidField`.
    """
    await mark_all(db, meeting_id, {booking_id: (what, reason)}, by=by, now=now)


@again_when_contended
async def mark_all(
    db: Database,
    meeting_id: UUID,
    marks: Mapping[UUID, Marked],
    *,
    seen: Mapping[UUID, Marked] | None = None,
    made_at: datetime | None = None,
    once: Once | None = None,
    by: Staff,
    now: datetime,
) -> None:
    """Note several marks at once, all or none; two absences in a row may end a place, and so does a mark taken back
    with which somebody had come without a booking. Raises like :func:`mark`.

    With ``seen``, the marks on the sheet this was written on: :class:`StaleEdit` names whom somebody else has marked
    otherwise since. ``made_at`` is when a device without network took them; with ``once`` they are noted once.
    """
    async with db.transaction() as tx:
        if await idempotency.claim(tx, once, now) is not None:
            return
        meeting = await _own(tx, meeting_id, by)
        given = {booking_id: what for booking_id, (what, _) in marks.items()}
        watched = await absences.watched(tx, meeting.workshop_id, _with(given, Mark.ABSENT))
        leaving = await taken_off.seats_of(tx, meeting, _with(given, None), by)
        locked = await absences.lock(tx, meeting.meeting.session_id, [*watched, *leaving], now)
        is_closed = await closing.must_be_open_to(tx, meeting, by, made_at or now)
        before = await attendance.of_meeting(tx, meeting_id)
        _must_be_as_seen(seen or {}, before, marks)
        await _must_be_seated(tx, meeting, marks.keys())
        for booking_id, (what, reason) in marks.items():
            await _mark_one(tx, meeting, before.get(booking_id), booking_id, what, reason, by, now, made_at, is_closed)
        if watched:
            await absences.end_places(tx, watched, locked, by=by, now=now)
        await taken_off.end_places(tx, leaving, locked, by=by, now=now)
        await following_up.follow_up(tx, meeting.meeting, given, before, now)
        await idempotency.settle(tx, once, {"marked": len(marks)})


def _with(given: Mapping[UUID, Mark | None], what: Mark | None) -> list[UUID]:
    return [booking_id for booking_id, mark in given.items() if mark is what]


async def _mark_one(
    tx: Tx,
    meeting: MeetingListed,
    before: Attendance | None,
    booking_id: UUID,
    what: Mark | None,
    reason: Reason | None,
    by: Staff,
    now: datetime,
    made_at: datetime | None,
    is_closed: bool,
) -> None:
    if what is None:
        await attendance.take_back(tx, booking_id, meeting.meeting.id)
    else:
        day = wall(meeting.meeting.starts_at, meeting.time_zone).date()
        new = Attendance(
            booking_id=booking_id,
            meeting_id=meeting.meeting.id,
            mark=what,
            reason=reason,
            marked_by=by.id,
            marked_at=made_within(made_at, midnight(day, meeting.time_zone), now),
            is_walk_in=before is not None and before.is_walk_in,
        ).checked(day, meeting.time_zone)
        await attendance.put(tx, new, meeting.meeting.session_id, before)
    more: dict[str, object] = {"mark": what, "meeting": str(meeting.meeting.id)}
    more |= {"before": str(before.mark) if before else None}
    more |= {"after_closing": True} if is_closed else {}
    more |= {"other_reason": True} if before and before.mark is what and before.reason is not reason else {}
    await audit.record(tx, by, "marked", "booking", booking_id, now, meeting.agency_id, **more)


def _must_be_as_seen(
    seen: Mapping[UUID, Marked],
    before: Mapping[UUID, Attendance],
    marks: Mapping[UUID, Marked],
) -> None:
    stands = {booking_id: (one.mark, one.reason) for booking_id, one in before.items()}
    changed = [
        booking_id
        for booking_id, wanted in marks.items()
        if (found := stands.get(booking_id, NOT_MARKED)) not in (seen.get(booking_id, found), wanted)
    ]
    if changed:
        raise StaleEdit(booking_ids=changed)


async def _own(tx: Tx, meeting_id: UUID, by: Staff) -> MeetingListed:
    meeting = await agendas.one(tx, meeting_id)
    if meeting is None:
        raise NotFound(meeting_id=meeting_id)
    by.must(Right.MARK, meeting.agency_id)
    return meeting


async def _must_be_seated(tx: Tx, meeting: MeetingListed, booking_ids: Collection[UUID]) -> None:
    there = await expected.bookings_at(tx, meeting.meeting.id, meeting.meeting.session_id)
    for booking_id in booking_ids:
        if booking_id not in there:
            raise NotSeated(booking_id=booking_id, meeting_id=meeting.meeting.id)
