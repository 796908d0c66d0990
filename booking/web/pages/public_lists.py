"""The next meetings of an agency on the site of a town: a page to frame, JSON Feed, Atom, and one session as a file."""

from datetime import datetime
from uuid import UUID

from litestar import Controller, Response, route
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.documents import atom, json_feeds
from booking.domain.errors import NotFound
from booking.domain.feed_links import FeedLinks
from booking.domain.sites import Site
from booking.services import public_lists, session_calendars
from booking.services.public_lists import PublicList
from booking.storage.database import Database
from booking.web.conditional import CALENDAR, PUBLIC, READ, Kept, answer, nobody
from booking.web.headers import SHARED
from booking.web.pages import embeds, list_options, list_words
from booking.web.pages.embeds import FRAMED, HTML
from booking.web.pages.list_options import Options
from booking.web.security import AnyRequest

# Scripts of any site may read what anybody may read; search engines keep the pages, not the files.
ANYWHERE = {"access-control-allow-origin": "*", "x-robots-tag": "noindex", **SHARED}
FILE = {"x-robots-tag": "noindex"}
WRITTEN = {
    "json": (json_feeds.json_feed, json_feeds.MEDIA_TYPE),
    "atom": (atom.atom, f"{atom.MEDIA_TYPE}; charset=utf-8"),
}


class PublicListPages(Controller):
    """For everybody, without a cookie; an agency that publishes nothing is not found."""

    path = "/agences/{slug:str}"

    @route("/prochains", http_method=READ)
    async def page(
        self,
        request: AnyRequest,
        db: NamedDependency[Database],
        site: NamedDependency[Site],
        now: NamedDependency[datetime],
        slug: FromPath[str],
    ) -> Response[bytes]:
        """A small page to frame."""
        options = list_options.read(request)
        try:
            shown = await public_lists.state(db, slug, now=now)
        except NotFound:
            gone = embeds.rendered(embeds.NOBODY, options.language, options=options)
            return Response(gone, status_code=404, headers={**PUBLIC, **FRAMED, "content-type": HTML})

        async def whole() -> bytes:
            return await _framed(db, shown, options, site)

        kept = Kept(shown.etag("html", site.url, options, embeds.print_of_template()), shown.last_modified)
        return await answer(request, kept, FRAMED, HTML, whole)

    @route("/prochains.json", http_method=READ)
    async def as_json(
        self,
        request: AnyRequest,
        db: NamedDependency[Database],
        site: NamedDependency[Site],
        now: NamedDependency[datetime],
        slug: FromPath[str],
    ) -> Response[bytes]:
        """The same for the scripts of a site (JSON Feed 1.1)."""
        return await _written(request, db, site, now, slug, "json")

    @route("/prochains.atom", http_method=READ)
    async def as_atom(
        self,
        request: AnyRequest,
        db: NamedDependency[Database],
        site: NamedDependency[Site],
        now: NamedDependency[datetime],
        slug: FromPath[str],
    ) -> Response[bytes]:
        """The same for readers of news (Atom, RFC 4287)."""
        return await _written(request, db, site, now, slug, "atom")

    @route("/sessions/{session_id:uuid}/ateliers.ics", http_method=READ)
    async def one(
        self,
        request: AnyRequest,
        db: NamedDependency[Database],
        site: NamedDependency[Site],
        now: NamedDependency[datetime],
        slug: FromPath[str],
        session_id: FromPath[UUID],
    ) -> Response[bytes]:
        """One session, to be put into one's calendar."""
        try:
            shown = await public_lists.state(db, slug, now=now)
            file = await session_calendars.for_everybody(db, shown, session_id, site=site, now=now)
        except NotFound:
            return nobody(FILE)

        async def whole() -> bytes:
            return file.content

        kept = Kept(shown.etag("session", session_id), shown.last_modified)
        headers = FILE | {"content-disposition": f'attachment; filename="{file.name}"'}
        return await answer(request, kept, headers, CALENDAR, whole)


async def _framed(db: Database, shown: PublicList, options: Options, site: Site) -> bytes:
    found = await public_lists.upcoming(db, shown, options.nombre, options.atelier)
    return embeds.rendered(
        embeds.TEMPLATE,
        options.language,
        agency=shown.agency,
        title=list_words.title(shown.agency, options.language),
        rows=list_words.rows(found, shown.agency, site, options.language),
        options=options,
        feed=FeedLinks.of_agency(site, shown.agency.slug),
        home=f"{site.url}/agences/{shown.agency.slug}",
    )


async def _written(
    request: AnyRequest, db: Database, site: Site, now: datetime, slug: str, ending: str
) -> Response[bytes]:
    options = list_options.read(request)
    try:
        shown = await public_lists.state(db, slug, now=now)
    except NotFound:
        return nobody(ANYWHERE)
    write, media_type = WRITTEN[ending]

    async def whole() -> bytes:
        found = await public_lists.upcoming(db, shown, options.nombre, options.atelier)
        said = list_words.rows(found, shown.agency, site, options.language)
        return write(list_words.feed(shown, said, options, site, ending))

    kept = Kept(shown.etag(ending, site.url, options.content_query), shown.last_modified)
    return await answer(request, kept, ANYWHERE, media_type, whole)
