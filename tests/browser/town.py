"""The town that the browsers look at: the invented world, and one of each noun in its first agency."""

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path

from booking.demo.filling import PASSWORD
from booking.domain.agencies import Agency
from booking.domain.identifiers import new_id
from booking.domain.links import proof
from booking.domain.rooms import Room
from booking.domain.staff import Role, Staff
from booking.services.accounts import add_staff
from booking.services.password_links import write
from booking.storage import agencies, workshops
from booking.storage.database import Database
from booking.storage.opening import open_database
from tests.given import NOW, SITE, World, a_workshop, an_agency, in_days, meeting
from tests.given_demo import Filled
from tests.web.rights import ids_of

HOME = "grenoble-bastille"
# Who comes to whom there; nobody twice, so that no test waits for another.
PEOPLE = ("Aubert", "Bonnet", "Caron", "Denis", "Evrard", "Fabre", "Gautier", "Hamel", "Imbert", "Joly", "Klein")
CAST = (("Hugo", Role.ADVISER), ("Lila", Role.FACILITATOR), ("Claire", Role.MANAGER))


@dataclass(frozen=True)
class Town:
    """Where it is kept, and the ids in its addresses, by their names."""

    url: str
    ids: dict[str, str]
    people: dict[str, str]


def build(filled: Filled, folder: Path) -> Town:
    """A copy of the invented world, with more in it."""
    path = shutil.copy(filled.url.removeprefix("sqlite:///"), folder / "town.sqlite3")
    url = f"sqlite:///{path}"
    return asyncio.run(_peopled(url))


async def _peopled(url: str) -> Town:
    db = open_database(url)
    world = await _world(db)
    ids = await ids_of(world, world.manager)
    link = await write(db, "paul", site=SITE, now=NOW)
    assert link
    ids["secret"] = link.rsplit("/", 1)[1]
    said = {"first_name": "Camille", "email": "camille@example.org", "phone": "+33639981200"}
    people = {name: str((await world.job_seeker(name, **said)).id) for name in PEOPLE}
    ids |= await _one_seat(world) | await _to_be_changed(world)
    await db.close()
    return Town(url, ids, people)


async def _one_seat(world: World) -> dict[str, str]:
    """A workshop with a single seat, and a later date for whoever does not get it."""
    workshop = a_workshop("Photos sur téléphone")
    async with world.db.transaction() as tx:
        await workshops.add(tx, workshop)
    await world.session(meeting(in_days(9)), capacity=1, workshop_id=workshop.id)
    await world.session(meeting(in_days(16)), workshop_id=workshop.id)
    return {"wanted_workshop_id": str(workshop.id)}


async def _to_be_changed(world: World) -> dict[str, str]:
    """A session that is called off, one that is followed, and somebody who answers by his link."""
    called_off, awaited = await world.session(meeting(in_days(11))), await world.session(meeting(in_days(12)))
    followed = await world.session(meeting(in_days(10)))
    await world.booked(called_off)
    links = {}
    for name in ("own_link", "heard_link"):
        own = await world.booked(awaited)
        links[name] = f"/p/{own.code}/{proof(own, SITE)}"
    return links | {"called_off_session_id": str(called_off.id), "followed_session_id": str(followed.id)}


async def _world(db: Database) -> World:
    """One more agency, with people whom tests of pages know; who plans there also plans in the invented world."""
    async with db.reading() as tx:
        older = await agencies.by_slug(tx, HOME)
        workshop = next(one for one in await workshops.every(tx) if one.short_title == "Souris/clavier")
    agency = an_agency("Grenoble Vigny")
    room = Room(id=new_id(NOW), agency_id=agency.id, name="Vercors", seats=12, workstations=10)
    async with db.transaction() as tx:
        await agencies.add(tx, agency, NOW)
        await agencies.add_room(tx, room)
    assert older
    cast = [
        await _hired(db, name, role, *places)
        for (name, role), places in zip(CAST, ((agency,), (agency,), (agency, older)), strict=True)
    ]
    return World(db, agency, room, workshop, *cast)


async def _hired(db: Database, name: str, role: Role, *places: Agency) -> Staff:
    said = {"name": f"{name} Vial", "sign_in_name": name.lower(), "password": PASSWORD}
    return await add_staff(db, **said, roles=[(place.id, role) for place in places], now=NOW)  # type: ignore[arg-type]
