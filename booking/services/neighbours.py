"""Where else somebody could go: the agencies around one's own, the nearest first."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from booking.domain.agencies import Agency, Phase, distance_km
from booking.storage import agencies
from booking.storage.database import Database

AROUND_KM = 30


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An agency and how far it is, in kilometres; infinitely far where nobody knows."""

    agency: Agency
    km: float


async def of_agency(db: Database, agency_id: UUID) -> list[Neighbour]:
    """Every agency that is not closed, from the nearest to the furthest, itself first. Raises :class:`NotFound`."""
    async with db.reading() as tx:
        here = await agencies.load(tx, agency_id)
        everywhere = await agencies.every(tx)
    there = [agency for agency in everywhere if agency.phase is not Phase.CLOSED and agency.id != here.id]
    found = [Neighbour(agency, distance_km(here, agency)) for agency in there]
    nearest = sorted(found, key=lambda n: (n.km, n.agency.department != here.department, n.agency.name))
    return [Neighbour(here, 0.0), *nearest]


def around(neighbours: Collection[Neighbour]) -> list[UUID]:
    """The agencies one can send a person to without a journey; where distances are unknown, those of the department."""
    here = next(iter(neighbours)).agency
    return [n.agency.id for n in neighbours if n.km <= AROUND_KM or _may_be_near(n, here)]


def _may_be_near(neighbour: Neighbour, here: Agency) -> bool:
    return neighbour.km == float("inf") and neighbour.agency.department == here.department


async def access(db: Database, agency_ids: Collection[UUID]) -> tuple[set[UUID], set[UUID]]:
    """The rooms of these agencies that a wheelchair reaches, and those with a hearing loop."""
    async with db.reading() as tx:
        rooms = await agencies.rooms_of(tx, list(agency_ids))
    step_free = {room.id for room in rooms if room.has_step_free_access}
    return step_free, {room.id for room in rooms if room.has_hearing_loop}
