"""The roll of a meeting as whoever calls it may see it: names and what the room must know, never a phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.attendance import Mark, Reason
from booking.domain.bookings import ABSENCES
from booking.domain.errors import NotAllowed
from booking.domain.job_seekers import Need
from booking.domain.staff import Right, Staff
from booking.services import attendance
from booking.storage import audit, audit_lines, expected
from booking.storage.agendas import MeetingListed
from booking.storage.database import Database
from calendars.zones import midnight, today, wall


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Somebody expected. ``last_name`` is an initial for an assistant; who ``makes_up`` comes to this meeting only, and
    who ``is_walk_in`` leaves with his mark."""

    booking_id: UUID
    job_seeker_id: UUID
    first_name: str
    last_name: str
    needs: frozenset[Need]
    mark: Mark | None
    reason: Reason | None
    makes_up: bool = False
    has_left: bool = False
    is_walk_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """A meeting and who is expected, by name. ``others`` are the meetings of the same place on the same day."""

    meeting: MeetingListed
    expected: Sequence[Expected]
    others: Sequence[MeetingListed]
    has_full_names: bool

    @property
    def unmarked(self) -> list[Expected]:
        """Who is still to be marked."""
        return [person for person in self.expected if person.mark is None]

    def count(self, *marks: Mark) -> int:
        """How many have one of these marks."""
        return sum(person.mark in marks for person in self.expected)


async def call(db: Database, meeting_id: UUID, *, by: Staff) -> Roll:
    """The roll of a meeting of one's agencies. Raises :class:`NotFound`, :class:`NotAllowed`."""
    roster = await attendance.roster(db, meeting_id, by=by)
    full = knows_full_names(by, roster.meeting.agency_id)
    those = [
        Expected(
            booking_id=line.booking.id,
            job_seeker_id=line.booking.job_seeker_id,
            first_name=line.job_seeker.first_name,
            last_name=last_name_shown(line.job_seeker.last_name, full=full),
            needs=line.job_seeker.needs,
            mark=line.attendance.mark if line.attendance else None,
            reason=line.attendance.reason if line.attendance else None,
            makes_up=line.booking.only_meeting_id is not None,
            has_left=line.booking.cancelled_because == ABSENCES,
            is_walk_in=line.attendance is not None and line.attendance.is_walk_in,
        )
        for line in roster.lines
    ]
    others = await same_day(db, roster.meeting, by=by)
    return Roll(meeting=roster.meeting, expected=those, others=others, has_full_names=full)


async def note_look(db: Database, meeting_id: UUID, *, by: Staff, now: datetime) -> None:
    """Write down that somebody opened the roll of a meeting, or printed its sheet."""
    async with db.reading() as tx:
        agency_id = await audit_lines.agency_of_meeting(tx, meeting_id)
    await audit.saw(db, by, "meeting", meeting_id, now, agency_id)


async def sheet(db: Database, meeting_id: UUID, *, by: Staff) -> Roll:
    """The same, for the sheet that is signed; who knows only initials cannot print it (:class:`NotAllowed`)."""
    roll = await call(db, meeting_id, by=by)
    if not roll.has_full_names:
        raise NotAllowed(right=Right.MARK)
    return roll


async def same_day(db: Database, listed: MeetingListed, *, by: Staff) -> list[MeetingListed]:
    """The other meetings of the same session that day: a morning has its afternoon."""
    zone = listed.time_zone
    begins = midnight(wall(listed.meeting.starts_at, zone).date(), zone)
    found = await attendance.meetings_of_day(db, by=by, starts_from=begins)
    return [other for other in found if other.meeting.session_id == listed.meeting.session_id]


async def of_day(db: Database, *, by: Staff, starts_from: datetime, days: int = 1) -> list[MeetingListed]:
    """The meetings of a day in one's agencies, first those that one leads oneself."""
    found = await attendance.meetings_of_day(db, by=by, starts_from=starts_from, days=days)
    return sorted(found, key=lambda x: (x.meeting.facilitator_id != by.id, x.meeting.starts_at, x.meeting.id))


async def how_many(db: Database, those: Sequence[MeetingListed]) -> dict[UUID, int]:
    """How many people are expected at each of these meetings; one to which nobody comes is not named."""
    async with db.reading() as tx:
        return await expected.how_many(tx, [listed.meeting.id for listed in those])


def knows_full_names(by: Staff, agency_id: UUID) -> bool:
    """Whether any role held there is more than an assistant's."""
    return by.is_more_than_assistant_at(agency_id)


def has_come(listed: MeetingListed, now: datetime) -> bool:
    """Whether presence may be marked: the day of the meeting is here."""
    return today(now, listed.time_zone) >= wall(listed.meeting.starts_at, listed.time_zone).date()


def last_name_shown(last_name: str, *, full: bool) -> str:
    """The name, or for who only assists its initial."""
    return last_name if full else f"{last_name[:1]}."
