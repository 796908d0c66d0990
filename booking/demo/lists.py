"""A list that an agency has brought in: two new people, one who looks known, and a row to mend."""

from datetime import datetime

from booking.demo.world import DemoWorld
from booking.domain.imports import ListKind
from booking.domain.sites import Site
from booking.services import bringing_in

HEAD = "Identifiant;Nom;Prénom;Téléphone;Année de naissance"
NEW = ("7700412K;Delaunay-Roux;Séverin;06 39 98 77 01;1984", "7700413L;Okonjo;Blessing;06 39 98 77 02;1991")
TO_MEND = "7700414M;Vasseur;;06 39 98;1979"


async def bring_in(world: DemoWorld, site: Site, now: datetime) -> None:
    """Written as the manager would, so that the page shows what is asked."""
    agency = world.agencies[0]
    known = next(person for person in world.people if person.agency_id == agency.id)
    alike = f";{known.last_name.upper()};{known.first_name};;"
    content = "\n".join([HEAD, *NEW, alike, TO_MEND]).encode()
    told = {"by": world.manager_of(agency.id), "now": now}
    sent = await bringing_in.send(world.db, agency.id, ListKind.PEOPLE, "accueil-novembre.csv", content, **told)
    await bringing_in.begin(world.db, sent.id, None, is_dry_run=False, site=site, **told)
