"""The page around a plan: the form above, the calendar and the proposals below; everything typed is kept."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from booking.domain.errors import InvalidField, Refused
from booking.domain.sessions import Session
from booking.services import planner
from booking.services.planner import Agreement, Preview
from booking.services.sketches import Sketch
from booking.web.errors import field_words
from booking.web.forms import Form
from booking.web.pages.plan_calendars import months
from booking.web.pages.plan_choices import carried, choices
from booking.web.pages.plan_rows import Row, rows
from booking.web.pages.visits import Answer, Visit
from booking.web.rendering import Page
from calendars.zones import today

PUBLISH, SAVE, REPAIR = "publish", "save", "repair"

Done = Callable[[Sequence[Session], bool], Answer]


async def answer(
    visit: Visit, template: str, form: Form, sketch: Sketch | None, around: Mapping[str, Any], done: Done
) -> Answer:
    """What a button of the form comes to: the preview anew, or all of it written and ``done``."""
    if sketch is None:
        return _bare(visit, template, form, InvalidField(fields=dict(form.problems.found)), around)
    chosen, action = choices(form), form.get("action")
    try:
        looked = await planner.preview(
            visit.db, sketch, chosen, repairs_all=action == REPAIR, by=visit.staff, now=visit.now
        )
    except Refused as refusal:
        return _bare(visit, template, form, refusal, around)
    try:
        form.problems.refuse()
        if action not in (PUBLISH, SAVE):
            return _looked(visit, template, form, looked, around)
        agreed = Agreement(
            choices=chosen,
            publishes=action == PUBLISH,
            overridden_because=form.get("because"),
            seen=form.get("seen"),
        )
        made = await planner.write(visit.db, sketch, agreed, by=visit.staff, site=visit.site, now=visit.now)
    except Refused as refusal:
        return _looked(visit, template, form, looked, around, refusal)
    return done(made, action == PUBLISH)


def blank(visit: Visit, template: str, around: Mapping[str, Any], **shown: Any) -> Page:
    """The form without a preview."""
    return visit.page(template, **{"looked": None, "carried": [], "because": ""} | around | shown)


def _bare(visit: Visit, template: str, form: Form, refusal: Refused, around: Mapping[str, Any]) -> Page:
    """The form with its faults; the choices made before are sent along, unseen."""
    shown = {"looked": None, "carried": carried(form), "because": ""}
    return visit.refused(template, refusal, **shown | around)


def _looked(
    visit: Visit,
    template: str,
    form: Form,
    looked: Preview,
    around: Mapping[str, Any],
    refusal: Refused | None = None,
) -> Page:
    listed = rows(looked, form)
    shown = {
        "looked": looked,
        "rows": listed,
        "months": months(looked, listed),
        "carried": [],
        "because": form.get("because"),
        "today": today(visit.now, looked.agency.time_zone),
        "rooms": [room for room in looked.around.rooms.values() if not room.archived_at],
        "people": [person for person in looked.around.people.values() if person.is_facilitator],
        "problem_words": lambda code: field_words({"": code}, visit.say)[""],
        "names": {id: known.name for id, known in (*looked.around.rooms.items(), *looked.around.people.items())},
    }
    if refusal is None:
        return visit.page(template, **shown | around)
    errors = field_words(_beside_rows(refusal.facts.get("fields", {}), listed), visit.say)
    return visit.refused(template, refusal, **shown | around | {"errors": errors})


def _beside_rows(fields: Mapping[str, str], listed: Sequence[Row]) -> dict[str, str]:
    """The problems of meetings, counted from 1, as problems of the rows they stand in."""
    beside = {f"meetings.{row.n}": f"on.{row.key}" for row in listed}
    return {beside.get(name, name): code for name, code in fields.items()}
