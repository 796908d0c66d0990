"""The form of the planner: a wish as typed, kept as it is and read into what it means."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from booking.domain.wishes import Wish
from booking.domain.workshops import Workshop
from booking.services.choices import Choices
from booking.web.forms import Form
from booking.web.pages.schedules import known_id
from calendars.recurrence import Recurrence

FIELDS = ("workshop", "capacity", "first", "count", "last", "every", "starts", "ends", "room", "facilitator")
SHAPES = ("shape", "cycles")
SEVERAL = ("weekdays", "assistants")
FLAGS = ("steps_over_closed", "steps_over_school")
CYCLE = "cycle"
A_DATE = re.compile(r"\d{4}-\d\d?-\d\d?|\d\d?/\d\d?/\d{4}")


@dataclass(frozen=True, slots=True)
class Typed:
    """Everything in the form of a wish, as it will be shown again."""

    said: Mapping[str, str] = field(default_factory=dict)
    several: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.said.get(name, "")

    @property
    def address(self) -> str:
        """The same as a query, to begin the next wish with."""
        pairs = [(name, value) for name, value in self.said.items() if value]
        return urlencode(pairs + [(name, value) for name, values in self.several.items() for value in values])


def typed(form: Form) -> Typed:
    """What stands in the form."""
    said = {name: form.get(name).strip() for name in (*FIELDS, *SHAPES, *FLAGS)}
    return Typed(said, {name: form.all(name) for name in SEVERAL})


def begun(query: str) -> Typed:
    """The form to begin with: what the address says, holidays stepped over unless it says more."""
    form = Form(parse_qsl(query))
    found = typed(form)
    return found if found["first"] else Typed({**found.said, "steps_over_closed": "1"}, found.several)


def wish(form: Form, chosen: Choices) -> Wish | None:
    """The wish the form means; what cannot be read is noted in its problems.

    Without seats or an end the workshop's usual ones are meant, without a day of the week that of the first day.
    """
    workshop_id = known_id(form, "workshop")
    workshop = next((one for one in chosen.workshops if one.id == workshop_id), None)
    if workshop_id and workshop is None:
        form.problems.add("workshop", "unknown-choice")
    recurrence, hours = _recurrence(form), _hours(form, workshop)
    numbers = {"capacity": form.whole("capacity", workshop.usual_capacity if workshop else 1)}
    numbers |= {"cycles": form.whole("cycles", 1) if form.get("shape") == CYCLE else 1}
    who = {"room_id": form.id("room"), "facilitator_id": form.id("facilitator"), "assistant_ids": _assistants(form)}
    if form.problems.found or workshop is None or recurrence is None:
        return None
    return Wish(
        agency_id=chosen.agency.id,
        workshop_id=workshop.id,
        recurrence=recurrence,
        is_cycle=form.get("shape") == CYCLE,
        **{name: bool(form.get(name)) for name in FLAGS},
        **numbers,
        **who,
        **hours,
    )


def _hours(form: Form, workshop: Workshop | None) -> dict[str, Any]:
    starts = form.hour("starts")
    if form.get("ends").strip() or workshop is None or starts is None:
        return {"starts": starts, "ends": form.hour("ends")}
    ends = datetime.combine(date(2000, 1, 1), starts) + timedelta(minutes=workshop.usual_minutes)
    return {"starts": starts, "ends": ends.time() if ends.day == 1 else time.max.replace(microsecond=0)}


def _assistants(form: Form) -> tuple[UUID, ...]:
    said = [Form([("assistants", id)]) for id in form.all("assistants") if id]
    found = [one.id("assistants") for one in said]
    if None in found:
        form.problems.add("assistants", "unknown-choice")
    return tuple(id for id in found if id)


def a_day(form: Form, name: str) -> date | None:
    """A day, and a clearer word for one like 29/02/2027 that no year has."""
    read = Form(form.pairs)
    found = read.day(name)
    for code in read.problems.found.values():
        is_written_well = code == "not-a-day" and A_DATE.fullmatch(form.get(name).replace(" ", ""))
        form.problems.add(name, "no-such-day" if is_written_well else code)
    return found


def _recurrence(form: Form) -> Recurrence | None:
    first = a_day(form, "first")
    last = a_day(form, "last") if form.get("last").strip() else None
    count, every = form.whole("count"), form.whole("every", 1)
    weekdays = frozenset(int(day) for day in form.all("weekdays") if day in set("0123456"))
    if first is None or every is None:
        return None
    return Recurrence(
        first=first, weekdays=weekdays or frozenset({first.weekday()}), every=every, count=count, last=last
    )
