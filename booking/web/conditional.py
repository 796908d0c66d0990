"""Answers that who has them already need not fetch again (RFC 9110, section 13): one tag, known before rendering."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from http import HTTPMethod

from litestar import Response

from booking.web.security import AnyRequest
from calendars.freshness import is_fresh

READ = [HTTPMethod.GET, HTTPMethod.HEAD]
CALENDAR = "text/calendar; charset=utf-8"
NOBODY = b"Agenda introuvable\n"
PLAIN = "text/plain; charset=utf-8"
# Anybody may keep it, but asks each time whether it still holds: what was cancelled must not be shown as it was.
PUBLIC = {"cache-control": "public, no-cache"}


@dataclass(frozen=True, slots=True)
class Kept:
    """By what a client tells whether what it kept still holds."""

    etag: str
    last_modified: datetime


async def answer(
    request: AnyRequest,
    kept: Kept,
    headers: Mapping[str, str],
    content_type: str,
    render: Callable[[], Awaitable[bytes]],
) -> Response[bytes]:
    """The whole, or 304 with the same headers: browsers put those of a 304 in the place of what they kept."""
    said = PUBLIC | headers | told(kept.etag, kept.last_modified) | {"content-type": content_type}
    if is_known(request, kept.etag, kept.last_modified):
        return Response(b"", status_code=304, headers=said)
    return Response(await render(), headers=said)


def told(etag: str, last_modified: datetime) -> dict[str, str]:
    """What a client may ask by the next time."""
    return {"etag": etag, "last-modified": format_datetime(last_modified, usegmt=True)}


def is_known(request: AnyRequest, etag: str, last_modified: datetime) -> bool:
    """Whether the client has it already; a condition may stand on several lines (RFC 9110, section 5.3)."""
    none_match = request.headers.getall("if-none-match", [])
    since = request.headers.get("if-modified-since")
    return is_fresh(",".join(none_match) if none_match else None, since, etag, last_modified)


def nobody(headers: Mapping[str, str]) -> Response[bytes]:
    """The same for a calendar that nobody has and for one that is not public."""
    return Response(NOBODY, status_code=404, headers={**PUBLIC, **headers, "content-type": PLAIN})
