"""Sessions in a list, to do the same with several of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode

from litestar import Controller, get
from litestar.di import NamedDependency

from booking.domain.agencies import Agency
from booking.domain.batches import MOST_LINES, Deed
from booking.domain.sessions import SessionState
from booking.services import choices, lookups
from booking.storage.listings import Listed
from booking.storage.wishes import Wanted
from booking.web.pages import words
from booking.web.pages.dates import day_said
from booking.web.pages.seat_searches import id_of
from booking.web.pages.visits import Visit
from booking.web.rendering import Page
from calendars.zones import midnight, today

PAGE = 50
DEEDS = (Deed.PUBLISH, Deed.SHIFT, Deed.LEAD, Deed.RESIZE, Deed.COPY, Deed.CANCEL)
STATES = {"brouillon": SessionState.DRAFT, "ouverte": SessionState.OPEN}
FIELDS = {"agency": "agence", "workshop": "atelier", "state": "etat", "first": "du", "last": "au"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What was asked, as it was written."""

    agency: str = ""
    workshop: str = ""
    state: str = ""
    first: str = ""
    last: str = ""

    @property
    def query(self) -> str:
        """The same in an address."""
        return urlencode({said: value for name, said in FIELDS.items() if (value := getattr(self, name))})

    def wanted(self, agencies: Sequence[Agency], visit: Visit, most: int) -> Wanted:
        """The same for the lists; what cannot be read does not narrow it."""
        chosen = [one for one in agencies if one.slug == self.agency] or list(agencies)
        zone = chosen[0].time_zone
        last = day_said(self.last)
        return Wanted(
            agency_ids=[one.id for one in chosen],
            workshop_id=id_of(self.workshop),
            states=[STATES[self.state]] if self.state in STATES else list(STATES.values()),
            starts_from=midnight(day_said(self.first) or today(visit.now, zone), zone),
            starts_before=midnight(last + timedelta(days=1), zone) if last else None,
            most=most,
        )


class SeveralSessionsPages(Controller):
    """For who plans."""

    path = "/sessions/plusieurs"

    @get()
    async def show(self, visit: NamedDependency[Visit]) -> Page:
        """The sessions sought, with boxes to tick."""
        around = await choices.of_planning(visit.db, None, by=visit.staff, now=visit.now)
        search = Search(**{name: visit.asked(said) for name, said in FIELDS.items()})
        wanted = search.wanted(around.agencies, visit, MOST_LINES + 1)
        found = await lookups.find_sessions(visit.db, wanted, by=visit.staff)
        pages = max(1, -(-min(len(found), MOST_LINES) // PAGE))
        page = _page(visit.asked("page"), pages)
        first = (page - 1) * PAGE
        return visit.page(
            "sessions/several.html",
            search=search,
            choices=around,
            agencies=[("", visit.say("Toutes mes agences")), *((one.slug, one.name) for one in around.agencies)],
            workshops=[("", visit.say("Tous les ateliers")), *((one.id, one.title) for one in around.workshops)],
            found=found[first : first + PAGE],
            count=min(len(found), MOST_LINES),
            is_cut=len(found) > MOST_LINES,
            page=page,
            pages=pages,
            deeds=DEEDS,
            words=words,
        )


def read(query: str) -> Search:
    """The search of an address."""
    said = dict(parse_qsl(query))
    return Search(**{name: said.get(parameter, "") for name, parameter in FIELDS.items()})


async def find(visit: Visit, search: Search, most: int) -> Sequence[Listed]:
    """The sessions that fit, by start, where one plans. Raises :class:`NotAllowed`."""
    around = await choices.of_planning(visit.db, None, by=visit.staff, now=visit.now)
    return await lookups.find_sessions(visit.db, search.wanted(around.agencies, visit, most), by=visit.staff)


def _page(said: str, pages: int) -> int:
    return max(1, min(int(said), pages)) if said.isascii() and said.isdigit() and len(said) < 5 else 1
