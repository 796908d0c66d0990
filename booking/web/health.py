"""Whether the product is well, for whoever watches over it; nothing here names a person or tells an error's inside."""

from datetime import datetime
from http import HTTPMethod
from typing import Any

from litestar import Response, route
from litestar.di import NamedDependency

from booking.domain.job_seekers import Channel
from booking.services import readiness, ticking
from booking.services.providers import Provider
from booking.services.ticking import Health
from booking.storage.constraints import Unavailable
from booking.storage.database import Database
from booking.web.security import AnyRequest

LOOKED_AT = [HTTPMethod.GET, HTTPMethod.HEAD]
Answer = Response[dict[str, Any]]


@route("/health/live", http_method=LOOKED_AT, include_in_schema=False)
async def live() -> Answer:
    """This process answers, whatever became of the database."""
    return Response({"status": "ok"})


@route("/health/ready", http_method=LOOKED_AT, include_in_schema=False)
async def ready(db: NamedDependency[Database]) -> Answer:
    """This process can serve; 503 says what is missing: ``database`` or ``schema``."""
    return _answer(await readiness.why_not(db))


@route("/health/jobs", http_method=LOOKED_AT, include_in_schema=False)
async def jobs(request: AnyRequest, db: NamedDependency[Database], now: NamedDependency[datetime]) -> Answer:
    """Every job runs and no message or invitation waits too long; 503 says which stopped, by whom
    nothing leaves, or since when one waits."""
    sends_mail = Channel.EMAIL in request.app.state["machines"]
    try:
        health = await ticking.health(db, now, sends_mail=sends_mail)
    except Unavailable:
        return _answer("database")
    ticks = {name: {"finished_at": tick.finished_at, "failed": bool(tick.error)} for name, tick in health.ticks.items()}
    told = {"jobs": ticks, "silent": health.silent, "overdue_since": health.overdue_since}
    stopped = {one.gate.name: _stopped(one) for one in health.stopped}
    return _answer(_why(health), **told, **({"providers": stopped} if stopped else {}))


def _why(health: Health) -> str | None:
    if health.is_well:
        return None
    if health.is_tampered:
        return "audit"
    return "jobs" if health.silent else "providers" if health.stopped else "messages"


def _stopped(one: Provider) -> dict[str, Any]:
    return {"trouble": one.gate.trouble or "full", "since": one.gate.failing_since}


def _answer(reason: str | None, **told: Any) -> Answer:
    if reason is None:
        return Response({"status": "ok", **told})
    return Response({"status": "not-ready", "reason": reason, **told}, status_code=503)


HEALTH = [live, ready, jobs]
