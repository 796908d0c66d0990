"""What somebody chose of each proposed meeting: to leave it out, another day, room or person, or a repair."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from booking.domain.planner import Choice
from booking.domain.repairs import Repair, RepairKind, Step
from booking.web.forms import Form
from booking.web.pages.plan_forms import a_day

# A proposal keeps what the wish says where nothing was chosen; "none" is a choice.
NONE = "none"
PREFIXES = ("row.", "keep.", "on.", "room.", "facilitator.", "alone.", "repair.")


def choices(form: Form) -> dict[str, Choice]:
    """The choices by the key of their slot; what cannot be read is noted in the form's problems."""
    return {key: _choice(form, key) for key in form.names("row.")}


def carried(form: Form) -> list[tuple[str, str]]:
    """The same as fields to be sent along, where the proposals cannot be shown."""
    return [(name, value) for name, value in form.pairs if name.startswith(PREFIXES) or name == "because"]


def said(way: Repair) -> str:
    """A repair as a field says it."""
    return " ".join(f"{step.kind.value}:{step.id or step.day or ''}" for step in way.steps)


def _choice(form: Form, key: str) -> Choice:
    changes: dict[str, Any] = {}
    day = a_day(form, f"on.{key}") if form.get(f"on.{key}") else None
    if day and day.isoformat() != form.get(f"row.{key}"):
        changes["day"] = day
    for name in ("room", "facilitator"):
        chosen = form.get(f"{name}.{key}")
        if chosen:
            changes[f"{name}_id"] = None if chosen == NONE else form.id(f"{name}.{key}")
    if form.get(f"alone.{key}"):
        changes["assistant_ids"] = ()
    choice = Choice(is_left_out=not form.get(f"keep.{key}"), changes=changes)
    return _repaired(form, key, choice)


def _repaired(form: Form, key: str, choice: Choice) -> Choice:
    try:
        changes = Repair(tuple(_step(said) for said in form.get(f"repair.{key}").split())).changes
    except ValueError:
        form.problems.add(f"repair.{key}", "unknown-choice")
        return choice
    return replace(choice, changes={**choice.changes, **changes})


def _step(said: str) -> Step:
    kind, _, value = said.partition(":")
    if kind == RepairKind.DAY:
        return Step(RepairKind.DAY, day=date.fromisoformat(value))
    return Step(RepairKind(kind), id=UUID(value) if kind != RepairKind.ALONE else None)
