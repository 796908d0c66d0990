"""Several people into one session at once: chosen by searching again and again, and told one by one what came of it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Controller, MediaType, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream

from booking.domain.errors import Refused
from booking.domain.job_seekers import JobSeeker
from booking.domain.staff import Right
from booking.services import group_bookings, groups, job_seekers, sessions
from booking.services.groups import Grouped
from booking.storage.constraints import Unavailable
from booking.web.errors import words_of
from booking.web.forms import Form
from booking.web.pages import words
from booking.web.pages.seat_searches import id_of
from booking.web.pages.visits import Visit
from booking.web.rendering import Page, told

# Where the rows of the report are put into the page around them.
ROWS_HERE = "<!-- rows -->"


@dataclass(frozen=True, slots=True)
class Report:
    """A session, the people of a group by id, and whether nobody has a seat unless everybody has."""

    session_id: UUID
    people: dict[UUID, JobSeeker]
    all_or_none: bool


class GroupPages(Controller):
    """Booking a group."""

    path = "/sessions/{session_id:uuid}/groupe"

    @get()
    async def choose(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Page:
        """Whom to book."""
        return await _page(visit, session_id, "", [])

    @post()
    async def book(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Page | Stream:
        """Search once more with who is chosen already, or book; the page grows while people are booked."""
        form = await visit.form()
        chosen = [id for id in map(id_of, form.all("people")) if id]
        if form.get("action") not in ("all", "fit"):
            return await _page(visit, session_id, form.get("q"), chosen)
        visit.staff.must_somewhere(Right.BOOK)
        try:
            return await _booked(visit, session_id, form, chosen)
        except Refused as refusal:
            return await _page(visit, session_id, form.get("q"), chosen, refusal)


async def _booked(visit: Visit, session_id: UUID, form: Form, chosen: list[UUID]) -> Stream:
    members = await group_bookings.members(visit.db, session_id, groups.checked(chosen), by=visit.staff)
    people = {member.person.id: member.person for member in members}
    groups.checked(list(people))
    report = Report(session_id, people, form.get("action") == "all")
    shown = await _shown(visit, session_id)
    page = visit.page("sessions/group_report.html", **shown, rows_here=ROWS_HERE, count=len(people))
    head, _, tail = str(page.content).partition(ROWS_HERE)
    return Stream(_report(visit, report, head, tail), media_type=MediaType.HTML)


async def _page(visit: Visit, session_id: UUID, query: str, chosen: list[UUID], refusal: Refused | None = None) -> Page:
    visit.staff.must_somewhere(Right.BOOK)
    found = [person.id for person in await job_seekers.search(visit.db, query, by=visit.staff)]
    known = await group_bookings.members(visit.db, session_id, {*chosen, *found}, by=visit.staff)
    said: dict[str, Any] = await _shown(visit, session_id) | {
        "words": words,
        "query": query,
        "chosen": [member for member in known if member.person.id in chosen],
        "found": [member for member in known if member.person.id in found and member.person.id not in chosen],
    }
    template = "sessions/group.html"
    return visit.refused(template, refusal, **said) if refusal else visit.page(template, **said)


async def _shown(visit: Visit, session_id: UUID) -> dict[str, Any]:
    shown = await sessions.show(visit.db, session_id, by=visit.staff, now=visit.now)
    return {"shown": shown, "session": shown.session, "zone": shown.agency.time_zone}


async def _report(visit: Visit, report: Report, head: str, tail: str) -> AsyncIterator[str]:
    """The page in pieces: what stands above the rows, each row as it is known, and the sum."""
    known: asyncio.Queue[Grouped | None] = asyncio.Queue()
    work = asyncio.create_task(_book(visit, report, known))
    done: list[Grouped] = []
    yield head
    try:
        while result := await known.get():
            done.append(result)
            if not report.all_or_none:
                yield _row(visit, report, result, is_seated=result.booking is not None)
        is_whole = all(result.booking for result in done)
        for result in done if report.all_or_none else ():
            yield _row(visit, report, result, is_seated=is_whole)
        yield _sum(visit, report, done, await work)
    finally:
        work.cancel()
    yield tail


async def _book(visit: Visit, report: Report, known: asyncio.Queue[Grouped | None]) -> str:
    """What stopped it, as a sentence; empty when it went through."""
    by = {"by": visit.staff, "now": visit.now}
    people = list(report.people)
    try:
        if report.all_or_none:
            for result in await groups.book(visit.db, report.session_id, people, all_or_none=True, **by):  # type: ignore[arg-type]
                known.put_nowait(result)
        else:
            async for result in groups.one_after_another(visit.db, report.session_id, people, **by):  # type: ignore[arg-type]
                known.put_nowait(result)
    except (Refused, Unavailable) as error:
        return visit.say(words_of(error).title)
    finally:
        known.put_nowait(None)
    return ""


def _row(visit: Visit, report: Report, result: Grouped, *, is_seated: bool) -> str:
    why = told(visit.request, result.refusal) if result.refusal else {}
    person = report.people[result.job_seeker_id]
    shown = {"result": result, "person": person, "is_seated": is_seated}
    return str(visit.page("sessions/group_row.html", **shown, **why).content)


def _sum(visit: Visit, report: Report, done: list[Grouped], trouble: str) -> str:
    seated = sum(1 for result in done if result.booking)
    is_undone = report.all_or_none and seated < len(report.people)
    shown = {"seated": 0 if is_undone else seated, "is_undone": is_undone, "trouble": trouble}
    around = {"count": len(report.people), "session_id": report.session_id}
    return str(visit.page("sessions/group_sum.html", **shown, **around).content)
