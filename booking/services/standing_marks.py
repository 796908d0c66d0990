"""How a roll stands at this moment: each mark, and whose hand gave it; what a device that kept a copy compares."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.attendance import Mark, Reason
from booking.domain.staff import Staff
from booking.services import attendance
from booking.storage import staff
from booking.storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is marked, by whom and when; nothing but None where nothing is."""

    mark: Mark | None = None
    reason: Reason | None = None
    by_name: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standings:
    """The marks of everybody expected at a meeting, by booking, and by which clock the meeting is held."""

    time_zone: str
    marks: dict[UUID, Standing]


async def of_meeting(db: Database, meeting_id: UUID, *, by: Staff) -> Standings:
    """How the roll of a meeting of one's agencies stands. Raises :class:`NotFound`, :class:`NotAllowed`."""
    roster = await attendance.roster(db, meeting_id, by=by)
    async with db.reading() as tx:
        names = await staff.named(tx, {line.attendance.marked_by for line in roster.lines if line.attendance})
    marks = {
        line.booking.id: Standing(
            mark=found.mark, reason=found.reason, by_name=names[found.marked_by], at=found.marked_at
        )
        if (found := line.attendance)
        else Standing()
        for line in roster.lines
    }
    return Standings(roster.meeting.time_zone, marks)
