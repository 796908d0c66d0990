"""Sessions: looking for a seat, planning, publishing, changing, cancelling."""

from datetime import datetime
from itertools import chain
from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from booking.domain.errors import (
    CapacityBelowTaken,
    InvalidField,
    InvalidSchedule,
    JobSeekerElsewhere,
    NotAllowed,
    NotFound,
    Obstructed,
    PlaceTaken,
    SessionClosed,
    SessionEnded,
    SessionNotDraft,
    StaleEdit,
    WorkshopArchived,
)
from booking.domain.sessions import SessionState
from booking.services import catalogues, lookups, scheduling
from booking.storage.listings import Listed
from booking.storage.wishes import Wanted
from booking.web.api.conditions import IfMatch, etag, version_of
from booking.web.api.instants import Instant, asked
from booking.web.api.paging import PAGED, Page
from booking.web.api.refusals import may_refuse, sends
from booking.web.api.requests import Call
from booking.web.api.session_views import (
    CancellationOfSession,
    SessionBody,
    SessionChange,
    SessionPage,
    SessionView,
)
from booking.web.errors import VersionMissing

Agency = Annotated[UUID | None, QueryParameter(description="Only in this agency.")]
WorkshopId = Annotated[UUID | None, QueryParameter(name="workshop", description="Only of this workshop.")]
From = Annotated[datetime | None, QueryParameter(name="from", description="Only those that start then or later.")]
Before = Annotated[datetime | None, QueryParameter(name="before", description="Only those that start earlier.")]
WithRoom = Annotated[bool, QueryParameter(description="Only open ones with a free seat.")]
State = Annotated[
    SessionState | None,
    QueryParameter(name="state", description="Only in this state, else all but drafts; those are for who plans there."),
]
PLANNING = (NotFound, NotAllowed, InvalidSchedule, InvalidField)
OBSTACLES = (PlaceTaken, Obstructed)
TAGGED = [sends("ETag", "The version of the session, for If-Match.")]
PLACED = [*TAGGED, sends("Location", "The address of the session.")]


def _answer(listed: Listed, status: int = 200) -> Response[SessionView]:
    headers = {"ETag": etag(listed.session.version)}
    if status == 201:
        headers["Location"] = f"/api/v1/sessions/{listed.session.id}"
    return Response(SessionView.of(listed), headers=headers, status_code=status)


class Sessions(Controller):
    """Sessions of every agency."""

    path = "/sessions"
    tags = ("sessions",)

    @get("/", summary="Look for sessions", responses=may_refuse(NotAllowed), dependencies=PAGED)
    async def find(
        self,
        page: NamedDependency[Page],
        call: NamedDependency[Call],
        agency: Agency = None,
        workshop: WorkshopId = None,
        starts_from: From = None,
        starts_before: Before = None,
        with_room: WithRoom = False,
        in_state: State = None,
    ) -> SessionPage:
        """By start, of any agency: a person may be booked anywhere."""
        wanted = Wanted(
            agency_ids=None if agency is None else [agency],
            workshop_id=workshop,
            states=None if in_state is None else [in_state],
            starts_from=asked("from", starts_from),
            starts_before=asked("before", starts_before),
            with_room=with_room,
            after=page.behind(tuple[Instant, UUID]),
            most=page.most,
        )
        found = await lookups.find_sessions(call.db, wanted, by=call.staff)
        shown = found[: page.limit]
        last = [(listed.session.starts_at, listed.session.id) for listed in shown[-1:]]
        return SessionPage([SessionView.of(listed) for listed in shown], page.following(found, *chain(*last)))

    @post(
        "/",
        summary="Plan a session",
        responses=may_refuse(
            NotFound, NotAllowed, InvalidSchedule, InvalidField, *OBSTACLES, WorkshopArchived, reads_body=True
        ),
        response_headers=PLACED,
    )
    async def plan(self, data: JSONBody[SessionBody], call: NamedDependency[Call]) -> Response[SessionView]:
        """A draft with one or several meetings; nobody else sees it before it is published."""
        made = await scheduling.plan(
            call.db,
            agency_id=data.agency_id,
            workshop_id=data.workshop_id,
            capacity=data.capacity,
            meetings=[meeting.plan() for meeting in data.meetings],
            overridden_because=data.overridden_because,
            conditions=data.conditions(),
            by=call.staff,
            now=call.now,
        )
        return _answer(await lookups.session(call.db, made.id, by=call.staff), 201)

    @get("/{session_id:uuid}", summary="One session", responses=may_refuse(NotFound), response_headers=TAGGED)
    async def show(self, session_id: FromPath[UUID], call: NamedDependency[Call]) -> Response[SessionView]:
        """With its meetings and how many seats are free now."""
        return _answer(await lookups.session(call.db, session_id, by=call.staff))

    @put(
        "/{session_id:uuid}",
        summary="Change capacity and meetings",
        responses=may_refuse(
            NotFound,
            NotAllowed,
            VersionMissing,
            StaleEdit,
            InvalidSchedule,
            InvalidField,
            SessionEnded,
            CapacityBelowTaken,
            JobSeekerElsewhere,
            *OBSTACLES,
            reads_body=True,
        ),
        response_headers=TAGGED,
    )
    async def change(
        self,
        session_id: FromPath[UUID],
        data: JSONBody[SessionChange],
        call: NamedDependency[Call],
        if_match: IfMatch = None,
    ) -> Response[SessionView]:
        """A meeting with its ``id`` is moved, one without is added, one left out is removed; whoever has a place is
        told of a move, and new seats go to who waits."""
        seen = (await lookups.session(call.db, session_id, by=call.staff)).session
        await scheduling.change(
            call.db,
            session_id,
            conditions=data.conditions(seen, await catalogues.show(call.db, seen.workshop_id)),
            capacity=data.capacity,
            meetings=[meeting.plan() for meeting in data.meetings],
            version=version_of(if_match),
            overridden_because=data.overridden_because,
            by=call.staff,
            site=call.site,
            now=call.now,
        )
        return _answer(await lookups.session(call.db, session_id, by=call.staff))

    @post(
        "/{session_id:uuid}/publication",
        summary="Publish a draft",
        status_code=200,
        responses=may_refuse(NotFound, NotAllowed, SessionNotDraft, InvalidSchedule, *OBSTACLES),
        response_headers=TAGGED,
    )
    async def publish(self, session_id: FromPath[UUID], call: NamedDependency[Call]) -> Response[SessionView]:
        """It takes bookings from now on, and subscribers see it."""
        await scheduling.publish(call.db, session_id, by=call.staff, site=call.site, now=call.now)
        return _answer(await lookups.session(call.db, session_id, by=call.staff))

    @post(
        "/{session_id:uuid}/cancellation",
        summary="Cancel a session",
        status_code=200,
        responses=may_refuse(NotFound, NotAllowed, SessionEnded, SessionClosed, InvalidField, reads_body=True),
        response_headers=TAGGED,
    )
    async def cancel(
        self, session_id: FromPath[UUID], data: JSONBody[CancellationOfSession], call: NamedDependency[Call]
    ) -> Response[SessionView]:
        """Everybody is told why, and moved or offered other dates where wished; of a cycle that has begun only what
        is to come is cancelled, and it is held."""
        wished = {"because": data.because, "then": data.then, "into": data.into}
        await scheduling.cancel(call.db, session_id, **wished, by=call.staff, site=call.site, now=call.now)  # type: ignore[arg-type]
        return _answer(await lookups.session(call.db, session_id, by=call.staff))
