"""What an agenda can be narrowed to: a room, a person, a workshop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.rooms import Room
from booking.storage import agencies, agendas, staff
from booking.storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What an agenda can be narrowed to; rooms and staff only of a single agency. Staff are id and name."""

    rooms: Sequence[Room] = ()
    staff: Sequence[tuple[UUID, str]] = ()
    workshops: Sequence[tuple[UUID, str]] = ()


async def of_agencies(db: Database, shown: Sequence[Agency], *, now: datetime) -> Choices:
    """What the agenda of these agencies can be narrowed to."""
    async with db.reading() as tx:
        titles = await agendas.workshop_titles(tx)
        if len(shown) != 1:
            return Choices(workshops=titles)
        leaders = await staff.facilitators(tx, [shown[0].id], now)
        return Choices(
            rooms=await agencies.rooms_of(tx, [shown[0].id]),
            staff=[(id, name) for id, name, _ in leaders],
            workshops=titles,
        )
