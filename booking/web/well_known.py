"""Whom to tell of a weakness, where everybody looks for it (RFC 9116)."""

from datetime import datetime, timedelta
from http import HTTPMethod

from litestar import Response, route
from litestar.di import NamedDependency

from booking.domain.errors import NotFound
from booking.domain.sites import Site
from booking.web.headers import SHARED
from booking.web.security import AnyRequest

ADDRESS = "/.well-known/security.txt"
# Less than a year is asked for; what is made at each request is as fresh as the server.
HOLDS = timedelta(days=180)
# In media_type, Litestar would say the charset twice.
TOLD = {"content-type": "text/plain; charset=utf-8", "cache-control": "public, max-age=86400", **SHARED}


@route(ADDRESS, http_method=[HTTPMethod.GET, HTTPMethod.HEAD], include_in_schema=False)
async def security_txt(
    request: AnyRequest, site: NamedDependency[Site], now: NamedDependency[datetime]
) -> Response[bytes]:
    """The file, or not found where the operator named nobody. Raises :class:`NotFound`."""
    contact = request.app.state.get("security_contact")
    if not contact:
        raise NotFound
    return Response(written_for(contact, site, now).encode(), headers=TOLD)


def written_for(contact: str, site: Site, now: datetime) -> str:
    """The lines of the file, which say themselves until when they hold."""
    expires = (now + HOLDS).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = (
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: fr, en",
        f"Canonical: {site.url}{ADDRESS}",
    )
    return "\n".join(lines) + "\n"


WELL_KNOWN = [security_txt]
