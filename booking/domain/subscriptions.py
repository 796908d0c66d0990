"""Subscriptions: calendars that somebody follows, each by a secret link, in as much detail as its owner wants."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from booking.domain.fields import Problems

# Who has not looked for half a year will not miss it; a link that leaked meanwhile opens nothing any more.
UNUSED = timedelta(days=183)
# A calendar that suddenly answers an error is shown as broken, not as over: first it is told, in the calendar itself.
TOLD = timedelta(days=30)


class FeedKind(StrEnum):
    """Whose meetings a calendar shows."""

    AGENCY = "agency"
    ROOM = "room"
    WORKSHOP = "workshop"
    FACILITATOR = "facilitator"
    ADVISER = "adviser"
    NETWORK = "network"


class Detail(StrEnum):
    """How much of a meeting is shown: that there is one, its title, or title and place."""

    BUSY = "busy"
    TITLE = "title"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One calendar followed. ``scope_id`` is the agency, room, workshop or member of staff; None is the network.

    ``agency_id`` is where the owner must work as long as it lives (the agency, or that of the room); ``last_client``
    is the program that fetched it last, as people call it.
    """

    id: UUID
    owner_id: UUID
    kind: FeedKind
    scope_id: UUID | None
    agency_id: UUID | None
    name: str
    detail: Detail = Detail.PLACE
    hides_cancelled: bool = False
    created_at: datetime
    changed_at: datetime | None = None
    rotated_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None
    last_client: str | None = None

    def checked(self) -> "Subscription":
        """This subscription, if it has a name; raises :class:`InvalidField`."""
        problems = Problems()
        problems.text("name", self.name, longest=80)
        problems.refuse()
        return self

    def ended_at(self, owner_left_at: datetime | None, now: datetime) -> datetime | None:
        """Since when it is over: revoked, its owner gone, or unused for half a year; None while it lives."""
        unused_since = max(filter(None, (self.last_used_at, self.rotated_at, self.created_at))) + UNUSED
        ends = [end for end in (self.revoked_at, owner_left_at, unused_since) if end is not None and end <= now]
        return min(ends, default=None)
