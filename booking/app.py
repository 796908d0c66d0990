"""The roof: everything put together, here and nowhere else."""

from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import datetime
from typing import Any

import structlog
from litestar import Litestar, Response
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException, InternalServerException

from booking import __version__
from booking.delivery.issuers import Issuers
from booking.domain.job_seekers import Channel
from booking.domain.sign_ins import Terms
from booking.domain.sites import Site
from booking.services.calendar_copies import Copier
from booking.services.kept_contents import KeptContents
from booking.services.limits import Purses
from booking.services.news import News
from booking.services.surveying import Surveyor
from booking.storage.database import Database
from booking.web.api import API
from booking.web.api.documentation import described
from booking.web.errors import MalformedBody, NotSignedIn, ScreenLocked, words_of
from booking.web.feeds import FEEDS
from booking.web.headers import add_headers
from booking.web.health import HEALTH
from booking.web.metrics import METRICS
from booking.web.origins import note_origin
from booking.web.own_files import OWN_FILES
from booking.web.pages import PAGES
from booking.web.pages.ways_in import who_are_you
from booking.web.problems import problem
from booking.web.rendering import refusal_page
from booking.web.returns import RETURNS
from booking.web.security import AnyRequest, clock
from booking.web.tracing import reference
from booking.web.well_known import WELL_KNOWN

LARGEST_BODY = 64 * 1024
# What the web framework says of a request that ends before its body does.
CUT_OFF = "client disconnected prematurely"
USUAL_TERMS = Terms()
log = structlog.get_logger()

Beside = Callable[[Database], AbstractAsyncContextManager[Any]]


def create_app(
    open_database: Callable[[], Database],
    site: Site,
    beside: Beside | None = None,
    machines: Collection[Channel] = (),
    clock: Callable[[], datetime] = clock,
    has_local_receivers: bool = False,
    security_contact: str | None = None,
    terms: Terms = USUAL_TERMS,
    issuers: Issuers | None = None,
    metrics_token: str | None = None,
) -> Litestar:
    """The whole product behind one address; ``beside`` runs as long as the server does (the clock's jobs).

    ``machines`` are the channels by which messages leave without anybody's hand; with ``has_local_receivers`` webhooks
    may go to this machine, too. ``terms`` and ``issuers`` (providers of identities) are those of signing in. Who says
    the ``metrics_token`` reads ``/metrics``; without one only this machine may.
    """
    known: dict[str, Any] = {"site": site, "clock": clock, "terms": terms, "issuers": issuers or Issuers()}
    known |= {"machines": frozenset(machines), "has_local_receivers": has_local_receivers}
    known |= {"security_contact": security_contact, "metrics_token": metrics_token}
    known |= {"purses": Purses(), "copier": Copier.usual(are_local=has_local_receivers)}
    return Litestar(
        route_handlers=[*PAGES, API, *FEEDS, *RETURNS, *HEALTH, *METRICS, *WELL_KNOWN, *OWN_FILES],
        dependencies=_given(clock),
        state=State(known),
        lifespan=[_lifespan(open_database, beside or nullcontext)],
        before_send=[add_headers],
        before_request=note_origin,
        exception_handlers={Exception: _answer_error},
        openapi_config=described(__version__),
        request_max_body_size=LARGEST_BODY,
        debug=False,
        logging_config=None,
    )


def _given(clock: Callable[[], datetime]) -> dict[str, Provide]:
    """What every door may ask for."""
    return {
        "db": Provide(_db, sync_to_thread=False),
        "site": Provide(_site, sync_to_thread=False),
        "now": Provide(clock, sync_to_thread=False, use_cache=False),
    }


def _lifespan(
    open_database: Callable[[], Database], beside: Beside
) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    """What is open as long as the server runs."""

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        app.state["db"] = open_database()
        app.state["news"] = News(app.state["db"], app.state["clock"])
        app.state["calendars"] = KeptContents()
        app.state["surveyor"] = Surveyor()
        async with beside(app.state["db"]):
            yield
        app.state["news"].close()
        await app.state["db"].close()

    return lifespan


def _db(state: State) -> Database:
    return state["db"]  # type: ignore[no-any-return]


def _site(state: State) -> Site:
    return state["site"]  # type: ignore[no-any-return]


def _is_cut_off(error: Exception) -> bool:
    """Whether who asked has gone in the middle of his request; the web framework calls that a fault of the server."""
    return isinstance(error, InternalServerException) and error.detail == CUT_OFF


def _answer_error(request: AnyRequest, error: Exception) -> Response[Any]:
    """An error as whoever asked can read it: a problem for programs, a page for people; the log has its reference."""
    error = MalformedBody() if _is_cut_off(error) else error
    drawn = reference()
    status = error.status_code if isinstance(error, HTTPException) else words_of(error).status
    if status >= 500:
        log.error("request failed", reference=drawn, path=request.scope.get("path_template"), exc_info=error)
    if request.url.path.startswith(("/api", "/health", "/ical", "/retours")):
        return problem(request, error, drawn)
    if isinstance(error, NotSignedIn | ScreenLocked):
        return who_are_you(request, request.app.state["site"], error)
    return refusal_page(request, request.app.state["site"], error, drawn)
