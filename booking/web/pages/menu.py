"""All that somebody may open, on one page, in groups."""

from litestar import Controller, get
from litestar.di import NamedDependency

from booking.web.menus import everything
from booking.web.pages.visits import Visit
from booking.web.rendering import Page


class MenuPage(Controller):
    """For everybody who works here."""

    path = "/menu"

    @get()
    async def show(self, visit: NamedDependency[Visit]) -> Page:
        """What does not stand on top of every page stands here, too."""
        return visit.page("menu.html", sections=everything(visit.staff))
