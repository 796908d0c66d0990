"""Planning a session and changing it: a form that keeps everything typed, whichever of its buttons is pressed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.agencies import Agency
from booking.domain.errors import InvalidField, Obstructed, Refused, StaleEdit
from booking.domain.sessions import Session
from booking.domain.staff import Right
from booking.domain.terms import Conditions
from booking.services import agencies, choices, scheduling, sessions
from booking.services.choices import Choices
from booking.services.scheduling import MeetingPlan
from booking.services.sessions import Shown
from booking.web.errors import field_words
from booking.web.forms import Form
from booking.web.pages import schedules, session_terms, words
from booking.web.pages.differences import differences
from booking.web.pages.repeating import repeated
from booking.web.pages.schedules import Row, Typed
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

TEMPLATE = "sessions/form.html"


@dataclass(frozen=True, slots=True)
class Read:
    """What the form says, read: rows in the order of their start, and a plan for each."""

    workshop_id: UUID | None
    capacity: int
    rows: Sequence[Row]
    meetings: Sequence[MeetingPlan]
    conditions: Conditions


class PlanningPages(Controller):
    """A session that does not exist yet, or not yet like this."""

    path = "/sessions"

    @get("/nouvelle")
    async def new(self, visit: NamedDependency[Visit]) -> Page:
        """The empty form, for the first agency where one may plan, or the one asked for."""
        asked = visit.asked("agence")
        agency = next((x for x in await agencies.own(visit.db, by=visit.staff) if x.slug == asked), None)
        chosen = await choices.of_planning(visit.db, agency.id if agency else None, by=visit.staff, now=visit.now)
        return _form(visit, chosen, Typed(workshop=visit.asked("atelier")))

    @post()
    async def plan(self, visit: NamedDependency[Visit]) -> Answer:
        """Write the draft (or open it at once), or show the form again with what a button added."""
        form = await visit.form()
        chosen = await choices.of_planning(visit.db, form.id("agency"), by=visit.staff, now=visit.now)
        said = schedules.typed(form)
        if form.get("action") not in ("save", "publish"):
            return _after_button(visit, form, chosen, said)
        read = _read(form, said, chosen)
        try:
            form.problems.refuse()
            session = await _plan(visit, chosen, read, said.because)
        except Refused as refusal:
            return _refused(visit, refusal, chosen, said, read)
        if form.get("action") == "publish":
            await scheduling.publish(visit.db, session.id, by=visit.staff, site=visit.site, now=visit.now)
            return see(f"/sessions/{session.id}?fait=publiee")
        return see(f"/sessions/{session.id}?fait=planifiee")

    @get("/{session_id:uuid}/modifier")
    async def edit(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Page:
        """The form of a session that exists."""
        shown, chosen = await _planned(visit, session_id)
        return _form(visit, chosen, _written(shown), shown=shown)

    @post("/{session_id:uuid}/modifier")
    async def change(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Answer:
        """Write the session anew; an edit of an older version is shown beside the present one (412)."""
        form = await visit.form()
        shown, chosen = await _planned(visit, session_id)
        said = schedules.typed(form)
        if form.get("action") != "save":
            return _after_button(visit, form, chosen, said, shown)
        read = _read(form, said, chosen, shown)
        version = form.whole("version")
        try:
            form.problems.refuse()
            await scheduling.change(
                visit.db,
                session_id,
                capacity=read.capacity,
                meetings=read.meetings,
                version=version,
                overridden_because=said.because,
                conditions=read.conditions,
                by=visit.staff,
                site=visit.site,
                now=visit.now,
            )
        except StaleEdit as refusal:
            return _stale(visit, refusal, chosen, said, shown)
        except Refused as refusal:
            return _refused(visit, refusal, chosen, said, read, shown)
        return see(f"/sessions/{session_id}?fait=modifiee")


def _read(form: Form, said: Typed, chosen: Choices, shown: Shown | None = None) -> Read:
    """The form as plans; what cannot be read is noted in its problems."""
    workshop_id = shown.workshop.id if shown else schedules.known_id(form, "workshop")
    usual = {workshop.id: workshop.usual_capacity for workshop in chosen.workshops}
    capacity = form.whole("capacity", None if shown or workshop_id is None else usual.get(workshop_id))
    if capacity is None:
        form.problems.add("capacity", "required")
    planned = schedules.plans(form, said.rows, chosen.agency)
    rows, meetings = [row for row, _ in planned], [plan for _, plan in planned]
    return Read(workshop_id, capacity or 0, rows, meetings, session_terms.read(form))


async def _plan(visit: Visit, chosen: Choices, read: Read, because: str) -> Session:
    assert read.workshop_id is not None  # its absence was refused before
    return await scheduling.plan(
        visit.db,
        agency_id=chosen.agency.id,
        workshop_id=read.workshop_id,
        capacity=read.capacity,
        meetings=read.meetings,
        overridden_because=because,
        conditions=read.conditions,
        by=visit.staff,
        now=visit.now,
    )


async def _planned(visit: Visit, session_id: UUID) -> tuple[Shown, Choices]:
    """A session that one may change. Raises :class:`NotAllowed`, :class:`SessionEnded`."""
    shown = await sessions.show(visit.db, session_id, by=visit.staff, now=visit.now)
    visit.staff.must(Right.PLAN, shown.agency.id)
    shown.session.must_be_changeable(visit.now)
    return shown, await choices.of_planning(visit.db, shown.agency.id, by=visit.staff, now=visit.now)


def _written(shown: Shown) -> Typed:
    rows = schedules.written(shown.session.meetings, shown.agency.time_zone)
    session = shown.session
    terms = session_terms.written(session, shown.workshop)
    return Typed(str(shown.workshop.id), str(session.capacity), str(session.version), rows=rows, terms=terms)


Button = Callable[[Form, Sequence[Row], Agency], Sequence[Row]]
BUTTONS: Mapping[str, Button] = {
    "add": lambda form, rows, agency: schedules.with_one_more(rows),
    "repeat": lambda form, rows, agency: repeated(form, rows, agency.holiday_territory),
    "remove": lambda form, rows, agency: schedules.without(rows, form.get("action").partition(".")[2]),
    "agency": lambda form, rows, agency: [replace(row, room="", facilitator="", assistants="") for row in rows],
}


def _after_button(visit: Visit, form: Form, chosen: Choices, said: Typed, shown: Shown | None = None) -> Page:
    """The form again, with what its button did to the rows."""
    button = BUTTONS.get(form.get("action").partition(".")[0])
    said = replace(said, rows=button(form, said.rows, chosen.agency)) if button else said
    if form.problems.found:
        return _refused(visit, InvalidField(fields=dict(form.problems.found)), chosen, said, None, shown)
    return _form(visit, chosen, said, shown=shown)


def _form(visit: Visit, chosen: Choices, said: Typed, shown: Shown | None = None) -> Page:
    return visit.page(TEMPLATE, **_shown(chosen, said, shown))


def _refused(
    visit: Visit, refusal: Refused, chosen: Choices, said: Typed, read: Read | None, shown: Shown | None = None
) -> Page:
    fields = schedules.beside_rows(refusal.facts.get("fields", {}), read.rows if read else [])
    errors = field_words(fields, visit.say)
    around = _shown(chosen, said, shown) | {
        "needs_reason": isinstance(refusal, Obstructed),
        "obstacles": schedules.obstacles(refusal.facts.get("obstacles", ()), read.rows if read else []),
    }
    return visit.refused(TEMPLATE, refusal, **around, errors=errors)


def _shown(chosen: Choices, said: Typed, shown: Shown | None) -> dict[str, object]:
    rows = schedules.with_holidays(said.rows, chosen.agency.holiday_territory)
    return {
        "choices": chosen,
        "typed": replace(said, rows=rows),
        "shown": shown,
        "differences": [],
        "needs_reason": False,
        "obstacles": [],
        "words": words,
        "helpers": partial(schedules.helpers, chosen.assistants),
    }


def _stale(visit: Visit, refusal: StaleEdit, chosen: Choices, said: Typed, shown: Shown) -> Page:
    """Both versions side by side; sending the form once more means to overwrite the present one knowingly."""
    present = _written(shown)
    names = {str(room.id): room.name for room in chosen.rooms} | {str(id): name for id, name in chosen.facilitators}
    around = _shown(chosen, replace(said, version=present.version), shown)
    return visit.refused(TEMPLATE, refusal, **around | {"differences": differences(present, said, names)})
