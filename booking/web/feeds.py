"""The door for calendars: feeds over HTTP, with conditional requests (RFC 9110, section 13)."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from litestar import Response, route
from litestar.params import FromPath

from booking.domain.clients import client_of
from booking.domain.errors import NotFound, SubscriptionOver
from booking.services import feeds, secret_links
from booking.services.feeds import FeedState
from booking.storage.database import Database
from booking.web.conditional import CALENDAR, NOBODY, PLAIN, READ, is_known, told
from booking.web.errors import words_of
from booking.web.security import AnyRequest

ALWAYS = {"cache-control": "private, no-cache", "x-robots-tag": "noindex", "referrer-policy": "no-referrer"}
INLINE = {"content-disposition": 'inline; filename="ateliers.ics"'}
State = Callable[[Database, datetime], Awaitable[FeedState]]


@route("/ical/agences/{slug:str}/ateliers.ics", http_method=READ, include_in_schema=False)
async def agency_feed(request: AnyRequest, slug: FromPath[str]) -> Response[bytes]:
    """The public calendar of an agency, or 304 when the subscriber has it already."""
    if not slug.isprintable():
        return _answer(404, NOBODY, PLAIN, {})
    return await _feed(request, lambda db, now: feeds.state(db, slug, now=now))


@route("/ical/{secret:str}/ateliers.ics", http_method=READ, include_in_schema=False)
async def followed_feed(request: AnyRequest, secret: FromPath[str]) -> Response[bytes]:
    """The calendar behind a secret link, or 304 when the subscriber has it already."""
    client = client_of(request.headers.get("user-agent"))
    return await _feed(request, lambda db, now: secret_links.follow(db, secret, client=client, now=now))


async def _feed(request: AnyRequest, state_of: State) -> Response[bytes]:
    # Taken here: to have them injected one by one costs as much as the rest of a 304.
    around = request.app.state
    db, now = around["db"], around["clock"]()
    try:
        state = await state_of(db, now)
    except NotFound:
        return _answer(404, NOBODY, PLAIN, {})
    except SubscriptionOver as over:
        words = words_of(over)
        return _answer(words.status, f"{words.title}\n".encode(), PLAIN, {})
    if is_known(request, state.etag, state.last_modified):
        return _answer(304, b"", CALENDAR, told(state.etag, state.last_modified))
    state, body = await _whole(around, state, state_of, now)
    return _answer(200, body, CALENDAR, told(state.etag, state.last_modified) | INLINE)


async def _whole(around: Any, state: FeedState, state_of: State, now: datetime) -> tuple[FeedState, bytes]:
    """The calendar with its own tag: read again where it changed between the tag and the last entry."""
    while (content := around["calendars"].get(state.content_tag)) is None:
        found = await feeds.content(around["db"], state)
        if found.is_current:
            around["calendars"].keep(state.content_tag, found)
            content = found
            break
        state = await state_of(around["db"], now)
    return state, feeds.written(state, content, site=around["site"])


def _answer(status: int, body: bytes, content_type: str, headers: dict[str, str]) -> Response[bytes]:
    # In media_type, Litestar would say the charset of text/calendar twice.
    return Response(body, status_code=status, headers=ALWAYS | headers | {"content-type": content_type})


FEEDS = [agency_feed, followed_feed]
