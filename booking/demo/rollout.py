"""The network grows: one agency that only sends people to others, and one that opens in three weeks."""

from dataclasses import replace
from datetime import datetime, timedelta

from booking.demo.places import OPENING_HOURS
from booking.demo.programme import HERE, ZONE
from booking.demo.world import DemoWorld
from booking.domain.agencies import Agency, Phase
from booking.domain.agency_settings import settings_of
from booking.domain.identifiers import new_id
from booking.domain.openings import Item
from booking.domain.phases import Becoming
from booking.domain.roles import Span
from booking.domain.rooms import Room
from booking.domain.staff import Role, Staff
from booking.services import agencies, agency_settings, openings, phases, roles
from calendars.zones import today

OPENS_IN = timedelta(weeks=3)


async def roll_out(world: DemoWorld, now: datetime) -> None:
    """Two more agencies, each with somebody who manages it."""
    at = world.begins_at
    agnes = next(one for one in world.staff if one.is_network_wide)
    sending = _agency("Villeurbanne Tonkin", "69", "69100", "Villeurbanne", (45.7772, 4.8689), at, hosts=False)
    opening = _agency("Échirolles Frange verte", "38", "38130", "Échirolles", (45.1452, 5.7181), at, phase=Phase.CLOSED)
    room = Room(
        id=new_id(at),
        agency_id=opening.id,
        name="Salle des Platanes",
        seats=10,
        workstations=8,
        opening_hours=OPENING_HOURS,
    )
    for agency, rooms in ((sending, []), (opening, [room])):
        await agencies.open_agency(world.db, agency, rooms, now=at)
    await _staff(world, sending, agnes, lucie=Role.MANAGER, bruno=Role.ADVISER)
    await _staff(world, opening, agnes, marion=Role.MANAGER, paul=Role.ADVISER)
    await _prepare(world, opening, agnes, now)


def _agency(
    name: str, department: str, postcode: str, commune: str, lies: tuple[float, float], at: datetime, **known: object
) -> Agency:
    usual = {"phase": Phase.OPEN, "phase_since": at} | known
    return Agency(
        id=new_id(at),
        slug=name.lower().replace(" ", "-").replace("é", "e"),
        name=f"Agence {name}",
        department=department,
        time_zone=ZONE,
        holiday_territory=HERE.holiday_territory,
        address="3 place des Essais",
        postcode=postcode,
        commune=commune,
        phone="3949",
        latitude=lies[0],
        longitude=lies[1],
        **usual,  # type: ignore[arg-type]
    )


async def _staff(world: DemoWorld, agency: Agency, agnes: Staff, **given: Role) -> None:
    for sign_in_name, role in given.items():
        await roles.give(world.db, agency.id, sign_in_name, role, Span(), by=agnes, now=world.begins_at)


async def _prepare(world: DemoWorld, agency: Agency, agnes: Staff, now: datetime) -> None:
    """Half of the list is done, and the day of the opening is said."""
    told = replace(settings_of(agency), directions="Tram A, arrêt Essarts. L’entrée est sous le porche.")
    await agency_settings.change(world.db, agency.id, told, by=agnes, now=now)
    why = "Les textes communs nous vont."
    await openings.leave_out(world.db, agency.id, Item.TEXTS, why, by=agnes, now=now)
    day = today(now, agency.time_zone) + OPENS_IN
    becoming = Becoming(phase=Phase.OPEN, hosts=True, because="Les travaux sont finis", due_on=day)
    await phases.change(world.db, agency.id, becoming, by=agnes, now=now)
