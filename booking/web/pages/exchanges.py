"""Lists of sessions out and in: a file to take away, and a file to plan from, with what became of each row."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

from litestar import Controller, MediaType, Response, get, post
from litestar.di import NamedDependency
from litestar.response import Stream

from booking.documents.session_lists import FORMATS
from booking.domain.errors import Refused
from booking.domain.staff import Right
from booking.services import agencies, session_exports
from booking.services.row_files import UnreadableFile
from booking.services.session_imports import Outcome, Result, import_sessions
from booking.storage.constraints import Unavailable
from booking.web.errors import words_of
from booking.web.import_words import OUTCOMES, remarks, unreadable
from booking.web.pages.dates import day_said
from booking.web.pages.visits import Visit
from booking.web.rendering import Page, language_of
from booking.web.templating import environment
from booking.web.uploads import LARGEST_LIST
from calendars.zones import midnight, today

USUAL_DAYS = timedelta(days=90)
# Where the rows of the report are put into the page around them.
ROWS_HERE = "<!-- rows -->"


class ExchangePages(Controller):
    """Lists of sessions, for spreadsheets and other programs."""

    path = "/sessions/listes"

    @get()
    async def show(self, visit: NamedDependency[Visit]) -> Page:
        """Where one takes a list away or brings one in."""
        return await _page(visit)

    @get("/sessions")
    async def export(self, visit: NamedDependency[Visit]) -> Response[bytes]:
        """The list as a file: CSV, or JSON in the employment service's words."""
        zone, chosen = await _zone_and_agencies(visit)
        first = day_said(visit.asked("du")) or today(visit.now, zone)
        last = day_said(visit.asked("au")) or first + USUAL_DAYS
        begins, ends = midnight(first, zone), midnight(last + timedelta(days=1), zone)
        lines = await session_exports.lines(visit.db, chosen, begins, ends, by=visit.staff)
        kind = visit.asked("format") if visit.asked("format") in FORMATS else "csv"
        write, media_type = FORMATS[kind]
        name = f"sessions-{first.isoformat()}-{last.isoformat()}.{kind}"
        headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "private, no-store"}
        return Response(write(lines).encode(), media_type=media_type, headers=headers)

    @post(request_max_body_size=LARGEST_LIST)
    async def bring_in(self, visit: NamedDependency[Visit]) -> Page | Stream:
        """Plan from a file; the page grows while the rows are done, so that a long file shows how far it is."""
        form, content = await visit.upload("file")
        visit.staff.must_somewhere(Right.PLAN)
        is_dry_run = form.get("action") != "import"
        head, tail = await _report_page(visit, is_dry_run)
        return Stream(_report(visit, content, is_dry_run, head, tail), media_type=MediaType.HTML)


async def _page(visit: Visit) -> Page:
    visit.staff.must_somewhere(Right.PLAN)
    own = await agencies.own(visit.db, by=visit.staff)
    first = today(visit.now, own[0].time_zone if own else "Europe/Paris")
    return visit.page("sessions/lists.html", agencies=own, first=first, last=first + USUAL_DAYS)


async def _zone_and_agencies(visit: Visit) -> tuple[str, list[UUID] | None]:
    own = await agencies.own(visit.db, by=visit.staff)
    chosen = [agency for agency in own if agency.slug == visit.asked("agence")]
    zone = (chosen or own)[0].time_zone if own else "Europe/Paris"
    return zone, [agency.id for agency in chosen] if chosen else None


async def _report_page(visit: Visit, is_dry_run: bool) -> tuple[str, str]:
    shown = visit.page("sessions/import.html", is_dry_run=is_dry_run, rows_here=ROWS_HERE)
    head, _, tail = str(shown.content).partition(ROWS_HERE)
    return head, tail


async def _report(visit: Visit, content: bytes, is_dry_run: bool, head: str, tail: str) -> AsyncIterator[str]:
    """The page in pieces: what stands above the rows, each row as it is done, and the sum."""
    done: asyncio.Queue[Result | None] = asyncio.Queue()
    work = asyncio.create_task(_import(visit, content, is_dry_run, done))
    counts = dict.fromkeys(Outcome, 0)
    yield head
    try:
        while result := await done.get():
            counts[result.outcome] += 1
            yield _row(visit, result)
        yield _sum(visit, counts, is_dry_run, await work)
    finally:
        work.cancel()
    yield tail


async def _import(visit: Visit, content: bytes, is_dry_run: bool, done: asyncio.Queue[Result | None]) -> str:
    """What stopped it, as a sentence; empty when it went through."""
    try:
        known = {"by": visit.staff, "site": visit.site, "now": visit.now}
        await import_sessions(visit.db, content, is_dry_run=is_dry_run, told=done.put, **known)
    except UnreadableFile as error:
        return unreadable(error, visit.say)
    except (Refused, Unavailable) as error:
        return visit.say(words_of(error).title)
    finally:
        done.put_nowait(None)
    return ""


def _row(visit: Visit, result: Result) -> str:
    shown = {
        "result": result,
        "outcome": visit.say(OUTCOMES[result.outcome]),
        "remarks": remarks(result, visit.say),
    }
    return environment(language_of(visit.request)).get_template("sessions/import_row.html").render(shown)


def _sum(visit: Visit, counts: dict[Outcome, int], is_dry_run: bool, trouble: str) -> str:
    shown = {"counts": counts, "is_dry_run": is_dry_run, "trouble": trouble}
    return environment(language_of(visit.request)).get_template("sessions/import_sum.html").render(shown)
