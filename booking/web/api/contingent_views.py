"""What programs read and write of contingents."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from booking.domain.sessions import MOST_SEATS
from booking.services.contingents import Kept
from booking.web.api.instants import Instant, near


class ContingentBody(msgspec.Struct, forbid_unknown_fields=True):
    """How many seats, with those that people of the agency already have of it, and until when."""

    places: Annotated[int, msgspec.Meta(ge=1, le=MOST_SEATS)]
    until_at: Instant

    def __post_init__(self) -> None:
        self.until_at = near(self.until_at)


class ContingentView(msgspec.Struct):
    """What is kept for an agency; ``unused`` of its places are not taken yet."""

    agency_id: UUID
    agency: str
    places: int
    unused: int
    until_at: datetime

    @classmethod
    def of(cls, kept: Kept) -> "ContingentView":
        """The view of this contingent."""
        one = kept.contingent
        return cls(one.agency_id, kept.agency, one.seats, one.unused, one.until_at)
