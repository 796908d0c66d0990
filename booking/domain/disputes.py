"""A dispute: while it lasts, nothing of the person is erased, by nobody and by no clock."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.fields import Problems

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Why the data of a person must stay for now, who said so, and when that ended."""

    id: UUID
    job_seeker_id: UUID
    because: str
    since: datetime
    opened_by: UUID
    closed_at: datetime | None = None
    closed_by: UUID | None = None

    def checked(self) -> "Dispute":
        """This dispute, if its reason can stand; otherwise :class:`InvalidField`."""
        problems = Problems()
        problems.text("because", self.because, longest=LONGEST_REASON)
        problems.refuse()
        return self
