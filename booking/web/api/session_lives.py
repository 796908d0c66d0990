"""The life of a session: one meeting and those that follow, extra seats, merging, holding it with few people."""

from uuid import UUID

from litestar import Controller, Response, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

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
    SessionFull,
    StaleEdit,
)
from booking.services import allowances, decisions, following, lookups, scheduling
from booking.web.api.conditions import IfMatch, etag, version_of
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call
from booking.web.api.session_life_views import AllowanceBody, MeetingChange, Merger
from booking.web.api.session_views import SessionView
from booking.web.api.sessions import TAGGED
from booking.web.errors import VersionMissing


class SessionLives(Controller):
    """What befalls a session that exists."""

    path = "/sessions"
    tags = ("sessions",)

    @put(
        "/{session_id:uuid}/meetings/{meeting_id:uuid}",
        summary="Change a meeting",
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
            PlaceTaken,
            Obstructed,
            reads_body=True,
        ),
    )
    async def change(
        self,
        session_id: FromPath[UUID],
        meeting_id: FromPath[UUID],
        data: JSONBody[MeetingChange],
        call: NamedDependency[Call],
        if_match: IfMatch = None,
    ) -> list[SessionView]:
        """Alone or with all that follow, all or nothing; answers the sessions that are other now."""
        changed = await following.change(
            call.db,
            session_id,
            meeting_id,
            data.wish(),
            version=version_of(if_match),
            by=call.staff,
            site=call.site,
            now=call.now,
        )
        return [SessionView.of(await lookups.session(call.db, one.id, by=call.staff)) for one in changed]

    @put(
        "/{session_id:uuid}/allowance",
        summary="Allow extra seats",
        responses=may_refuse(
            NotFound,
            NotAllowed,
            VersionMissing,
            StaleEdit,
            InvalidField,
            SessionEnded,
            CapacityBelowTaken,
            reads_body=True,
        ),
        response_headers=TAGGED,
    )
    async def allow(
        self,
        session_id: FromPath[UUID],
        data: JSONBody[AllowanceBody],
        call: NamedDependency[Call],
        if_match: IfMatch = None,
    ) -> Response[SessionView]:
        """New seats go to who waits."""
        version = version_of(if_match)
        await allowances.allow(
            call.db, session_id, data.extra, data.because, version=version, by=call.staff, now=call.now
        )
        return await _answer(call, session_id)

    @post(
        "/{session_id:uuid}/merger",
        summary="Merge into another session",
        status_code=200,
        responses=may_refuse(
            NotFound, NotAllowed, SessionEnded, SessionClosed, SessionFull, InvalidField, reads_body=True
        ),
        response_headers=TAGGED,
    )
    async def merge(
        self, session_id: FromPath[UUID], data: JSONBody[Merger], call: NamedDependency[Call]
    ) -> Response[SessionView]:
        """Everybody goes to the other session of the same workshop, which is answered; this one is cancelled."""
        because = data.because
        await scheduling.merge(
            call.db, session_id, data.into, because=because, by=call.staff, site=call.site, now=call.now
        )
        return await _answer(call, data.into)

    @put(
        "/{session_id:uuid}/confirmation",
        summary="Hold a session with few people",
        responses=may_refuse(NotFound, NotAllowed, SessionClosed),
        response_headers=TAGGED,
    )
    async def confirm(self, session_id: FromPath[UUID], call: NamedDependency[Call]) -> Response[SessionView]:
        """It awaits no decision any more."""
        await decisions.hold_anyway(call.db, session_id, by=call.staff, now=call.now)
        return await _answer(call, session_id)


async def _answer(call: Call, session_id: UUID) -> Response[SessionView]:
    listed = await lookups.session(call.db, session_id, by=call.staff)
    return Response(SessionView.of(listed), headers={"ETag": etag(listed.session.version)})
