"""The rooms of an agency: listed with what takes them out of use, added, changed, laid aside."""

from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import InvalidField, Refused
from booking.domain.identifiers import new_id
from booking.domain.rooms import Room
from booking.services import choices, places, rooms
from booking.services.choices import Choices
from booking.web.errors import FIELDS, field_words
from booking.web.forms import Form
from booking.web.pages import diaries, week_hours, where
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

TEMPLATE = "places/room.html"
HOURS = "opening_hours"
DONE = {
    "salle": "La salle est enregistrée.",
    "archivee": "La salle est archivée : elle ne se planifie plus.",
    "reprise": "La salle peut de nouveau être planifiée.",
    "fermeture": "La fermeture est enregistrée.",
    "rouverte": "La fermeture est retirée.",
    "panne": "La panne est enregistrée.",
    "reparee": "La panne est terminée : tous les postes comptent de nouveau.",
    "retiree": "La panne est retirée.",
    "reglages": "Les réglages de l’agence sont enregistrés.",
}


class RoomPages(Controller):
    """For who may plan."""

    path = "/salles"

    @get()
    async def every(self, visit: NamedDependency[Visit]) -> Page:
        """Rooms, closures and outages of an agency from today on."""
        chosen = await where.chosen(visit)
        place = await places.show(visit.db, chosen.agency.id, by=visit.staff, now=visit.now)
        done = DONE.get(visit.asked("fait"))
        return visit.page("places/list.html", place=place, chosen=chosen, done=done, hours=week_hours)

    @get("/nouvelle")
    async def new(self, visit: NamedDependency[Visit]) -> Page:
        """The empty form."""
        chosen = await where.chosen(visit)
        return visit.page(TEMPLATE, **_shown(chosen, {}))

    @post("/nouvelle")
    async def add(self, visit: NamedDependency[Visit]) -> Answer:
        """Add a room."""
        form = await visit.form()
        chosen = await choices.of_planning(visit.db, form.id("agency"), by=visit.staff, now=visit.now)
        blank = Room(id=new_id(visit.now), agency_id=chosen.agency.id, name="", seats=0, workstations=0)
        spans = week_hours.read(form, HOURS)
        try:
            await rooms.add(visit.db, _read(form, blank, spans), by=visit.staff, now=visit.now)
        except Refused as refusal:
            return _refused(visit, refusal, chosen, form, spans)
        return see(f"/salles?agence={chosen.agency.slug}&fait=salle")

    @get("/{room_id:uuid}/modifier")
    async def edit(self, visit: NamedDependency[Visit], room_id: FromPath[UUID]) -> Page:
        """The form of a room."""
        room = await rooms.show(visit.db, room_id, by=visit.staff)
        chosen = await choices.of_planning(visit.db, room.agency_id, by=visit.staff, now=visit.now)
        typed = asdict(room) | week_hours.written(HOURS, room.opening_hours)
        outside = await diaries.of(visit, room_id, is_room=True)
        return visit.page(TEMPLATE, **_shown(chosen, typed, room), outside=outside, sentences=FIELDS)

    @post("/{room_id:uuid}/modifier")
    async def change(self, visit: NamedDependency[Visit], room_id: FromPath[UUID]) -> Answer:
        """Write a room anew, lay it aside, or bring it back."""
        form = await visit.form()
        before = await rooms.show(visit.db, room_id, by=visit.staff)
        chosen = await choices.of_planning(visit.db, before.agency_id, by=visit.staff, now=visit.now)
        spans = week_hours.read(form, HOURS)
        try:
            done = await _do(visit, form, before, spans)
        except Refused as refusal:
            return _refused(visit, refusal, chosen, form, spans, before)
        return see(f"/salles?agence={chosen.agency.slug}&fait={done}")


async def _do(visit: Visit, form: Form, before: Room, spans: list[week_hours.Place]) -> str:
    if form.get("action") == "archive":
        await rooms.archive(visit.db, before.id, by=visit.staff, now=visit.now)
        return "archivee"
    if form.get("action") == "restore":
        await rooms.restore(visit.db, before.id, by=visit.staff, now=visit.now)
        return "reprise"
    after = _read(form, before, spans)
    await rooms.change(visit.db, after, by=visit.staff, site=visit.site, now=visit.now)
    return "salle"


def _read(form: Form, before: Room, spans: list[week_hours.Place]) -> Room:
    """The room as the form says it. Raises :class:`InvalidField` for what cannot be read."""
    numbers = {name: form.whole(name) for name in ("seats", "workstations")}
    for name, number in numbers.items():
        if number is None:
            form.problems.add(name, "required")
    form.problems.refuse()
    return replace(
        before,
        name=form.get("name").strip(),
        seats=numbers["seats"] or 0,
        workstations=numbers["workstations"] or 0,
        has_step_free_access=bool(form.get("has_step_free_access")),
        has_hearing_loop=bool(form.get("has_hearing_loop")),
        opening_hours=tuple(sorted(span for _, span in spans)),
    )


def _refused(
    visit: Visit,
    refusal: Refused,
    chosen: Choices,
    form: Form,
    spans: list[week_hours.Place],
    room: Room | None = None,
) -> Page:
    typed = dict(form.pairs)
    shown = _shown(chosen, typed, room)
    if isinstance(refusal, InvalidField):
        by_field = week_hours.beside(refusal.facts["fields"], HOURS, sorted(spans, key=lambda place: place[1]))
        shown["errors"] = field_words(by_field, visit.say)
    return visit.refused(TEMPLATE, refusal, **shown)


def _shown(chosen: Choices, typed: dict[str, Any], room: Room | None = None) -> dict[str, Any]:
    return {"chosen": chosen, "typed": typed, "room": room, "days": week_hours.DAYS, "hours_name": HOURS}
