"""Lists of partners in and out: a file is looked at first, with its columns, what is doubtful, and what is asked."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions.http_exceptions import RequestEntityTooLarge

from booking.domain.errors import NameTaken, StaleEdit
from booking.domain.staff import Right
from booking.services import directory
from booking.services.partner_columns import FIELDS
from booking.services.partner_imports import Answer, Options, Report, import_partners
from booking.services.row_files import UnreadableFile
from booking.web.forms import Form
from booking.web.import_words import FILES
from booking.web.pages import partner_list_words, row_reports
from booking.web.pages.packed_lists import packed, unpacked
from booking.web.pages.visits import Visit
from booking.web.rendering import Page
from booking.web.uploads import LARGEST_LIST

COLUMN, ALIKE = "col.", "alike."
# A form has so many fields at most; what is not asked stays aside.
MOST_ASKED = 500
# The list as the page carries it, and the answers around it.
LARGEST_PACKED = 2 * LARGEST_LIST


class PartnerListPages(Controller):
    """Managers take lists away; administrators bring them in."""

    path = "/partenaires/listes"

    @get()
    async def show(self, visit: NamedDependency[Visit]) -> Page:
        """Where one takes a list away or brings one in."""
        return _page(visit)

    @get("/partenaires")
    async def export(self, visit: NamedDependency[Visit]) -> Response[bytes]:
        """The directory in the national schema's CSV."""
        content = await directory.as_list(visit.db, by=visit.staff)
        headers = {
            "content-disposition": 'attachment; filename="partenaires.csv"',
            "cache-control": "private, no-store",
        }
        return Response(content.encode(), media_type="text/csv; charset=utf-8", headers=headers)

    @post(request_max_body_size=LARGEST_LIST)
    async def look(self, visit: NamedDependency[Visit]) -> Page:
        """What would become of each row of a file; nothing is written."""
        try:
            form, content = await visit.upload("file")
        except RequestEntityTooLarge:
            return _page(visit, trouble=FILES["too-large"])
        visit.staff.must_somewhere(Right.ADMINISTER)
        return await _checked(visit, content, form)

    @post("/verification", request_max_body_size=LARGEST_PACKED)
    async def bring_in(self, visit: NamedDependency[Visit]) -> Page:
        """The same file again with columns and answers chosen: looked at once more, or written."""
        form = await visit.form()
        visit.staff.must_somewhere(Right.ADMINISTER)
        content = unpacked(form.get("content"))
        if form.get("action") != "import":
            return await _checked(visit, content, form)
        try:
            report = await import_partners(
                visit.db, content, _options(form, is_dry_run=False), by=visit.staff, now=visit.now
            )
        except UnreadableFile:
            return await _checked(visit, content, form)
        except (NameTaken, StaleEdit) as refusal:
            return visit.refused("partners/lists.html", refusal, trouble="")
        return visit.page("partners/imported.html", **_shown(visit, report))


def _page(visit: Visit, trouble: str = "") -> Page:
    visit.staff.must_somewhere(Right.PLAN)
    return visit.page("partners/lists.html", status=422 if trouble else 200, trouble=trouble)


def _options(form: Form, *, is_dry_run: bool) -> Options:
    told = {name: form.get(COLUMN + name) for name in form.names(COLUMN) if name in FIELDS}
    answers = {
        int(line): Answer(form.get(ALIKE + line))
        for line in form.names(ALIKE)
        if line.isdecimal() and len(line) < 8 and form.get(ALIKE + line) in set(Answer)
    }
    return Options(columns=told, answers=answers, source=form.get("source").strip()[:120], is_dry_run=is_dry_run)


async def _checked(visit: Visit, content: bytes, form: Form) -> Page:
    """The file with its columns, and what would become of its rows."""
    options = _options(form, is_dry_run=True)
    around = {"content": packed(content), "options": options, "fields": partner_list_words.FIELDS, "answers": Answer}
    try:
        report = await import_partners(visit.db, content, options, by=visit.staff, now=visit.now)
    except UnreadableFile as error:
        if error.why not in row_reports.MAPPED:
            return _page(visit, trouble=FILES.get(error.why, FILES["binary"]))
        shown = {"columns": error.facts["columns"], "chosen": dict(options.columns), "report": None}
        trouble = row_reports.MAPPED[error.why]
        return visit.page("partners/import.html", status=422, trouble=trouble, **around, **shown)
    shown = _shown(visit, report) | {"columns": row_reports.columns_of(content), "chosen": report.columns}
    return visit.page("partners/import.html", trouble="", **around, **shown)


def _shown(visit: Visit, report: Report) -> dict[str, Any]:
    return {"report": report, "said": row_reports.said(report, visit.say), "questions": report.questions[:MOST_ASKED]}
