"""When a room or a person is free: what meetings and absences leave of the hours in which they can be had."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from booking.domain.hours import Span
from booking.web.pages.blocks import Block

Hours = tuple[time, time]
WORKING_HOURS = (time(8, 30), time(17))
SHORTEST_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Holder:
    """A room or a person, in one place at a time; without id, what has none.

    It can be had in its ``hours`` until a last day, but not while ``busy`` elsewhere.
    """

    id: UUID | None
    name: str
    hours: Sequence[Span] = ()
    busy: Sequence[tuple[datetime, datetime]] = ()
    ends_on: date | None = None


def vacancies(on: date, holder: Holder, blocks: Sequence[Block]) -> list[Hours]:
    """When, of the hours in which a holder can be had, an hour or more is left; cancelled meetings take nothing."""
    if holder.ends_on and on > holder.ends_on:
        return []
    held = [(block.begins, block.ends) for block in blocks if block.kind != "off"]
    busy = sorted(hours for begins, ends in (*held, *holder.busy) if (hours := _on(on, begins, ends)))
    spans = [(span.opens, span.closes) for span in holder.hours if span.weekday == on.weekday()]
    left = [gap for span in (sorted(spans) if holder.hours else [WORKING_HOURS]) for gap in _left(span, busy)]
    return [(begins, ends) for begins, ends in left if _minutes(ends) - _minutes(begins) >= SHORTEST_MINUTES]


def _left(span: Hours, busy: Sequence[Hours]) -> Iterator[Hours]:
    """What remains of a span, however short."""
    opens, closes = span
    for begins, ends in busy:
        yield opens, min(begins, closes)
        opens = max(opens, ends)
    yield opens, closes


def _on(on: date, begins: datetime, ends: datetime) -> Hours | None:
    """The part of a time that lies on this day."""
    if not begins.date() <= on <= ends.date():
        return None
    return (begins.time() if begins.date() == on else time.min, ends.time() if ends.date() == on else time.max)


def _minutes(at: time) -> int:
    return 60 * at.hour + at.minute
