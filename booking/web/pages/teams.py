"""The team of an agency: when each facilitator and assistant can be planned."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import InvalidField
from booking.domain.identifiers import new_id
from booking.domain.teams import EARLIEST, LATEST, BusyTime
from booking.services import team_trainings, teams
from booking.services.choices import Choices
from booking.services.teams import Planned
from booking.web.errors import FIELDS, field_words
from booking.web.forms import Form
from booking.web.pages import diaries, week_hours, where
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page
from calendars.zones import NonexistentTime, to_utc

TEMPLATE = "places/member.html"
HOURS = "availability"
BUSY = ("date", "start", "until", "end", "because")
AS_TYPED = {"starts_at": "date", "ends_at": "end"}
DONE = {
    "horaires": "Les disponibilités sont enregistrées.",
    "occupee": "L’absence est enregistrée.",
    "libre": "L’absence est retirée.",
}


class TeamPages(Controller):
    """For who may plan in the agency."""

    path = "/equipe"

    @get()
    async def every(self, visit: NamedDependency[Visit]) -> Page:
        """Who leads and assists, and when."""
        chosen = await where.chosen(visit)
        team = await teams.of_agency(visit.db, chosen.agency.id, by=visit.staff, now=visit.now)
        trained = await team_trainings.standings(visit.db, chosen.agency.id, by=visit.staff, now=visit.now)
        return visit.page("places/team.html", chosen=chosen, team=team, hours=week_hours, trained=trained)

    @get("/{staff_id:uuid}")
    async def show(self, visit: NamedDependency[Visit], staff_id: FromPath[UUID]) -> Page:
        """One of them."""
        chosen, shown = await _member(visit, staff_id)
        return visit.page(TEMPLATE, **await _shown(visit, chosen, shown, {}))

    @post("/{staff_id:uuid}")
    async def set_hours(self, visit: NamedDependency[Visit], staff_id: FromPath[UUID]) -> Answer:
        """In which hours somebody can be planned, and until which day."""
        form = await visit.form()
        chosen, shown = await _member(visit, staff_id)
        spans = sorted(week_hours.read(form, HOURS), key=lambda place: place[1])
        ends_on = form.day("ends_on") if form.get("ends_on").strip() else None
        try:
            form.problems.refuse()
            hours = tuple(span for _, span in spans)
            await teams.set_hours(visit.db, chosen.agency.id, staff_id, hours, ends_on, by=visit.staff, now=visit.now)
        except InvalidField as refusal:
            errors = field_words(week_hours.beside(refusal.facts["fields"], HOURS, spans), visit.say)
            typed = week_hours.typed(form, HOURS) | {"ends_on": form.get("ends_on")}
            return visit.refused(TEMPLATE, refusal, **await _shown(visit, chosen, shown, typed), errors=errors)
        return _see(chosen, staff_id, "horaires")

    @post("/{staff_id:uuid}/absences")
    async def add_busy_time(self, visit: NamedDependency[Visit], staff_id: FromPath[UUID]) -> Answer:
        """Somebody cannot be planned at that time."""
        form = await visit.form()
        chosen, shown = await _member(visit, staff_id)
        try:
            busy = _busy(visit, form, staff_id, chosen.agency.time_zone)
            await teams.add_busy_time(visit.db, chosen.agency.id, busy, by=visit.staff, now=visit.now)
        except InvalidField as refusal:
            typed = {name: form.get(name) for name in BUSY}
            fields = {AS_TYPED.get(name, name): code for name, code in refusal.facts["fields"].items()}
            errors = field_words(fields, visit.say)
            return visit.refused(TEMPLATE, refusal, **await _shown(visit, chosen, shown, typed), errors=errors)
        return _see(chosen, staff_id, "occupee")

    @post("/{staff_id:uuid}/absences/{busy_time_id:uuid}/retirer")
    async def remove_busy_time(
        self, visit: NamedDependency[Visit], staff_id: FromPath[UUID], busy_time_id: FromPath[UUID]
    ) -> Answer:
        """Somebody can be planned at that time again."""
        await visit.form()
        chosen = await where.chosen(visit)
        await teams.remove_busy_time(visit.db, chosen.agency.id, staff_id, busy_time_id, by=visit.staff, now=visit.now)
        return _see(chosen, staff_id, "libre")


async def _member(visit: Visit, staff_id: UUID) -> tuple[Choices, Planned]:
    chosen = await where.chosen(visit)
    return chosen, await teams.show(visit.db, chosen.agency.id, staff_id, by=visit.staff, now=visit.now)


def _busy(visit: Visit, form: Form, staff_id: UUID, zone: str) -> BusyTime:
    """The time of the form, by the clock of the agency; without a last day it is one day. Raises InvalidField."""
    day, start, end = form.day("date"), form.hour("start"), form.hour("end")
    until = form.day("until") if form.get("until").strip() else day
    starts_at = _instant(form, "start", day, start, zone)
    ends_at = _instant(form, "end", until, end, zone)
    form.problems.refuse()
    because = form.get("because").strip()
    times = {"starts_at": starts_at or visit.now, "ends_at": ends_at or visit.now}
    return BusyTime(id=new_id(visit.now), staff_id=staff_id, because=because, **times)


def _instant(form: Form, name: str, day: date | None, hour: time | None, zone: str) -> datetime | None:
    """The instant of a wall time; what is no such time is noted beside its field."""
    if day is None or hour is None:
        return None
    if not EARLIEST.year < day.year < LATEST.year:
        form.problems.add("date", "far-away")
        return None
    try:
        return to_utc(day, hour, zone)
    except NonexistentTime:
        form.problems.add(name, "no-such-hour")
        return None


async def _shown(visit: Visit, chosen: Choices, shown: Planned, typed: dict[str, str]) -> dict[str, Any]:
    member = shown.member
    kept = week_hours.written(HOURS, member.availability) | {"ends_on": member.ends_on}
    has_hours = any(name.startswith(HOURS) for name in typed) or "ends_on" in typed
    return {
        "chosen": chosen,
        "shown": shown,
        "typed": typed if has_hours else kept | typed,
        "done": DONE.get(visit.asked("fait")),
        "days": week_hours.DAYS,
        "hours_name": HOURS,
        "outside": await diaries.of(visit, member.id, is_room=False),
        "sentences": FIELDS,
    }


def _see(chosen: Choices, staff_id: UUID, done: str) -> Answer:
    return see(f"/equipe/{staff_id}?agence={chosen.agency.slug}&fait={done}")
