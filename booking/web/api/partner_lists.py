"""Lists of partners for other programs, and from them."""

from typing import Annotated

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import QueryParameter
from litestar.status_codes import HTTP_200_OK

from booking.domain.errors import NameTaken, NotAllowed, StaleEdit
from booking.domain.staff import Right
from booking.language import FRENCH, translate
from booking.services import directory
from booking.services.partner_imports import Options, Report, import_partners
from booking.services.read_rows import Remark
from booking.services.row_files import UnreadableFile
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call, list_sent
from booking.web.errors import MalformedBody
from booking.web.row_words import sentence
from booking.web.security import AnyRequest
from booking.web.uploads import LARGEST_LIST

DryRun = Annotated[bool, QueryParameter(description="Try everything, write nothing.")]
Alike = Annotated[bool, QueryParameter(description="Also add what looks like a known partner.")]
Source = Annotated[str, QueryParameter(max_length=120, description="The name of the list, if its rows have none.")]
LIST = ResponseSpec(bytes, generate_examples=False, media_type="text/csv", description="The national schema's CSV.")


class RowRemarkView(msgspec.Struct):
    """Something about one row: its line, the column, a stable code, and a sentence."""

    line: int
    column: str
    code: str
    message: str

    @classmethod
    def of(cls, remark: Remark) -> "RowRemarkView":
        """The view of this remark."""
        return cls(remark.line, remark.column, remark.code, sentence(remark, translate(FRENCH)))


class PartnerListReport(msgspec.Struct):
    """How many rows became what; rows with ``refusals`` are not imported, those with ``doubts`` are, but for those that
    look like a known partner (``alike``)."""

    columns: dict[str, str]
    read: int
    new: int
    changed: int
    unchanged: int
    set_aside: int
    refused: int
    refusals: list[RowRemarkView]
    doubts: list[RowRemarkView]

    @classmethod
    def of(cls, report: Report) -> "PartnerListReport":
        """The view of this report."""
        counts = {name: getattr(report, name) for name in cls.__struct_fields__ if name not in ("refusals", "doubts")}
        said = {name: [RowRemarkView.of(one) for one in getattr(report, name)] for name in ("refusals", "doubts")}
        return cls(**counts, **said)


class PartnerLists(Controller):
    """The whole directory."""

    path = "/partner-lists"
    tags = ("partners",)

    @get("/", summary="The directory in the national schema's CSV", responses={**may_refuse(NotAllowed), 200: LIST})
    async def export(self, call: NamedDependency[Call]) -> Response[bytes]:
        """Without archived partners; it can be imported again."""
        return Response((await directory.as_list(call.db, by=call.staff)).encode(), media_type="text/csv")

    @post(
        "/",
        summary="Bring a list of partners in",
        status_code=HTTP_200_OK,
        request_max_body_size=LARGEST_LIST,
        responses=may_refuse(NotAllowed, NameTaken, StaleEdit, reads_body=True),
    )
    async def bring_in(
        self,
        request: AnyRequest,
        call: NamedDependency[Call],
        source: Source = "",
        dry_run: DryRun = False,
        keep_alike: Alike = False,
    ) -> PartnerListReport:
        """The national schema's CSV, or any CSV or JSON list with a name and a key; for administrators."""
        call.staff.must_somewhere(Right.ADMINISTER)
        content = await list_sent(request)
        options = Options(source=source, is_dry_run=dry_run, keeps_alike=keep_alike)
        try:
            report = await import_partners(call.db, content, options, by=call.staff, now=call.now)
        except UnreadableFile as error:
            raise MalformedBody(why=error.why) from error
        return PartnerListReport.of(report)
