"""A wait is a place in the line for the next seat of a workshop in any of some agencies."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

# After so many offers that came to nothing, somebody asks the person what he really wants.
MOST_OFFERS = 3


class WaitState(StrEnum):
    """``served`` by a seat, or ``left`` because it had become pointless."""

    WAITING = "waiting"
    SERVED = "served"
    LEFT = "left"


class Skip(StrEnum):
    """Why somebody who waits was passed over; he keeps his turn."""

    ELSEWHERE = "elsewhere"
    PREREQUISITE = "prerequisite"
    HAS_A_SEAT = "has_a_seat"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Who waits for the workshop; ``agency_ids`` are where he would go, ``agency_id`` is his own.

    ``priority`` comes before time (lower is first) and has its reason; ``offers`` counts those that came to nothing.
    """

    id: UUID
    workshop_id: UUID
    job_seeker_id: UUID
    agency_id: UUID
    agency_ids: tuple[UUID, ...]
    state: WaitState = WaitState.WAITING
    priority: int = 0
    priority_because: str | None = None
    waiting_since: datetime
    offers: int = 0
    overridden_because: str | None = None
    created_by: UUID
    created_at: datetime
    ended_at: datetime | None = None
    ended_because: str | None = None
