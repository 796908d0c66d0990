"""How something is done with many things: checked before it begins, and kept with the batch."""

from collections.abc import Callable, Mapping
from typing import Any

from booking.domain.batches import Deed
from booking.domain.endings import End, Then
from booking.domain.fields import Problems
from booking.domain.sessions import MOST_SEATS
from booking.services.to_do import OUTCOMES

MOST_DAYS = 366
TICKS = {outcome for outcomes in OUTCOMES.values() for outcome in outcomes}
Told = Mapping[str, Any]


def checked(deed: Deed, told: Told) -> dict[str, Any]:
    """As it is kept. Raises :class:`InvalidField`."""
    problems = Problems()
    said = CHECKS[deed](told, problems) if deed in CHECKS else {}
    problems.refuse()
    return said


def _cancel(told: Told, problems: Problems) -> dict[str, Any]:
    if told["then"] is Then.MOVE:
        problems.add("then", "unknown-choice")
        return {}
    end = End(because=told["because"], then=told["then"]).checked()
    return {"because": end.because, "then": end.then}


def _shift(told: Told, problems: Problems) -> dict[str, Any]:
    problems.between("days", abs(told["days"]), 1, MOST_DAYS)
    return {"days": told["days"]}


def _resize(told: Told, problems: Problems) -> dict[str, Any]:
    problems.between("capacity", told["capacity"], 1, MOST_SEATS)
    return {"capacity": told["capacity"]}


def _lead(told: Told, problems: Problems) -> dict[str, Any]:
    if told["facilitator"] is None:
        problems.add("facilitator", "required")
    return {"facilitator": str(told["facilitator"])}


def _tick(told: Told, problems: Problems) -> dict[str, Any]:
    if told["outcome"] not in TICKS:
        problems.add("outcome", "unknown-choice" if told["outcome"] else "required")
    return {"outcome": told["outcome"]}


def _copy(_: Told, problems: Problems) -> dict[str, Any]:
    """Never here: the planner shows the copies and writes them."""
    problems.add("deed", "unknown-choice")
    return {}


CHECKS: Mapping[Deed, Callable[[Told, Problems], dict[str, Any]]] = {
    Deed.CANCEL: _cancel,
    Deed.SHIFT: _shift,
    Deed.RESIZE: _resize,
    Deed.LEAD: _lead,
    Deed.TICK: _tick,
    Deed.COPY: _copy,
}
