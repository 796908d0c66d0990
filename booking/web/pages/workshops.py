"""The catalogue of workshops: reading it, adding to it, changing an entry, and laying one aside."""

from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import Refused, StaleEdit
from booking.domain.identifiers import new_id
from booking.domain.staff import Right, Role
from booking.domain.workshops import SHORT_TITLE_LENGTH, Audience, Colour, Level, Skill, Workshop
from booking.services import catalogues, scheduling, searches
from booking.web.forms import Form
from booking.web.pages import words
from booking.web.pages.role_words import ROLES
from booking.web.pages.seat_searches import id_of
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

TEMPLATE = "workshops/form.html"
TEXTS = ("title", "short_title", "objectives", "theme", "theme_code", "to_bring")
NUMBERS = ("usual_minutes", "usual_capacity", "minimum", "cutoff_hours", "join_until")
MAYBE = ("window_days", "validity_months")
TICKS = ("is_compulsory", "frees_when_absent")
CHOICES = {"level": Level, "audience": Audience, "colour": Colour}
NEXT_SESSIONS = 8


class WorkshopPages(Controller):
    """Everybody who works here reads the catalogue; managers write it."""

    path = "/ateliers"

    @get()
    async def catalogue(self, visit: NamedDependency[Visit]) -> Page:
        """The workshops by title."""
        archived = visit.asked("archives") == "1"
        known = await catalogues.every(visit.db, with_archived=True)
        return visit.page(
            "workshops/list.html",
            workshops=[one for one in known if archived or one.archived_at is None],
            titles={one.id: one.short_title for one in known},
            words=words,
            may_plan=visit.staff.may_somewhere(Right.PLAN),
            with_archived=archived,
        )

    @get("/nouveau")
    async def new(self, visit: NamedDependency[Visit]) -> Page:
        """The empty form, with what is usual."""
        visit.staff.must_somewhere(Right.PLAN)
        return await _form(visit, _typed_of(_blank(visit)))

    @post("/nouveau")
    async def add(self, visit: NamedDependency[Visit]) -> Answer:
        """Put a workshop into the catalogue."""
        form = await visit.form()
        visit.staff.must_somewhere(Right.PLAN)
        try:
            workshop = _read(form, _blank(visit))
            await scheduling.add_workshop(visit.db, workshop, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await _refused(visit, refusal, form)
        return see("/ateliers")

    @get("/{workshop_id:uuid}")
    async def show(self, visit: NamedDependency[Visit], workshop_id: FromPath[UUID]) -> Page:
        """One workshop: what it asks for, what it leads to, and its next dates."""
        entry = await catalogues.entry(visit.db, workshop_id)
        return visit.page(
            "workshops/show.html",
            workshop=entry.workshop,
            before=entry.before,
            after=entry.next,
            dates=await searches.next_sessions(
                visit.db, now=visit.now, workshop_id=workshop_id, with_room=False, opens_later=True, most=NEXT_SESSIONS
            ),
            words=words,
            roles=ROLES,
            may_plan=visit.staff.may_somewhere(Right.PLAN),
        )

    @get("/{workshop_id:uuid}/modifier")
    async def edit(self, visit: NamedDependency[Visit], workshop_id: FromPath[UUID]) -> Page:
        """The form of an entry."""
        visit.staff.must_somewhere(Right.PLAN)
        workshop = await catalogues.show(visit.db, workshop_id)
        return await _form(visit, _typed_of(workshop), workshop)

    @post("/{workshop_id:uuid}/modifier")
    async def change(self, visit: NamedDependency[Visit], workshop_id: FromPath[UUID]) -> Answer:
        """Write an entry anew; calendars that show it follow."""
        form = await visit.form()
        visit.staff.must_somewhere(Right.PLAN)
        before = await catalogues.show(visit.db, workshop_id)
        try:
            after = _read(form, before)
            if form.get("action") == "archive":
                after = replace(after, archived_at=visit.now)
            elif form.get("action") == "restore":
                after = replace(after, archived_at=None)
            known = {"version": form.whole("version"), "by": visit.staff, "site": visit.site, "now": visit.now}
            await scheduling.change_workshop(visit.db, after, **known)  # type: ignore[arg-type]
        except StaleEdit as refusal:
            # What was typed stays, on top of the version of now: sent once more, it is meant.
            return await _refused(visit, refusal, form, await catalogues.show(visit.db, workshop_id))
        except Refused as refusal:
            return await _refused(visit, refusal, form, before)
        return see("/ateliers")


def _blank(visit: Visit) -> Workshop:
    return Workshop(id=new_id(visit.now), title="", short_title="", minimum=4, created_at=visit.now)


def _read(form: Form, before: Workshop) -> Workshop:
    """The entry as the form says it. Raises :class:`InvalidField` for what cannot be read."""
    said = {name: form.get(name).strip() for name in TEXTS}
    numbers = {name: form.whole(name) for name in NUMBERS}
    for name, number in numbers.items():
        if number is None:
            form.problems.add(name, "required")
    chosen = {name: form.choice(name, kind) for name, kind in CHOICES.items()}
    ticked = {name: bool(form.get(name)) for name in TICKS}
    window, after = form.whole("window_days"), _ids(form, "after")
    validity = form.whole("validity_months")
    form.problems.refuse()
    known = {name: value for name, value in (numbers | chosen).items() if value is not None}
    skills = tuple(skill for skill in Skill if skill in form.all("skills"))
    required_for = tuple(role for role in Role if role in form.all("required_for"))
    of_staff = {"required_for": required_for, "validity_months": validity}
    return replace(before, **said, **known, **ticked, window_days=window, skills=skills, after=after, **of_staff)


def _ids(form: Form, name: str) -> tuple[UUID, ...]:
    """What was ticked in a list of things."""
    found = [id_of(said) for said in form.all(name)]
    if None in found:
        form.problems.add(name, "unknown-choice")
    return tuple(sorted({id for id in found if id}))


def _typed_of(workshop: Workshop) -> dict[str, Any]:
    return asdict(workshop) | {"after": [str(id) for id in workshop.after]}


async def _form(visit: Visit, typed: dict[str, Any], workshop: Workshop | None = None) -> Page:
    return visit.page(TEMPLATE, **await _shown(visit, typed, workshop))


async def _refused(visit: Visit, refusal: Refused, form: Form, workshop: Workshop | None = None) -> Page:
    typed: dict[str, Any] = {name: form.get(name) for name in (*TEXTS, *NUMBERS, *CHOICES, *TICKS, *MAYBE)}
    typed |= {name: form.all(name) for name in ("skills", "after", "required_for")}
    is_stale = isinstance(refusal, StaleEdit) and workshop is not None
    typed["version"] = workshop.version if is_stale and workshop else form.get("version")
    return visit.refused(TEMPLATE, refusal, **await _shown(visit, typed, workshop))


async def _shown(visit: Visit, typed: dict[str, Any], workshop: Workshop | None) -> dict[str, Any]:
    """The form, with the workshops one may have to do before: those in use, and those it names already."""
    known = await catalogues.every(visit.db, with_archived=True)
    return {
        "typed": typed,
        "workshop": workshop,
        "words": words,
        "roles": ROLES,
        "short_title_length": SHORT_TITLE_LENGTH,
        "others": [
            one
            for one in known
            if (one.archived_at is None or str(one.id) in typed["after"]) and (not workshop or one.id != workshop.id)
        ],
    }
