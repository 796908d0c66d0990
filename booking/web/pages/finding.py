"""Search everywhere, as a page and as the list under the field; and the keys that act on pages."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from booking.services import shortcuts
from booking.web.pages.hits import groups
from booking.web.pages.placing import PARTS
from booking.web.pages.visits import Visit, see
from booking.web.rendering import Page

LISTED, SHOWN = 5, 20
LONGEST = 100
KEYS = "/raccourcis"


class FindingPages(Controller):
    """For everybody who works here; each finds what he may see."""

    @get("/recherche")
    async def find(self, visit: NamedDependency[Visit]) -> Page:
        """What the words find; for a script the list alone."""
        said, is_list = visit.asked("q").strip()[:LONGEST], _wants_parts(visit)
        found = await groups(visit, said, LISTED if is_list else SHOWN)
        return _shown(visit, "finding/list.html" if is_list else "finding/page.html", said=said, groups=found)

    @get(KEYS)
    async def keys(self, visit: NamedDependency[Visit]) -> Page:
        """Which keys act on pages; for a script the card alone."""
        return _shown(visit, "finding/card.html" if _wants_parts(visit) else "finding/keys.html")

    @post(KEYS)
    async def switch(self, visit: NamedDependency[Visit]) -> Redirect:
        """Whether single keys act from now on, wherever one signs in."""
        form = await visit.form()
        await shortcuts.switch(visit.db, is_on=bool(form.get("on")), by=visit.staff)
        return see(f"{KEYS}?fait=oui")


def _wants_parts(visit: Visit) -> bool:
    return visit.request.headers.get(PARTS) == "1"


def _shown(visit: Visit, template: str, **shown: object) -> Page:
    page = visit.page(template, done=visit.asked("fait") == "oui", **shown)
    if _wants_parts(visit):
        page.headers[PARTS] = "1"
    return page
