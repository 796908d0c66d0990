"""Lists of people and of what was, brought in by a program: sent, tried or written, looked at, and answered."""

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import Controller, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from booking.domain.errors import (
    ImportUnderWay,
    InvalidField,
    NameTaken,
    NotAllowed,
    NotFound,
    StaleEdit,
    TooManyImports,
)
from booking.domain.imports import Import, ImportRow, ImportState, ListKind, RowOutcome, RowRemark
from booking.language import FRENCH, translate
from booking.services import bringing_in, set_aside
from booking.services.row_files import UnreadableFile
from booking.services.set_aside import Answer
from booking.web.api.refusals import may_refuse, sends
from booking.web.api.requests import Call
from booking.web.brought_words import sentence
from booking.web.errors import MalformedBody
from booking.web.uploads import LARGEST_LIST

OWN = may_refuse(NotFound, NotAllowed)


class ListBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A CSV with any delimiter, or a JSON list of objects, as text; ``people``, or ``history`` for what was."""

    agency_id: UUID
    kind: ListKind
    content: str
    file_name: str = ""


class RunBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Try it, or write it; ``columns`` tell by field which column holds it, where the guess is not right."""

    dry_run: bool = True
    columns: dict[str, str] | None = None
    version: int | None = None


class RowAnswerBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Who a row that was set aside is: ``same`` as this person, an ``other`` one, or ``leave`` it out."""

    answer: Answer
    job_seeker_id: UUID | None = None


class ImportView(msgspec.Struct, kw_only=True):
    """A list, how far it is, and by outcome how many rows; it is there until it expires."""

    id: UUID
    agency_id: UUID
    kind: ListKind
    file_name: str
    columns: dict[str, str]
    is_dry_run: bool
    state: ImportState
    rows_total: int
    rows_done: int
    counts: dict[str, int]
    trouble: str
    version: int
    created_at: datetime
    expires_at: datetime

    @classmethod
    def of(cls, one: Import) -> "ImportView":
        """The view of this list."""
        known = {name: getattr(one, name) for name in cls.__struct_fields__}
        return cls(**known | {"columns": dict(one.columns), "counts": dict(one.counts)})


class RemarkView(msgspec.Struct, kw_only=True):
    """What is wrong, as a stable code and a sentence, and in which column."""

    column: str
    code: str
    message: str

    @classmethod
    def of(cls, one: RowRemark) -> "RemarkView":
        """The view of this remark."""
        return cls(column=one.column, code=one.code, message=sentence(one, translate(FRENCH)))


class RowView(msgspec.Struct, kw_only=True):
    """A row that was refused or set aside, as it was sent."""

    line: int
    outcome: RowOutcome
    remarks: list[RemarkView]
    cells: dict[str, str | None]

    @classmethod
    def of(cls, one: ImportRow) -> "RowView":
        """The view of this row."""
        remarks = [RemarkView.of(remark) for remark in one.remarks]
        return cls(line=one.line, outcome=one.outcome, remarks=remarks, cells=dict(one.cells))


class Imports(Controller):
    """Lists brought in; nobody hears of it, and twice is as good as once."""

    path = "/imports"
    tags = ("job-seekers",)

    @get("/", summary="The lists of one's agencies", responses=may_refuse(NotAllowed))
    async def find(self, call: NamedDependency[Call]) -> list[ImportView]:
        """The latest first, for some days."""
        return [ImportView.of(one) for one in await bringing_in.own(call.db, by=call.staff, now=call.now)]

    @post(
        "/",
        summary="Send a list",
        request_max_body_size=LARGEST_LIST,
        responses=may_refuse(NotFound, NotAllowed, TooManyImports, reads_body=True),
        response_headers=[sends("Location", "Where to have it tried and written.")],
    )
    async def send(self, data: JSONBody[ListBody], call: NamedDependency[Call]) -> Response[ImportView]:
        """Nothing of it is written yet."""
        content = data.content.encode()
        known = {"by": call.staff, "now": call.now}
        try:
            one = await bringing_in.send(call.db, data.agency_id, data.kind, data.file_name, content, **known)
        except UnreadableFile as error:
            raise MalformedBody(why=error.why) from error
        return Response(ImportView.of(one), headers={"Location": f"/api/v1/imports/{one.id}"})

    @get("/{import_id:uuid}", summary="How far a list is", responses=OWN)
    async def tell(self, import_id: FromPath[UUID], call: NamedDependency[Call]) -> ImportView:
        """One list."""
        return ImportView.of(await bringing_in.show(call.db, import_id, by=call.staff, now=call.now))

    @post(
        "/{import_id:uuid}/runs",
        summary="Try a list, or write it",
        status_code=202,
        responses=may_refuse(NotFound, NotAllowed, ImportUnderWay, StaleEdit, reads_body=True),
    )
    async def run(self, import_id: FromPath[UUID], data: JSONBody[RunBody], call: NamedDependency[Call]) -> ImportView:
        """A short list is done with the answer; how far a long one is, is looked at."""
        known = {"is_dry_run": data.dry_run, "version": data.version, "site": call.site}
        try:
            one = await bringing_in.begin(call.db, import_id, data.columns, **known, by=call.staff, now=call.now)
        except UnreadableFile as error:
            raise MalformedBody(why=error.why) from error
        return ImportView.of(one)

    @post("/{import_id:uuid}/stop", summary="Write no further row", status_code=200, responses=OWN)
    async def stop(self, import_id: FromPath[UUID], call: NamedDependency[Call]) -> ImportView:
        """What is written stays."""
        return ImportView.of(await bringing_in.stop(call.db, import_id, by=call.staff, now=call.now))

    @get("/{import_id:uuid}/rows", summary="The rows to mend or to decide", responses=OWN)
    async def rows(self, import_id: FromPath[UUID], call: NamedDependency[Call]) -> list[RowView]:
        """In the order of the file."""
        _, found = await bringing_in.every_row(call.db, import_id, by=call.staff, now=call.now)
        return [RowView.of(one) for one in found]

    @post(
        "/{import_id:uuid}/rows/{line:int}/answer",
        summary="Say who a row is",
        status_code=204,
        responses=may_refuse(NotFound, NotAllowed, ImportUnderWay, InvalidField, NameTaken, reads_body=True),
    )
    async def answer(
        self,
        import_id: FromPath[UUID],
        line: FromPath[int],
        data: JSONBody[RowAnswerBody],
        call: NamedDependency[Call],
    ) -> None:
        """Only for a list that is written, and for each row once."""
        told = {"job_seeker_id": data.job_seeker_id, "by": call.staff, "now": call.now}
        await set_aside.answer(call.db, import_id, line, data.answer, **told)

    @delete("/{import_id:uuid}", summary="Forget a list", responses=OWN)
    async def withdraw(self, import_id: FromPath[UUID], call: NamedDependency[Call]) -> None:
        """Who was written stays."""
        await bringing_in.remove(call.db, import_id, by=call.staff, now=call.now)
