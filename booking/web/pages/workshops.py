"""The catalogue of workshops: reading it, adding to it, changing an entry, and laying one aside."""

from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import Refused
from booking.domain.identifiers import new_id
from booking.domain.staff import Right
from booking.domain.workshops import SHORT_TITLE_LENGTH, Audience, Level, Workshop
from booking.services import catalogues, scheduling
from booking.web.forms import Form
from booking.web.pages import words
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

TEMPLATE = "workshops/form.html"
TEXTS = ("title", "short_title", "objectives", "theme", "to_bring")
NUMBERS = ("usual_minutes", "usual_capacity", "minimum")


class WorkshopPages(Controller):
    """Everybody who works here reads the catalogue; managers write it."""

    path = "/ateliers"

    @get()
    async def catalogue(self, visit: NamedDependency[Visit]) -> Page:
        """The workshops by title."""
        archived = visit.asked("archives") == "1"
        found = await catalogues.every(visit.db, with_archived=archived)
        may_plan = visit.staff.may_somewhere(Right.PLAN)
        return visit.page(
            "workshops/list.html", workshops=found, words=words, may_plan=may_plan, with_archived=archived
        )

    @get("/nouveau")
    async def new(self, visit: NamedDependency[Visit]) -> Page:
        """The empty form, with what is usual."""
        visit.staff.must_somewhere(Right.PLAN)
        return _form(visit, _typed_of(_blank(visit)))

    @post("/nouveau")
    async def add(self, visit: NamedDependency[Visit]) -> Answer:
        """Put a workshop into the catalogue."""
        form = await visit.form()
        try:
            workshop = _read(form, _blank(visit))
            await scheduling.add_workshop(visit.db, workshop, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return _refused(visit, refusal, form)
        return see("/ateliers")

    @get("/{workshop_id:uuid}/modifier")
    async def edit(self, visit: NamedDependency[Visit], workshop_id: FromPath[UUID]) -> Page:
        """The form of an entry."""
        visit.staff.must_somewhere(Right.PLAN)
        workshop = await catalogues.show(visit.db, workshop_id)
        return _form(visit, _typed_of(workshop), workshop)

    @post("/{workshop_id:uuid}/modifier")
    async def change(self, visit: NamedDependency[Visit], workshop_id: FromPath[UUID]) -> Answer:
        """Write an entry anew; calendars that show it follow."""
        form = await visit.form()
        before = await catalogues.show(visit.db, workshop_id)
        try:
            after = _read(form, before)
            if form.get("action") == "archive":
                after = replace(after, archived_at=visit.now)
            elif form.get("action") == "restore":
                after = replace(after, archived_at=None)
            await scheduling.change_workshop(visit.db, after, by=visit.staff, site=visit.site, now=visit.now)
        except Refused as refusal:
            return _refused(visit, refusal, form, before)
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
    level, audience = form.choice("level", Level), form.choice("audience", Audience)
    form.problems.refuse()
    known = {
        name: value for name, value in (numbers | {"level": level, "audience": audience}).items() if value is not None
    }
    return replace(before, **said, **known, is_compulsory=bool(form.get("is_compulsory")))


def _typed_of(workshop: Workshop) -> dict[str, Any]:
    return asdict(workshop)


def _form(visit: Visit, typed: dict[str, Any], workshop: Workshop | None = None) -> Page:
    return visit.page(TEMPLATE, **_shown(typed, workshop))


def _refused(visit: Visit, refusal: Refused, form: Form, workshop: Workshop | None = None) -> Page:
    names = (*TEXTS, *NUMBERS, "level", "audience", "is_compulsory")
    return visit.refused(TEMPLATE, refusal, **_shown({name: form.get(name) for name in names}, workshop))


def _shown(typed: dict[str, Any], workshop: Workshop | None) -> dict[str, Any]:
    return {"typed": typed, "workshop": workshop, "words": words, "short_title_length": SHORT_TITLE_LENGTH}
