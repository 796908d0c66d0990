"""A person's own page behind the link of a booking: without an account, without a script, on any phone."""

from typing import Any, ClassVar
from urllib.parse import quote

from litestar import Controller, Response, get, post, route
from litestar.datastructures import Cookie
from litestar.di import NamedDependency, Provide
from litestar.response import Redirect

from booking.domain.agencies import Agency
from booking.domain.codes import spaced
from booking.domain.errors import LinkOver, NotFound, Refused
from booking.domain.links import path_of
from booking.services import limits, own_calendars, own_pages
from booking.services.own_pages import OwnPage
from booking.web.conditional import READ
from booking.web.errors import words_of
from booking.web.forms import Form, read_linked_form
from booking.web.pages import deeds, own_ways, own_words, situations
from booking.web.pages.readers import Reader, language_cookie, reader
from booking.web.rendering import Page
from booking.web.security import address_of

A_YEAR = 365 * 86400
SECRET = {"referrer-policy": "no-referrer", "x-robots-tag": "noindex"}
# Inline: a phone opens it in its calendar, where an attachment would only be put among the files.
CALENDAR = {"content-type": "text/calendar; charset=utf-8", "content-disposition": 'inline; filename="atelier.ics"'}


class OwnPages(Controller):
    """What a person sees and says. Whoever has the address is the person."""

    path = "/p/{code:str}/{proof:str}"
    dependencies: ClassVar = {"reader": Provide(reader), "form": Provide(read_linked_form)}

    @get("/")
    async def show(self, reader: NamedDependency[Reader]) -> Response[Any]:
        """The booking; of one that was moved, the one that took its place."""
        try:
            own = await _found(reader)
        except (NotFound, LinkOver) as over:
            return _over(reader, over)
        there = path_of(own.booking, reader.site)
        if there != reader.path:
            return Redirect(there, status_code=303, headers=SECRET)
        return await _page(reader, own)

    @post("/")
    async def answer(self, reader: NamedDependency[Reader], form: NamedDependency[Form]) -> Response[Any]:
        """Do what a button says, and show what has become of it."""
        what = form.get("faire")
        try:
            own = await _found(reader)
        except (NotFound, LinkOver) as over:
            return _over(reader, over)
        try:
            if await own_ways.choose(reader, own, what):
                there = f"{path_of(own.booking, reader.site)}?etape={own_ways.STEP}&fait={what}#fait"
                return Redirect(there, status_code=303, headers=SECRET)
            said = await deeds.do(reader.db, own.booking, form, by=None, now=reader.now)
        except Refused as refusal:
            return await _page(reader, await _found(reader), refusal)
        return Redirect(f"{path_of(said, reader.site)}?fait={what}#fait", status_code=303, headers=SECRET)

    @route("/atelier.ics", http_method=READ)
    async def calendar(self, reader: NamedDependency[Reader]) -> Response[Any]:
        """The dates, for the calendar of a phone."""
        try:
            own = await _found(reader)
        except (NotFound, LinkOver) as over:
            return _over(reader, over)
        text = await own_calendars.calendar(reader.db, own, site=reader.site, now=reader.now)
        return Response(text, headers=SECRET | CALENDAR)


async def _found(reader: Reader) -> OwnPage:
    """Raises :class:`TooManyRequests` for an address that guesses."""
    try:
        return await own_pages.find(reader.db, reader.code, reader.proof, site=reader.site, now=reader.now)
    except NotFound:
        await limits.spend(reader.db, limits.WRONG_LINKS, address_of(reader.request), now=reader.now)
        raise


async def _page(reader: Reader, own: OwnPage, refusal: Refused | None = None) -> Page:
    situation = situations.of(own, reader.now)
    step = reader.asked("etape")
    step = step if situation in situations.STEPS or step == own_ways.STEP else ""
    language = reader.language(own.case.person.language)
    shown = situations.shown(own, situation, language, reader.now) | {
        "own": own,
        "step": step,
        "others": await own_pages.other_dates(reader.db, own, now=reader.now) if step == "date" else [],
        "ways": await own_ways.shown(reader, own) if step == own_ways.STEP else [],
        "done": own_words.DONE.get(reader.asked("fait")) if not refusal else None,
        "problem": situations.problem(refusal) if refusal else None,
        "map_address": _map(own.case.agency),
        "path": path_of(own.booking, reader.site),
        "code": spaced(own.booking.code),
    }
    status = words_of(refusal).status if refusal else 200
    return _kept(reader, reader.page("person/page.html", language, status=status, **shown))


def _over(reader: Reader, over: Refused) -> Page:
    """The same page for a link that is wrong and for one whose day is over."""
    return _kept(reader, reader.page("person/over.html", reader.language(), status=words_of(over).status))


def _kept(reader: Reader, page: Page) -> Page:
    """With the headers of a page whose address is a secret, and the language just chosen kept for these pages alone."""
    page.headers.update(SECRET)
    if wish := reader.wished_language:
        secure = reader.site.url.startswith("https:")
        kept = {"max_age": A_YEAR, "path": "/p", "samesite": "lax", "secure": secure, "httponly": True}
        page.cookies.append(Cookie(language_cookie(reader.site), value=wish, **kept))  # type: ignore[arg-type]
    return page


def _map(agency: Agency) -> str:
    """A map of anybody's: nothing is fetched before somebody opens it."""
    if agency.latitude is None or agency.longitude is None:
        return f"https://www.openstreetmap.org/search?query={quote(agency.place)}"
    where = f"{agency.latitude:.5f}/{agency.longitude:.5f}"
    return f"https://www.openstreetmap.org/?mlat={agency.latitude:.5f}&mlon={agency.longitude:.5f}#map=17/{where}"
