"""What a form of planning may choose from: agencies, rooms, facilitators, workshops."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.errors import NotFound
from booking.domain.rooms import Room
from booking.domain.staff import Right, Staff
from booking.domain.workshops import Workshop
from booking.storage import agencies, staff, workshops
from booking.storage.database import Database, Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """``agencies`` are those where one may plan; rooms and facilitators (id and name) are of the one chosen."""

    agencies: Sequence[Agency]
    agency: Agency
    workshops: Sequence[Workshop]
    rooms: Sequence[Room]
    facilitators: Sequence[tuple[UUID, str]]
    assistants: Sequence[tuple[UUID, str]]


async def of_planning(db: Database, agency_id: UUID | None, *, by: Staff, now: datetime) -> Choices:
    """What may be planned in this agency, or in the first of one's agencies.

    Raises :class:`NotAllowed`, :class:`NotFound` like every planning.
    """
    by.must_somewhere(Right.PLAN)
    async with db.reading() as tx:
        mine = await _where_one_may_plan(tx, by)
        chosen = _chosen(mine, agency_id, by)
        leaders = await staff.facilitators(tx, [chosen.id], now)
        return Choices(
            agencies=mine,
            agency=chosen,
            workshops=await workshops.every(tx),
            rooms=[room for room in await agencies.rooms_of(tx, [chosen.id]) if room.archived_at is None],
            facilitators=[(id, name) for id, name, _ in leaders],
            assistants=await staff.who_assist(tx, chosen.id, now),
        )


async def _where_one_may_plan(tx: Tx, by: Staff) -> list[Agency]:
    known = await agencies.every(tx) if by.is_network_wide else await agencies.some(tx, by.agency_ids)
    return sorted((agency for agency in known if by.may(Right.PLAN, agency.id)), key=lambda agency: agency.name)


def _chosen(mine: list[Agency], agency_id: UUID | None, by: Staff) -> Agency:
    if agency_id is not None:
        by.must(Right.PLAN, agency_id)
    for agency in mine:
        if agency_id in (None, agency.id):
            return agency
    raise NotFound(agency_id=agency_id)
