"""Presences, or the whole installation, as files by a program: asked for, looked at, fetched, deleted."""

from datetime import date, datetime
from uuid import UUID

import msgspec
from litestar import Controller, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody
from litestar.response import Stream

from booking.documents.presence_lists import TYPES
from booking.domain.errors import InvalidField, NotAllowed, NotFound, TooManyExports
from booking.domain.exports import Export, ExportState, Format, Scope
from booking.services import exports
from booking.web.api.refusals import may_refuse, sends
from booking.web.api.requests import Call

OWN = may_refuse(NotFound)
FILE = ResponseSpec(bytes, generate_examples=False, media_type=TYPES[Format.XLSX], description="XLSX, CSV or ZIP.")


class ExportBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One session, or the days of an agency; without both the days of the whole network, for its administrators.

    A facilitator gets the sessions that he leads.
    """

    session_id: UUID | None = None
    agency_id: UUID | None = None
    first_on: date | None = None
    last_on: date | None = None
    format: Format = Format.XLSX


class ExportView(msgspec.Struct, kw_only=True):
    """A file in the making; it is fetched once its state is ``done``, until it expires."""

    id: UUID
    agency_id: UUID | None
    session_id: UUID | None
    first_on: date | None
    last_on: date | None
    format: Format
    state: ExportState
    meetings_done: int
    meetings_total: int
    rows_done: int
    size: int
    created_at: datetime
    expires_at: datetime

    @classmethod
    def of(cls, export: Export) -> "ExportView":
        """The view of this export."""
        return cls(**{name: getattr(export, name) for name in cls.__struct_fields__})


class Exports(Controller):
    """Who was expected and who came, as CSV or XLSX; nobody finds what another one asked for."""

    path = "/exports"
    tags = ("attendance",)

    @get("/", summary="The files one asked for", responses=may_refuse())
    async def find(self, call: NamedDependency[Call]) -> list[ExportView]:
        """The latest first, for a day."""
        return [ExportView.of(one) for one in await exports.own(call.db, by=call.staff, now=call.now)]

    @post(
        "/",
        summary="Have presences put into a file",
        status_code=202,
        responses=may_refuse(NotFound, NotAllowed, InvalidField, TooManyExports, reads_body=True),
        response_headers=[sends("Location", "Where to look how far it is.")],
    )
    async def ask(self, data: JSONBody[ExportBody], call: NamedDependency[Call]) -> Response[ExportView]:
        """It is made within seconds or minutes, as long as it is."""
        scope = Scope(agency_id=data.agency_id, first_on=data.first_on, last_on=data.last_on)
        if data.session_id:
            scope = await exports.of_session(call.db, data.session_id, by=call.staff)
        asked = await exports.ask(call.db, scope, data.format, by=call.staff, now=call.now)
        return Response(ExportView.of(asked), headers={"Location": f"/api/v1/exports/{asked.id}"})

    @post(
        "/everything",
        summary="Have the whole installation copied",
        status_code=202,
        responses=may_refuse(NotAllowed, TooManyExports),
        response_headers=[sends("Location", "Where to look how far it is.")],
    )
    async def copy_everything(self, call: NamedDependency[Call]) -> Response[ExportView]:
        """A ZIP of open files with their description, without secrets; for administrators of the network."""
        asked = await exports.ask_everything(call.db, by=call.staff, now=call.now)
        return Response(ExportView.of(asked), headers={"Location": f"/api/v1/exports/{asked.id}"})

    @get("/{export_id:uuid}", summary="How far a file is", responses=OWN)
    async def show(self, export_id: FromPath[UUID], call: NamedDependency[Call]) -> ExportView:
        """One's own only."""
        return ExportView.of(await exports.show(call.db, export_id, by=call.staff, now=call.now))

    @get("/{export_id:uuid}/content", summary="The file", responses={**may_refuse(NotFound, NotAllowed), 200: FILE})
    async def content(self, export_id: FromPath[UUID], call: NamedDependency[Call]) -> Stream:
        """Not there before it is ready; refused to who may no longer see what is in it."""
        export, pieces = await exports.download(call.db, export_id, by=call.staff, now=call.now)
        name = f"export-{export.id}.{export.format.value}"
        headers = {"content-disposition": f'attachment; filename="{name}"', "content-length": str(export.size)}
        return Stream(pieces, media_type=TYPES[export.format], headers=headers)

    @delete("/{export_id:uuid}", summary="Give up or delete a file", responses=OWN)
    async def remove(self, export_id: FromPath[UUID], call: NamedDependency[Call]) -> None:
        """What is being made stops."""
        await exports.remove(call.db, export_id, by=call.staff, now=call.now)
