"""The network: a map and a list of the agencies by phase, to look through and to take along."""

from typing import Any

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from markupsafe import Markup

from booking.documents.maps import Point, drawn
from booking.documents.network_lists import Line, csv_of
from booking.domain.agencies import Agency, Phase
from booking.domain.staff import Right
from booking.services import networks
from booking.services.networks import Branch, Network, Wanted
from booking.web.pages import opening_words, phase_words
from booking.web.pages.visits import Visit, see
from booking.web.rendering import Page

HOSTING = {"oui": True, "non": False}
LONGEST = 80
# As they stand under their boxes.
OVERSEAS = {
    "971": "Guadeloupe",
    "972": "Martinique",
    "973": "Guyane",
    "974": "La Réunion",
    "975": "St-Pierre-et-M.",
    "976": "Mayotte",
    "977": "St-Barthélemy",
    "978": "Saint-Martin",
    "986": "Wallis-et-F.",
    "987": "Polynésie",
    "988": "Nlle-Calédonie",
}


class NetworkPages(Controller):
    """For managers, administrators and auditors."""

    path = "/reseau"

    @get()
    async def show(self, visit: NamedDependency[Visit]) -> Page:
        """The map and the list."""
        wanted = _wanted(visit)
        network = await networks.show(visit.db, wanted, by=visit.staff, now=visit.now)
        return visit.page(
            "network/list.html",
            network=network,
            wanted=wanted,
            groups=[(phase, network.of(phase)) for phase in Phase],
            map=_map(visit, network),
            placeless=sum(one.agency.latitude is None for one in network.branches),
            words=phase_words,
            query=visit.request.url.query,
            hosting="" if wanted.hosts is None else "oui" if wanted.hosts else "non",
        )

    @get("/liste.csv")
    async def export(self, visit: NamedDependency[Visit]) -> Response[bytes]:
        """The same as a file for a spreadsheet."""
        network = await networks.show(visit.db, _wanted(visit), by=visit.staff, now=visit.now)
        headers = {"content-disposition": 'attachment; filename="reseau.csv"', "cache-control": "private, no-store"}
        content = csv_of(_line(visit, one) for one in network.branches).encode()
        return Response(content, media_type="text/csv; charset=utf-8", headers=headers)

    @get("/{slug:str}")
    async def open(self, visit: NamedDependency[Visit], slug: FromPath[str]) -> Redirect:
        """The page of an agency that whoever asks may look at. Raises :class:`NotFound`."""
        agency = await networks.find(visit.db, slug, by=visit.staff)
        is_mine = visit.staff.may(Right.PLAN, agency.id)
        return see(f"/agences/{agency.id}/ouverture" if is_mine else f"/agences/{slug}")


def _wanted(visit: Visit) -> Wanted:
    phase = visit.asked("etape")
    return Wanted(
        said=visit.asked("q")[:LONGEST],
        phase=Phase(phase) if phase in set(Phase) else None,
        hosts=HOSTING.get(visit.asked("accueil")),
        department=visit.asked("departement")[:3],
    )


def _map(visit: Visit, network: Network) -> Markup | None:
    """The map of those that have coordinates; None where there is none."""
    points = [_point(one.agency) for one in network.branches if one.agency.latitude is not None]
    if not points:
        return None
    text = ", ".join(f"{visit.say(said)} : {len(network.of(phase))}" for phase, said in phase_words.PHASES.items())
    # Every name in it was escaped where it was drawn.
    return Markup(drawn(points, visit.say("Carte des agences"), f"{text}. {visit.say('La liste dit la même chose.')}"))  # noqa: S704


def _point(agency: Agency) -> Point:
    is_sending = agency.phase is not Phase.CLOSED and not agency.hosts
    kind = "sends" if is_sending and agency.phase is Phase.OPEN else agency.phase.value
    box = f"{agency.department} {OVERSEAS[agency.department]}" if agency.department in OVERSEAS else ""
    return Point(agency.name, agency.latitude or 0, agency.longitude or 0, kind, box)


def _line(visit: Visit, one: Branch) -> Line:
    agency, say = one.agency, visit.say
    plan: Any = one.waiting
    return Line(
        code=agency.code or "",
        name=agency.name,
        department=agency.department,
        commune=agency.commune,
        phase=say(phase_words.PHASES[agency.phase]),
        hosts=say("oui") if agency.hosts else say("non"),
        due=f"{plan.due_on:%d/%m/%Y} : {say(phase_words.PHASES[plan.phase])}" if plan else "",
        sessions=one.seats.sessions,
        free=one.seats.free,
        taken=one.seats.taken,
        waiting=one.seats.waiting,
        rooms=one.rooms,
        trained=one.trained,
        ready=one.checklist.percent,
        missing=", ".join(say(opening_words.TITLES[item]) for item in one.checklist.missing),
    )
