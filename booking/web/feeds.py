"""The door for calendars: an agency's public feed over HTTP, with conditional requests (RFC 9110, section 13)."""

from email.utils import format_datetime
from http import HTTPMethod

from litestar import Response, route
from litestar.params import FromPath

from booking.domain.errors import NotFound
from booking.services import feeds
from booking.web.security import AnyRequest
from calendars.freshness import is_fresh

CALENDAR = "text/calendar; charset=utf-8"
NOBODY = b"Agenda introuvable\n"
PLAIN = "text/plain; charset=utf-8"
ALWAYS = {"cache-control": "private, no-cache", "x-robots-tag": "noindex", "referrer-policy": "no-referrer"}
INLINE = {"content-disposition": 'inline; filename="ateliers.ics"'}


@route("/ical/agences/{slug:str}/ateliers.ics", http_method=[HTTPMethod.GET, HTTPMethod.HEAD], include_in_schema=False)
async def agency_feed(request: AnyRequest, slug: FromPath[str]) -> Response[bytes]:
    """The calendar of an agency, or 304 when the subscriber has it already."""
    # Taken here: to have them injected one by one costs as much as the rest of a 304.
    around = request.app.state
    db, site, now = around["db"], around["site"], around["clock"]()
    if not slug.isprintable():
        return _answer(404, NOBODY, PLAIN, {})
    try:
        state = await feeds.state(db, slug, now=now)
    except NotFound:
        return _answer(404, NOBODY, PLAIN, {})
    headers = {"etag": state.etag, "last-modified": format_datetime(state.last_modified, usegmt=True)}
    asked = request.headers
    if is_fresh(asked.get("if-none-match"), asked.get("if-modified-since"), state.etag, state.last_modified):
        return _answer(304, b"", CALENDAR, headers)
    return _answer(200, await feeds.text(db, state, site=site), CALENDAR, headers | INLINE)


def _answer(status: int, body: bytes, content_type: str, headers: dict[str, str]) -> Response[bytes]:
    # In media_type, Litestar would say the charset of text/calendar twice.
    return Response(body, status_code=status, headers=ALWAYS | headers | {"content-type": content_type})


FEEDS = [agency_feed]
