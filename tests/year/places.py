"""Twenty invented agencies with all who work there, three workshops, and a partner to send people to."""

from dataclasses import dataclass
from datetime import datetime

from booking.domain.agencies import Agency, Phase
from booking.domain.identifiers import new_id
from booking.domain.partner_terms import Service
from booking.domain.partners import Partner
from booking.domain.rooms import Room
from booking.domain.staff import Role, Staff
from booking.domain.workshops import Audience, Workshop
from booking.storage import agencies, partners, staff, workshops
from booking.storage.database import Database, Tx
from tests.given import NO_PASSWORD

MAINLAND = {"department": "69", "time_zone": "Europe/Paris", "holiday_territory": "metropole", "commune": "Lyon"}
FAR = (
    {
        "department": "972",
        "time_zone": "America/Martinique",
        "holiday_territory": "martinique",
        "commune": "Le Lamentin",
    },
    {"department": "974", "time_zone": "Indian/Reunion", "holiday_territory": "reunion", "commune": "Saint-Paul"},
)
PILOTS = 6


@dataclass(frozen=True, slots=True)
class Place:
    """An agency, its room, and who acts there."""

    agency: Agency
    room: Room
    adviser: Staff
    facilitator: Staff
    manager: Staff


@dataclass(frozen=True, slots=True)
class Network:
    """Every agency, what is taught in them, and whom they send people to."""

    places: list[Place]
    single: Workshop
    cycle: Workshop
    training: Workshop
    partner: Partner


async def open_all(db: Database, number: int, at: datetime) -> Network:
    """So many agencies, opened at once; the first ones are pilots, the last two lie overseas."""
    single = Workshop(id=new_id(at), title="Internet", short_title="Internet", usual_capacity=6, created_at=at)
    cycle = Workshop(id=new_id(at), title="Premiers pas", short_title="Premiers pas", usual_capacity=8, created_at=at)
    training = Workshop(
        id=new_id(at),
        title="Repérage",
        short_title="Repérage",
        usual_capacity=8,
        created_at=at,
        audience=Audience.STAFF,
    )
    partner = Partner(id=new_id(at), name="Relais Solidaire", services=(Service.SOLIDARITY_PHONE,), created_at=at)
    async with db.transaction() as tx:
        places = [await _open(tx, n, number, at) for n in range(number)]
        for one in (single, cycle, training):
            await workshops.add(tx, one)
        await partners.add_all(tx, [partner])
    return Network(places, single, cycle, training, partner)


async def _open(tx: Tx, n: int, number: int, at: datetime) -> Place:
    where = FAR[n - number] if n >= number - len(FAR) and number > len(FAR) else MAINLAND
    name, phase = f"Agence {n + 1}", Phase.PILOT if n < PILOTS else Phase.OPEN
    agency = Agency(id=new_id(at), slug=f"agence-{n + 1}", name=name, phase=phase, **where)
    room = Room(id=new_id(at), agency_id=agency.id, name="Grande salle", seats=10, workstations=10)
    await agencies.add(tx, agency, at)
    await agencies.add_room(tx, room)
    hired = []
    for role in (Role.ADVISER, Role.FACILITATOR, Role.MANAGER):
        person = Staff(
            id=new_id(at), name=f"{role} {n}", sign_in_name=f"{role}-{n}", roles=frozenset({(agency.id, role)})
        )
        await staff.add(tx, person, NO_PASSWORD, at)
        hired.append(person)
    return Place(agency, room, *hired)
