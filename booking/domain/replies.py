"""What a guest's calendar answered, held against what it was told."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from booking.domain.invitations import Partstat


class Taken(StrEnum):
    """What became of a reply; all but the first leave everything as it was. The last two are mails of ours that came
    back, or that a server still tries to deliver."""

    NOTED = "noted"
    KNOWN = "known"
    NOT_A_REPLY = "not-a-reply"
    UNKNOWN_INVITATION = "unknown-invitation"
    OTHER_ADDRESS = "other-address"
    OTHER_VERSION = "other-version"
    OVER = "over"
    CAME_BACK = "came-back"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Target:
    """Which invitation a reply speaks of: a meeting of a booking, or a row of somebody who leads."""

    id: UUID
    meeting_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarReply:
    """What the calendar of a job seeker said about one meeting of his booking."""

    booking_id: UUID
    meeting_id: UUID
    agency_id: UUID
    sequence: int
    stamp: str
    partstat: Partstat
    answered_at: datetime
    settled_at: datetime | None = None
    settled_by: UUID | None = None

    def is_newer_than(self, other: "CalendarReply | None") -> bool:
        """Whether it counts; mails arrive twice, and in any order."""
        if other is None:
            return True
        mine, others = (self.sequence, self.stamp), (other.sequence, other.stamp)
        return mine > others or (mine == others and self.partstat is not other.partstat)


def target_of(uid: str, domain: str) -> Target | None:
    """What an identifier of ours stands for; None for any other."""
    local, _, said = uid.rpartition("@")
    one, _, other = local.partition(".")
    try:
        return Target(UUID(one), UUID(other) if other else None) if said.lower() == domain.lower() else None
    except ValueError:
        return None
