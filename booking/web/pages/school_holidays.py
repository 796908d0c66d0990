"""The school calendar: what is known of it, and a file to import, for administrators."""

from itertools import groupby
from typing import Any

from litestar import Controller, get, post
from litestar.di import NamedDependency

from booking.domain.staff import Right
from booking.services import school_holidays
from booking.services.row_files import UnreadableFile
from booking.services.school_holidays import Report
from booking.web.pages import school_words
from booking.web.pages.visits import Visit
from booking.web.rendering import Page
from calendars.zones import today

TEMPLATE = "places/school_holidays.html"
LARGEST_LIST = 5 * 1024 * 1024


class SchoolHolidayPages(Controller):
    """For administrators."""

    path = "/vacances-scolaires"

    @get()
    async def every(self, visit: NamedDependency[Visit]) -> Page:
        """What is known from today on, zone by zone, and the form."""
        visit.staff.must_somewhere(Right.ADMINISTER)
        return await _page(visit)

    @post(request_max_body_size=LARGEST_LIST)
    async def bring_in(self, visit: NamedDependency[Visit]) -> Page:
        """Import a list, or try what would become of it."""
        form, content = await visit.upload("file")
        visit.staff.must_somewhere(Right.ADMINISTER)
        is_dry_run = form.get("action") == "try"
        try:
            report = await school_holidays.import_holidays(
                visit.db, content, is_dry_run=is_dry_run, by=visit.staff, now=visit.now
            )
        except UnreadableFile as error:
            return await _page(visit, status=422, trouble=school_words.why_unreadable(error, visit.say))
        return await _page(visit, report=report)


async def _page(visit: Visit, *, status: int = 200, report: Report | None = None, trouble: str = "") -> Page:
    this_day = today(visit.now, "Europe/Paris")
    known = [one for one in await school_holidays.every(visit.db) if one.last_on >= this_day]
    zones: list[tuple[str, list[Any]]] = [(zone, list(those)) for zone, those in groupby(known, lambda one: one.zone)]
    return visit.page(
        TEMPLATE,
        status=status,
        zones=zones,
        report=report,
        trouble=trouble,
        names=school_words.ZONES,
        remarks=school_words.REMARKS,
    )
