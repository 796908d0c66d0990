"""Sessions in the employment service's words: read by another program, and planned from its list."""

from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import QueryParameter
from litestar.status_codes import HTTP_200_OK

from booking.documents.session_lists import FORMATS
from booking.domain.errors import NotAllowed
from booking.domain.staff import Right
from booking.language import FRENCH, translate
from booking.services import session_exports
from booking.services.row_files import UnreadableFile
from booking.services.session_imports import Outcome, Result, import_sessions
from booking.web.api.instants import asked_day
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call, list_sent
from booking.web.errors import InvalidRequest, MalformedBody
from booking.web.import_words import remarks
from booking.web.security import AnyRequest
from booking.web.uploads import LARGEST_LIST
from calendars.zones import midnight

ZONE = "Europe/Paris"
First = Annotated[date, QueryParameter(name="from", description="The first day (in Europe/Paris).")]
Last = Annotated[date, QueryParameter(name="until", description="The last day, included.")]
AgencyId = Annotated[UUID | None, QueryParameter(name="agency", description="Only this agency; else one's own.")]
Format = Annotated[str, QueryParameter(name="format", description="`json` (an object for each meeting) or `csv`.")]
DryRun = Annotated[bool, QueryParameter(description="Try everything, write nothing.")]


# Written by hand, so the type of what is returned does not tell.
LISTED = {
    200: ResponseSpec(
        list[dict[str, Any]],
        description="The meetings; as text for `csv`",
        media_type="application/json",
        generate_examples=False,
    )
}


class ImportedSession(msgspec.Struct):
    """What became of one session of the list: its lines, and what is wrong with it (stable codes and sentences)."""

    lines: list[int]
    outcome: Outcome
    title: str
    session_id: UUID | None
    codes: list[str]
    messages: list[str]

    @classmethod
    def of(cls, result: Result, *, is_dry_run: bool) -> "ImportedSession":
        """The view of this result; what was not written now has no session to name."""
        is_new = result.outcome in (Outcome.PLANNED, Outcome.PUBLISHED) and not is_dry_run
        return cls(
            lines=list(result.lines),
            outcome=result.outcome,
            title=result.title,
            session_id=result.session.id if result.session and is_new else None,
            codes=[remark.code for remark in result.remarks],
            messages=list(remarks(result, translate(FRENCH))),
        )


class ImportReport(msgspec.Struct):
    """What became of a list: how many of each, and each session."""

    counts: dict[str, int]
    sessions: list[ImportedSession]


class SessionLists(Controller):
    """Lists of sessions for other programs."""

    path = "/session-lists"
    tags = ("sessions",)

    @get("/", summary="Sessions in the employment service's words", responses=may_refuse() | LISTED)
    async def export(
        self, call: NamedDependency[Call], first: First, last: Last, agency: AgencyId = None, kind: Format = "json"
    ) -> Response[bytes]:
        """A line for each meeting, without the name of any job seeker; drafts only where one plans."""
        if kind not in FORMATS:
            raise InvalidRequest(fields={"format": "unknown-choice"})
        if last < first:
            raise InvalidRequest(fields={"until": "ends-before-it-starts"})
        begins = midnight(asked_day("from", first), ZONE)
        ends = midnight(asked_day("until", last) + timedelta(days=1), ZONE)
        lines = await session_exports.lines(call.db, [agency] if agency else None, begins, ends, by=call.staff)
        write, media_type = FORMATS[kind]
        return Response(write(lines).encode(), media_type=media_type)

    @post(
        "/",
        summary="Plan sessions from a list",
        status_code=HTTP_200_OK,
        request_max_body_size=LARGEST_LIST,
        responses=may_refuse(NotAllowed, reads_body=True),
    )
    async def bring_in(self, request: AnyRequest, call: NamedDependency[Call], dry_run: DryRun = False) -> ImportReport:
        """The body is a CSV or a JSON list; each session is planned for itself, and bad ones are told by line."""
        call.staff.must_somewhere(Right.PLAN)
        content = await list_sent(request)
        found: list[ImportedSession] = []

        async def told(result: Result) -> None:
            found.append(ImportedSession.of(result, is_dry_run=dry_run))

        known = {"by": call.staff, "site": call.site, "now": call.now}
        try:
            await import_sessions(call.db, content, is_dry_run=dry_run, told=told, **known)
        except UnreadableFile as error:
            raise MalformedBody(why=error.why) from error
        outcomes = [session.outcome for session in found]
        return ImportReport({outcome.value: outcomes.count(outcome) for outcome in Outcome}, found)
