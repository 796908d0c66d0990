"""Agencies and their rooms: opening one, listing them, finding the rooms and the people who lead."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from booking.domain.agencies import Agency, Phase
from booking.domain.rooms import Room
from booking.domain.staff import Staff
from booking.storage import agencies, audit, staff
from booking.storage.database import Database


async def open_agency(db: Database, agency: Agency, rooms: Sequence[Room], *, now: datetime) -> None:
    """Write an agency with its rooms; for operators, who may do everything. Raises :class:`NameTaken`."""
    async with db.transaction() as tx:
        await agencies.add(tx, agency, now)
        for room in rooms:
            await agencies.add_room(tx, room)
        await audit.record(tx, None, "opened", "agency", agency.id, now, agency.id)


async def every(db: Database) -> list[Agency]:
    """All agencies by name."""
    async with db.reading() as tx:
        return await agencies.every(tx)


async def own(db: Database, *, by: Staff) -> list[Agency]:
    """The agencies within somebody's sight, by name."""
    if by.is_network_wide:
        return await every(db)
    async with db.reading() as tx:
        return sorted(await agencies.some(tx, by.agency_ids), key=lambda agency: agency.name)


async def phases(db: Database) -> dict[Phase, int]:
    """How many agencies there are in each phase."""
    async with db.reading() as tx:
        return await agencies.phases(tx)


async def rooms(db: Database, agency_ids: Collection[UUID]) -> list[Room]:
    """The rooms of these agencies by name."""
    async with db.reading() as tx:
        return await agencies.rooms_of(tx, list(agency_ids))


async def facilitators(db: Database, agency_ids: Collection[UUID], *, now: datetime) -> list[tuple[UUID, str, UUID]]:
    """Who may lead a meeting in these agencies: id, name, agency; by name."""
    async with db.reading() as tx:
        return await staff.facilitators(tx, agency_ids, now)
