"""Lists of staff, as programs bring them in."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.status_codes import HTTP_200_OK

from booking.domain.errors import InvalidField, NotAllowed
from booking.domain.staff import Right
from booking.language import FRENCH, translate
from booking.services.row_files import UnreadableFile
from booking.services.staff_imports import Outcome, Result, import_staff
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call, list_sent
from booking.web.errors import MalformedBody
from booking.web.security import AnyRequest
from booking.web.staff_words import remark
from booking.web.uploads import LARGEST_LIST

DryRun = Annotated[bool, QueryParameter(description="Try everything, write nothing.")]


class ImportedStaff(msgspec.Struct):
    """What became of one row of the list, and what is wrong with it (stable codes and sentences)."""

    line: int
    name: str
    outcome: Outcome
    staff_id: UUID | None
    codes: list[str]
    messages: list[str]

    @classmethod
    def of(cls, one: Result, *, is_dry_run: bool) -> "ImportedStaff":
        """The view of this result; who was only tried has no account to name."""
        return cls(
            line=one.line,
            name=one.name,
            outcome=one.outcome,
            staff_id=None if is_dry_run else one.staff_id,
            codes=[wrong.code for wrong in one.remarks],
            messages=[remark(wrong, translate(FRENCH)) for wrong in one.remarks],
        )


class StaffLists(Controller):
    """For administrators, each for the agencies that are theirs."""

    path = "/staff-lists"
    tags = ("agencies",)

    @post(
        summary="Bring a list of staff in",
        status_code=HTTP_200_OK,
        request_max_body_size=LARGEST_LIST,
        responses=may_refuse(NotAllowed, InvalidField, reads_body=True),
    )
    async def bring_in(
        self, request: AnyRequest, call: NamedDependency[Call], dry_run: DryRun = False
    ) -> list[ImportedStaff]:
        """The body is a CSV or a JSON list with name, email, roles, agency and last day; twice is as good as once."""
        call.staff.must_somewhere(Right.ADMINISTER)
        content, known = await list_sent(request), {"by": call.staff, "site": call.site, "now": call.now}
        try:
            report = await import_staff(call.db, content, is_dry_run=dry_run, **known)  # type: ignore[arg-type]
        except UnreadableFile as error:
            raise MalformedBody(why=error.why) from error
        return [ImportedStaff.of(one, is_dry_run=dry_run) for one in report.results]
