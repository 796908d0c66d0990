"""For who looks after the site of a town: what to copy into it, and what it will look like."""

from datetime import datetime
from html import escape

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.feed_links import FeedLinks
from booking.domain.sites import Site
from booking.language import LANGUAGES, NAMES
from booking.services import public_lists
from booking.storage.database import Database
from booking.web.pages import list_options, list_words
from booking.web.pages.embeds import FRAMING
from booking.web.pages.list_options import Options
from booking.web.rendering import Page, page
from booking.web.security import AnyRequest

# Enough for a few meetings; of a longer list the frame shows the rest as one scrolls.
HEIGHT_AROUND, HEIGHT_OF_ONE, TALLEST = 150, 84, 640
FRAME = '<iframe src="{src}" title="{title}" width="100%" height="{height}" loading="lazy" style="border:0"></iframe>'
LINK = '<a href="{href}">{title}</a>'


class EmbeddingPages(Controller):
    """Public, like what it shows."""

    @get("/agences/{slug:str}/integrer")
    async def show(
        self,
        request: AnyRequest,
        db: NamedDependency[Database],
        site: NamedDependency[Site],
        now: NamedDependency[datetime],
        slug: FromPath[str],
    ) -> Page:
        """The choices, the lines to copy, and a preview."""
        shown = await public_lists.state(db, slug, now=now)
        options = list_options.read(request)
        agency, title = shown.agency, list_words.title(shown.agency, options.language)
        home = f"{site.url}/agences/{agency.slug}"
        address = f"{home}/prochains{options.query}"
        said = {
            "agency": agency,
            "options": options,
            "address": address,
            "preview": address.removeprefix(site.url),
            "frame_title": title,
            "height": height(options),
            "frame": FRAME.format(src=escape(address), title=escape(title), height=height(options)),
            "link": LINK.format(href=escape(home), title=escape(title)),
            "feed": FeedLinks.of_agency(site, agency.slug),
            "json": f"{home}/prochains.json{options.content_query}",
            "atom": f"{home}/prochains.atom{options.content_query}",
            "taught": await public_lists.taught(db, shown),
            "most": list_options.MOST,
            "colours": list_options.COLOUR_NAMES,
            "themes": list_options.THEMES,
            "names": {code: NAMES[code][0] for code in LANGUAGES},
        }
        made = page(request, site, "agencies/embedding.html", **said)
        made.headers.update(FRAMING)
        return made


def height(options: Options) -> int:
    """Of the frame, in pixels."""
    return min(HEIGHT_AROUND + HEIGHT_OF_ONE * options.nombre, TALLEST)
