"""Where else somebody could go, asked inside a transaction and once for all the people of an agency."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from booking.services import searches
from booking.storage.database import Tx
from booking.storage.listings import Listed


@dataclass(slots=True)
class Alternatives:
    """The other sessions of a workshop, nearest first, kept for as long as one use case lasts."""

    refused: Listed
    now: datetime
    _nearest: dict[UUID, list[Listed]] = field(default_factory=dict)

    async def of(self, tx: Tx, job_seeker_id: UUID, agency_id: UUID) -> list[dict[str, Any]]:
        """Up to three that this person could attend, as a message remembers them."""
        if agency_id not in self._nearest:
            self._nearest[agency_id] = await searches.nearest(tx, self.refused, agency_id, self.now)
        possible = await searches.first_possible(tx, self._nearest[agency_id], job_seeker_id, self.now)
        return [remembered(x) for x in possible]


def remembered(listed: Listed) -> dict[str, Any]:
    """A session as a message remembers it."""
    return {
        "session_id": str(listed.session.id),
        "starts_at": listed.session.starts_at.isoformat(),
        "zone": listed.time_zone,
        "agency": listed.agency_name,
    }
