"""Help in plain words: for each task one short page, searched by what it says; for each role a guide to print."""

from datetime import datetime

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from booking.domain.sites import Site
from booking.domain.staff import Staff
from booking.language import translate
from booking.services import first_steps
from booking.storage.database import Database
from booking.web.errors import NotSignedIn, ScreenLocked
from booking.web.pages import help_guides as guides
from booking.web.pages import help_places as places
from booking.web.pages.help_topics import search
from booking.web.pages.visits import Answer, Visit, see, visit
from booking.web.rendering import Page, language_of, page
from booking.web.security import AnyRequest


class HelpPages(Controller):
    """For everybody, signed in or not: whoever cannot sign in needs help most."""

    path = "/aide"

    @get("/")
    async def every(
        self,
        request: AnyRequest,
        db: NamedDependency[Database],
        site: NamedDependency[Site],
        now: NamedDependency[datetime],
        q: FromQuery[str] = "",
    ) -> Page:
        """All the topics; or those that tell of what somebody asks for."""
        staff = await _reader(request, db, site, now)
        found = search(places.TOPICS, q, translate(language_of(request))) if q.strip() else {}
        shown = {"query": q, "found": found, "places": places, "guides": guides.GUIDES, "staff": staff}
        return page(request, site, "help/list.html", own=places.first_steps(staff) if staff else (), **shown)

    @get("/sur")
    async def about(self, page: FromQuery[str] = "") -> Redirect:
        """To what is told of this page of ours."""
        return see(places.about(page))

    @get("/{topic:str}")
    async def show(
        self,
        request: AnyRequest,
        db: NamedDependency[Database],
        site: NamedDependency[Site],
        now: NamedDependency[datetime],
        topic: FromPath[str],
    ) -> Page:
        """One of them."""
        if topic not in places.TOPICS:
            raise NotFoundException
        staff = await _reader(request, db, site, now)
        shown = {"slug": topic, "topic": places.TOPICS[topic], "places": places, "guides": guides, "staff": staff}
        return page(request, site, "help/topic.html", **shown)

    @get("/guides/{guide:str}")
    async def guide(
        self,
        request: AnyRequest,
        db: NamedDependency[Database],
        site: NamedDependency[Site],
        now: NamedDependency[datetime],
        guide: FromPath[str],
    ) -> Page:
        """The main topics of a role on two sheets, with pictures."""
        if guide not in guides.GUIDES:
            raise NotFoundException
        staff = await _reader(request, db, site, now)
        shown = {"guide": guides.GUIDES[guide], "places": places, "guides": guides, "staff": staff}
        return page(request, site, "help/guide.html", **shown)


class FirstStepPages(Controller):
    """The card of somebody's first visits: away, and there again."""

    @post("/aide/premiers-pas")
    async def decide(self, visit: NamedDependency[Visit]) -> Answer:
        """Put it away, or bring it back."""
        form = await visit.form()
        if form.get("faire") == "montrer":
            await first_steps.bring_back(visit.db, by=visit.staff)
            return see("/#premiers-pas")
        await first_steps.put_away(visit.db, by=visit.staff, now=visit.now)
        return see("/")


async def _reader(request: AnyRequest, db: Database, site: Site, now: datetime) -> Staff | None:
    """Whoever is signed in; nobody may read, too."""
    try:
        found: Visit = await visit(request, db, site, now)
    except (NotSignedIn, ScreenLocked):
        return None
    return found.staff
