"""``/metrics``: figures for Prometheus, about the installation and this process, and never about people."""

import hmac
from datetime import datetime

from litestar import Response, get
from litestar.di import NamedDependency
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from booking.domain.errors import NotFound
from booking.domain.safety import HERE
from booking.storage.constraints import Unavailable
from booking.storage.database import Database
from booking.web.metric_families import Figures
from booking.web.security import AnyRequest

FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


@get("/metrics", include_in_schema=False)
async def metrics(
    request: AnyRequest, db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Response[bytes]:
    """The figures, for this machine or whoever has the token; :class:`NotFound` for anybody else.

    Without the database the figures of this process are told all the same.
    """
    if not _may_read(request):
        raise NotFound
    try:
        survey = await request.app.state["surveyor"].look(db, now)
    except Unavailable:
        survey = None
    return Response(generate_latest(Figures(survey, now)), headers={"content-type": CONTENT_TYPE_PLAIN_0_0_4})  # type: ignore[arg-type]


def _may_read(request: AnyRequest) -> bool:
    """By token; or from this machine, if no web server in front speaks for somebody else."""
    token = request.app.state.get("metrics_token")
    said = request.headers.get("authorization", "")
    if token and hmac.compare_digest(said.encode(), f"Bearer {token}".encode()):
        return True
    is_passed_on = any(name in request.headers for name in FORWARDED)
    client = request.client.host if request.client else "-"
    return not is_passed_on and client in HERE and (request.url.hostname or "-") in HERE


METRICS = [metrics]
