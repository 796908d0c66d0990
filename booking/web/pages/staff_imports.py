"""Bringing a list of staff in: tried first, then done; and the letters for who has no address for mail."""

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency

from booking.domain.errors import InvalidField
from booking.domain.staff import Right
from booking.services import account_letters, staff_imports
from booking.services.row_files import UnreadableFile
from booking.services.staff_imports import StaffReport
from booking.web import staff_words
from booking.web.pages.pdfs import as_pdf
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

TEMPLATE = "accounts/import.html"
LARGEST_LIST = 2 * 1024 * 1024


class StaffImportPages(Controller):
    """For administrators, each for the agencies that are theirs."""

    path = "/comptes/importer"

    @get()
    async def ask(self, visit: NamedDependency[Visit]) -> Page:
        """The form, and how the file is made."""
        return await _page(visit)

    @post(request_max_body_size=LARGEST_LIST)
    async def bring_in(self, visit: NamedDependency[Visit]) -> Page:
        """Bring a list in, or try what would become of it."""
        form, content = await visit.upload("file")
        around = {"by": visit.staff, "site": visit.site, "now": visit.now}
        is_dry_run = form.get("action") != "import"
        try:
            report = await staff_imports.import_staff(visit.db, content, is_dry_run=is_dry_run, **around)  # type: ignore[arg-type]
        except UnreadableFile as error:
            return await _page(visit, status=422, trouble=staff_words.unreadable(error, visit.say))
        except InvalidField as refusal:
            return await _page(
                visit, status=422, trouble=staff_words.sentence(refusal.facts["fields"]["file"], visit.say)
            )
        return await _page(visit, report=report)

    @post("/lettres")
    async def letters(self, visit: NamedDependency[Visit]) -> Answer | Response[bytes]:
        """The letters for who can be reached by nothing else."""
        await visit.form()
        paper = await account_letters.print_all(visit.db, site=visit.site, by=visit.staff, now=visit.now)
        return as_pdf(paper, "comptes") if paper else see("/comptes/importer")


async def _page(visit: Visit, *, status: int = 200, report: StaffReport | None = None, trouble: str = "") -> Page:
    visit.staff.must_somewhere(Right.ADMINISTER)
    return visit.page(
        TEMPLATE,
        status=status,
        report=report,
        trouble=trouble,
        outcomes=staff_words.OUTCOMES,
        why=lambda one: staff_words.remark(one, visit.say),
        unreached=await account_letters.waiting(visit.db, by=visit.staff, now=visit.now),
    )
