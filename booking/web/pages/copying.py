"""Copying a session, or a whole week, to other weeks: looked at first like any plan, then written at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.agencies import Agency
from booking.domain.errors import NotFound
from booking.domain.sessions import Session
from booking.services import agendas, copies
from booking.services.sketches import Copy
from booking.storage.listings import Listed
from booking.web.forms import Form
from booking.web.pages import plan_pages, plan_results
from booking.web.pages.plan_forms import a_day
from booking.web.pages.seat_searches import id_of
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page
from calendars.zones import wall

TEMPLATE = "planner/copy.html"
WEEK = timedelta(days=7)
WEEKS_OFFERED = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """What is copied: sessions of an agency, counted from a day; of a week only whole weeks count."""

    agency: Agency
    listed: Sequence[Listed]
    day: date
    is_week: bool
    path: str
    is_chosen: bool = False

    def shift(self, day: date) -> int:
        """How many days later a copy on this day, or in its week, is."""
        return (day - (day.weekday() * timedelta(days=1) if self.is_week else timedelta(0)) - self.day).days


class CopyingPages(Controller):
    """The same once more."""

    path = "/sessions"

    @get("/{session_id:uuid}/copier")
    async def ask_session(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Page:
        """To which weeks a session shall be copied."""
        return _ask(visit, await _session(visit, session_id))

    @post("/{session_id:uuid}/copier")
    async def copy_session(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Answer:
        """Show the copies, or write them."""
        form = await visit.form()
        return await _answer(visit, form, await _session(visit, session_id))

    @get("/copier-choix")
    async def ask_chosen(self, visit: NamedDependency[Visit]) -> Page:
        """To which weeks the sessions that one has ticked in a list shall be copied."""
        return _ask(visit, await _chosen(visit))

    @post("/copier-choix")
    async def copy_chosen(self, visit: NamedDependency[Visit]) -> Answer:
        """Show the copies, or write them."""
        form = await visit.form()
        return await _answer(visit, form, await _chosen(visit))

    @get("/copier-semaine")
    async def ask_week(self, visit: NamedDependency[Visit]) -> Page:
        """To which weeks the sessions of a week shall be copied."""
        return _ask(visit, await _week(visit))

    @post("/copier-semaine")
    async def copy_week(self, visit: NamedDependency[Visit]) -> Answer:
        """Show the copies, or write them."""
        form = await visit.form()
        return await _answer(visit, form, await _week(visit))


async def _session(visit: Visit, session_id: UUID) -> Original:
    agency, listed = await copies.of_session(visit.db, session_id, by=visit.staff)
    day = wall(listed[0].session.starts_at, agency.time_zone).date()
    return Original(agency=agency, listed=listed, day=day, is_week=False, path=f"/sessions/{session_id}/copier")


async def _week(visit: Visit) -> Original:
    """The week of the day in the address. Raises :class:`NotFound` without one."""
    agency = await agendas.agency(visit.db, visit.asked("agence"))
    try:
        day = date.fromisoformat(visit.asked("jour"))
        monday = day - day.weekday() * timedelta(days=1)
        _, listed = await copies.of_week(visit.db, agency.id, monday, by=visit.staff)
    except (ValueError, OverflowError) as error:
        raise NotFound(day=visit.asked("jour")) from error
    path = f"/sessions/copier-semaine?agence={agency.slug}&jour={monday}"
    return Original(agency=agency, listed=listed, day=monday, is_week=True, path=path)


async def _chosen(visit: Visit) -> Original:
    """What was ticked in a list, counted from the week of the first. Raises :class:`NotFound`."""
    batch_id = id_of(visit.asked("choix"))
    if batch_id is None:
        raise NotFound(batch_id=visit.asked("choix"))
    agency, listed = await copies.of_batch(visit.db, batch_id, by=visit.staff)
    day = wall(listed[0].session.starts_at, agency.time_zone).date()
    monday = day - day.weekday() * timedelta(days=1)
    path = f"/sessions/copier-choix?choix={batch_id}"
    return Original(agency=agency, listed=listed, day=monday, is_week=True, path=path, is_chosen=True)


def _ask(visit: Visit, original: Original) -> Page:
    return plan_pages.blank(visit, TEMPLATE, _around(original, Form([])) | {"done": plan_results.told(visit)})


async def _answer(visit: Visit, form: Form, original: Original) -> Answer:
    shifts = _shifts(form, original)
    session_ids = tuple(listed.session.id for listed in original.listed)
    sketch = Copy(agency_id=original.agency.id, session_ids=session_ids, shifts=shifts)

    def done(made: Sequence[Session], published: bool) -> Answer:
        query = plan_results.address(made, published, original.agency.time_zone)
        return see(f"{original.path}{'&' if original.is_week else '?'}{query}")

    around = _around(original, form)
    return await plan_pages.answer(visit, TEMPLATE, form, None if form.problems.found else sketch, around, done)


def _shifts(form: Form, original: Original) -> tuple[int, ...]:
    """So many weeks later, and on the dates typed; what cannot be read is noted in the form's problems."""
    weeks = [7 * int(said) for said in form.all("weeks") if said.isascii() and said.isdigit() and len(said) < 3]
    days = [Form([("dates", said)]) for said in form.get("dates").replace(",", " ").split()]
    found = [a_day(one, "dates") for one in days]
    for one in days:
        for code in one.problems.found.values():
            form.problems.add("dates", code)
    return tuple(sorted({*weeks, *(original.shift(day) for day in found if day)}))


def _around(original: Original, form: Form) -> dict[str, Any]:
    return {
        "original": original,
        "zone": original.agency.time_zone,
        "later": [(n, original.day + n * WEEK) for n in range(1, WEEKS_OFFERED + 1)],
        "typed": {"weeks": form.all("weeks"), "dates": form.get("dates")},
        "titles": {listed.session.workshop_id: listed.workshop_title for listed in original.listed},
        "done": None,
    }
