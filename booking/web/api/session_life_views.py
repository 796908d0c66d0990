"""What programs write of the life of a session."""

from typing import Annotated
from uuid import UUID

import msgspec

from booking.services.allowances import MOST_EXTRA
from booking.services.following import Wish
from booking.web.api.instants import Instant, near
from booking.web.api.session_views import Capacity


class MeetingChange(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A meeting as it shall be, and the capacity of its session. With ``following`` the later meetings move by as many
    days and hours, and the later sessions of the series get the same hours, room, facilitator and capacity."""

    starts_at: Instant
    ends_at: Instant
    room_id: UUID | None = None
    facilitator_id: UUID | None = None
    capacity: Capacity
    following: bool = False
    overridden_because: str = ""

    def __post_init__(self) -> None:
        self.starts_at, self.ends_at = near(self.starts_at), near(self.ends_at)

    def wish(self) -> Wish:
        """What this asks for."""
        said = msgspec.structs.asdict(self)
        return Wish(is_following=said.pop("following"), **said)


class AllowanceBody(msgspec.Struct, forbid_unknown_fields=True):
    """How many people more than the capacity, none with 0, and why: it is kept with your name."""

    extra: Annotated[int, msgspec.Meta(ge=0, le=MOST_EXTRA)]
    because: str


class Merger(msgspec.Struct, forbid_unknown_fields=True):
    """The session into which everybody goes, and why: told to everybody, at most 200 characters."""

    into: UUID
    because: str
