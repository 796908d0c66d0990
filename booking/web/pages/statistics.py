"""Figures on a page, as files and on paper, for who answers for an agency or for the network."""

import io
from typing import Any

from litestar import Controller, Response, get
from litestar.di import NamedDependency

from booking.documents.figure_lists import About
from booking.documents.presence_lists import TYPES
from booking.domain.errors import InvalidField
from booking.domain.exports import Format
from booking.domain.statistics import Statistics
from booking.language import FRENCH, translate
from booking.services import statistics
from booking.services.statistics import ZONE, Choices
from booking.web import moments
from booking.web.pages import statistic_charts as drawn
from booking.web.pages import statistic_files as files
from booking.web.pages import statistic_tables as tables
from booking.web.pages import statistic_words as words
from booking.web.pages.pdfs import pdf
from booking.web.pages.statistic_searches import StatisticSearch
from booking.web.pages.visits import Visit
from booking.web.rendering import Page, language_of

HERE, TEMPLATE = "/statistiques", "statistics/show.html"
ASKED = tuple(StatisticSearch.__dataclass_fields__)


class StatisticPages(Controller):
    """For managers, administrators and auditors."""

    path = HERE

    @get()
    async def show(self, visit: NamedDependency[Visit]) -> Page:
        """The figures of a period, with charts and what each of them counts."""
        search = _search(visit)
        choices = await statistics.choices(visit.db, by=visit.staff)
        try:
            found = await statistics.show(visit.db, search.wanted(visit.now), by=visit.staff, now=visit.now)
        except InvalidField as refusal:
            usual = StatisticSearch(agence=search.agence).wanted(visit.now)
            found = await statistics.show(visit.db, usual, by=visit.staff, now=visit.now)
            return visit.refused(TEMPLATE, refusal, **_shown(visit, search, choices, found))
        return visit.page(TEMPLATE, **_shown(visit, search, choices, found))

    @get("/chiffres.csv")
    async def as_csv(self, visit: NamedDependency[Visit]) -> Response[bytes]:
        """What is shown, without small counts, for a spreadsheet."""
        return await _file(visit, Format.CSV)

    @get("/chiffres.xlsx")
    async def as_xlsx(self, visit: NamedDependency[Visit]) -> Response[bytes]:
        """The same, a sheet for each table."""
        return await _file(visit, Format.XLSX)

    @get("/rapport.pdf")
    async def report(self, visit: NamedDependency[Visit]) -> Response[bytes]:
        """One page for the steering committee, without small counts."""
        found, about = await _leaving(visit)
        data = files.report(found, about, translate(FRENCH))
        return await pdf(visit, "figures", data, "statistiques", about.place, on=found.period.last)


def _search(visit: Visit) -> StatisticSearch:
    said = {name: visit.asked(name).strip()[:100] for name in ASKED}
    return StatisticSearch(**{name: one for name, one in said.items() if one})


async def _leaving(visit: Visit) -> tuple[Statistics, About]:
    """What is shown, as it may leave the house, and in words what was asked for."""
    search = _search(visit)
    choices = await statistics.choices(visit.db, by=visit.staff)
    wanted = search.wanted(visit.now)
    found = await statistics.show(visit.db, wanted, by=visit.staff, now=visit.now, leaves=True)
    return found, files.about(found, wanted, choices, visit.now)


async def _file(visit: Visit, kind: Format) -> Response[bytes]:
    found, about = await _leaving(visit)
    content = io.BytesIO()
    files.write(content, kind, found, about, translate(FRENCH))
    headers = {
        "content-disposition": f'attachment; filename="statistiques-{found.period.last}.{kind.value}"',
        "cache-control": "private, no-store",
    }
    return Response(content.getvalue(), media_type=TYPES[kind], headers=headers)


def _shown(visit: Visit, search: StatisticSearch, choices: Choices, found: Statistics) -> dict[str, Any]:
    say, language = visit.say, language_of(visit.request)
    made = {one.key: one for one in tables.every(found, say, files.days_of(found.period, language))}
    in_time = made.get("weeks") or made.get("months")
    by = made["agencies"] if len(found.agencies) > 1 else made.get("workshops")
    return {
        "search": search,
        "choices": choices,
        "found": found,
        "tables": made,
        "in_time": in_time,
        "by": by,
        "words": words,
        "drawn": drawn,
        "spans": [(span, say(said)) for span, said in words.SPANS.items()],
        "zone": ZONE,
        "changes": files.changes(found, say),
        "leading": files.leading,
        "last": moments.full_day(found.period.last, language=language),
        "first": moments.full_day(found.period.begins, language=language),
    }
