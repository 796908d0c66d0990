"""Placing a person: choose who, choose when, hand over paper. Three actions, while the person sits there."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.agencies import Agency
from booking.domain.errors import NotFound, Refused
from booking.domain.job_seekers import JobSeeker
from booking.domain.staff import Right, Staff
from booking.domain.workshops import Audience
from booking.services import catalogues, job_seekers, looking, neighbours, prerequisites, recents, searches, waits
from booking.storage.listings import BookingListed
from booking.web.pages import contacts, words
from booking.web.pages.boards import Board, Group, Viewer, look, rows_of
from booking.web.pages.fits import recommend_again
from booking.web.pages.person_forms import blank, where_one_may_register
from booking.web.pages.seat_outcomes import outcome_of
from booking.web.pages.seat_searches import DISTANCES, Search, id_of
from booking.web.pages.visits import Visit
from booking.web.rendering import Page

PARTS = "x-parts"
DONE = {
    "attend": "La personne attend la prochaine place de cet atelier.",
    "renonce": "La personne n’attend plus.",
}


class PlacingPages(Controller):
    """The screen on which advisers spend their day."""

    path = "/placer"

    @get()
    async def look(self, visit: NamedDependency[Visit]) -> Page:
        """A person on the left, seats on the right."""
        return await placing_page(visit, Search.of(visit.request.query_params))

    @get("/ligne/{session_id:uuid}")
    async def line(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Page:
        """One row of the page as it is now, to put in the place of the one that is there."""
        visit.staff.must_somewhere(Right.BOOK)
        search = Search.of(visit.request.query_params)
        viewer = await _viewer(visit, search, await where_one_may_register(visit))
        listed = await searches.one(visit.db, session_id)
        if listed is None:
            raise NotFound(session_id=session_id)
        near = await neighbours.of_agency(visit.db, viewer.home) if viewer.home else []
        rows = await rows_of(visit.db, [listed], near, viewer)
        if viewer.person and visit.asked("best"):
            recommend_again(rows[0], viewer.person, viewer.catalogue, search.narrowed, visit.asked("best") == "first")
        outcome = await outcome_of(visit, search)
        board = Board(groups=[Group(rows=rows)], count=1, last_day=None, next="", neighbours=near)
        return _in_parts(visit.page("placing/line.html", **_around(search, viewer, board, outcome)))


async def placing_page(visit: Visit, search: Search, refusal: Refused | None = None, **shown: Any) -> Page:
    """The whole screen for a search; ``shown`` is what a form of a new person still holds.

    With ``X-Parts: 1`` in the request only what changes, each part to stand in the place of the one with its id.
    """
    visit.staff.must_somewhere(Right.BOOK)
    own = await where_one_may_register(visit)
    viewer = await _viewer(visit, search, own)
    outcome = await outcome_of(visit, search)
    board = await look(visit.db, search, viewer, outcome.confirmation.listed if outcome else None)
    around = _around(search, viewer, board, outcome) | {
        "found": await job_seekers.search(visit.db, search.query, by=visit.staff),
        "ahead": _ahead(viewer),
        "waiting": await waits.of_person(visit.db, viewer.person.id, by=visit.staff, now=visit.now)
        if viewer.person
        else [],
        "closed_ways": await contacts.ways_closed(visit, viewer.person) if viewer.person else [],
        "done": DONE.get(search.done),
        "agencies": [("", ""), *((str(agency.id), agency.name) for agency in own)],
        "said": blank(search.query),
        "alike": [],
        "tried": None,
        "is_part": _wants_parts(visit),
        # The same page whichever form led to it: its place in the navigation, and where a change of language leads.
        "path": PlacingPages.path,
        "here": search.href(done=search.done),
    }
    around |= shown
    page = visit.refused("placing.html", refusal, **around) if refusal else visit.page("placing.html", **around)
    return _in_parts(page) if _wants_parts(visit) else page


def _wants_parts(visit: Visit) -> bool:
    return visit.request.headers.get(PARTS) == "1"


def _in_parts(page: Page) -> Page:
    page.headers[PARTS] = "1"
    return page


def _around(search: Search, viewer: Viewer, board: Board, outcome: object) -> dict[str, Any]:
    """What a row of the page must know besides itself."""
    return {
        "search": search,
        "person": viewer.person,
        "outcome": outcome,
        "board": board,
        "workshops": viewer.catalogue,
        "titles": {str(workshop.id): workshop.title for workshop in viewer.catalogue},
        "hues": {workshop.id: workshop.colour for workshop in viewer.catalogue},
        "asked": viewer.asked,
        "distances": DISTANCES,
        "words": words,
    }


async def _viewer(visit: Visit, search: Search, own: Sequence[Agency]) -> Viewer:
    person = await _person(visit, search)
    history = await job_seekers.history(visit.db, person.id, by=visit.staff) if person else []
    return Viewer(
        home=person.agency_id if person else _home(visit.staff, own),
        person=person,
        places=[place for place in history if place.booking.is_active],
        asked=await prerequisites.of_person(visit.db, person.id, by=visit.staff) if person else {},
        catalogue=[w for w in await catalogues.every(visit.db) if w.audience is Audience.JOB_SEEKERS],
        now=visit.now,
    )


async def _person(visit: Visit, search: Search) -> JobSeeker | None:
    person_id = id_of(search.person)
    if not person_id:
        return None
    person = await looking.show(visit.db, person_id, by=visit.staff, now=visit.now, way="placing")
    await recents.opened(visit.db, person, by=visit.staff, now=visit.now)
    return person


def _home(staff: Staff, own: Sequence[Agency]) -> UUID | None:
    """From where one looks without a person: the own agency, if there is one."""
    return None if staff.is_network_wide or not own else own[0].id


def _ahead(viewer: Viewer) -> list[BookingListed]:
    """What the person still has before him, the next first."""
    return [place for place in reversed(viewer.places) if place.session.ends_at > viewer.now]
