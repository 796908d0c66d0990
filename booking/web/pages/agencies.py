"""What everybody may see: the agencies, their next sessions and their calendars."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from itertools import groupby

from babel import Locale
from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from booking.domain.agencies import Agency
from booking.domain.feed_links import FeedLinks
from booking.domain.job_seekers import folded
from booking.domain.sites import Site
from booking.language import ARABIC, NAMES, translate
from booking.services import feeds, public_lists, searches
from booking.storage.database import Database
from booking.storage.listings import Listed
from booking.web.pages import words
from booking.web.rendering import Page, language_of, page
from booking.web.security import AnyRequest
from calendars.zones import wall

MOST_LISTED = 60
MOST_SESSIONS = 40


class AgencyPages(Controller):
    """The public pages."""

    @get("/agences")
    async def choose(
        self, request: AnyRequest, db: NamedDependency[Database], site: NamedDependency[Site], q: FromQuery[str] = ""
    ) -> Page:
        """Agencies by name or town, each with its calendar."""
        found = _matching(await feeds.published(db), q)
        shown = [(agency, FeedLinks.of_agency(site, agency.slug)) for agency in found[:MOST_LISTED]]
        return page(request, site, "agencies/list.html", query=q, shown=shown, count=len(found), page_languages=NAMES)

    @get("/agences/{slug:str}")
    async def show(
        self,
        request: AnyRequest,
        db: NamedDependency[Database],
        site: NamedDependency[Site],
        now: NamedDependency[datetime],
        slug: FromPath[str],
    ) -> Page:
        """The next sessions of an agency, and how to subscribe to them."""
        agency = (await public_lists.state(db, slug, now=now)).agency
        wanted = {"agency_ids": [agency.id], "with_room": False, "opens_later": True, "most": MOST_SESSIONS}
        found = await searches.next_sessions(db, now=now, **wanted)  # type: ignore[arg-type]
        feed = FeedLinks.of_agency(site, agency.slug)
        language_name = partial(_language_name, language=language_of(request, NAMES))
        shown = {"agency": agency, "days": _by_day(found), "feed": feed, "language_name": language_name, "now": now}
        return page(request, site, "agencies/show.html", page_languages=NAMES, **shown)


def _matching(published: Sequence[Agency], said: str) -> list[Agency]:
    """The agencies whose name, town or postcode hold every word said, accents aside."""
    words = folded(said).split()
    texts = ((agency, folded(f"{agency.name} {agency.commune} {agency.postcode}")) for agency in published)
    return [agency for agency, text in texts if all(f" {word}" in f" {text}" for word in words)]


def _by_day(found: Sequence[Listed]) -> list[tuple[date, list[Listed]]]:
    dated = ((wall(listed.session.starts_at, listed.time_zone).date(), listed) for listed in found)
    return [(day, [listed for _, listed in those]) for day, those in groupby(dated, key=lambda pair: pair[0])]


def _language_name(code: str, *, language: str) -> str:
    """How a language in which one is helped is called in that of the page."""
    if language == ARABIC:
        return str(Locale(ARABIC).languages[code])
    return translate(language)(words.LANGUAGES[code])
