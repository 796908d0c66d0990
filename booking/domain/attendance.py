"""Presence: one mark for one booking at one meeting. A mark not given stays "not filled in"."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from booking.domain.errors import InvalidField, MeetingNotBegun
from calendars.zones import today


class Mark(StrEnum):
    """Who came, and how."""

    ATTENDED = "attended"
    LATE = "late"
    LEFT_EARLY = "left_early"
    EXCUSED = "excused"
    ABSENT = "absent"

    @property
    def is_present(self) -> bool:
        """Whether the person was there at least for a part."""
        return self in (Mark.ATTENDED, Mark.LATE, Mark.LEFT_EARLY)


class Reason(StrEnum):
    """Why an excused person was absent: a class, never a free text."""

    ILL = "ill"
    JOB = "job"
    TRAINING = "training"
    FAMILY = "family"
    TRANSPORT = "transport"
    OTHER = "other"


# What the employment service's partner interface calls each mark.
PARTNER_STATUS = {
    Mark.ATTENDED: "EFFECTUE",
    Mark.LATE: "EFFECTUE",
    Mark.LEFT_EARLY: "EFFECTUE",
    Mark.EXCUSED: "ABSENT_EXC",
    Mark.ABSENT: "ABSENT",
}


def made_within(made_at: datetime | None, opens_at: datetime, now: datetime) -> datetime:
    """When a mark was made, as a device without network says: never before the meeting's day, never in the future."""
    return min(max(made_at or now, opens_at), now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """What was marked, by whom and when it was made; when it was written is for the audit to say.

    It ``is_walk_in`` where the person came without a booking and was given a seat with the mark.
    """

    booking_id: UUID
    meeting_id: UUID
    mark: Mark
    reason: Reason | None = None
    marked_by: UUID
    marked_at: datetime
    is_walk_in: bool = False

    def checked(self, meeting_on: date, time_zone: str) -> "Attendance":
        """This mark, if it may be given: on the meeting's day or later, and a reason only for an excused absence."""
        if today(self.marked_at, time_zone) < meeting_on:
            raise MeetingNotBegun(meeting_id=self.meeting_id, meeting_on=meeting_on)
        if self.reason is not None and self.mark is not Mark.EXCUSED:
            raise InvalidField(fields={"reason": "only-when-excused"})
        return self
