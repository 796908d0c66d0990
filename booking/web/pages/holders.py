"""The agenda by room or by person: whose meetings these are, and when somebody or some place is free."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from booking.domain.hours import Span
from booking.domain.obstacles import Person, Surroundings
from booking.services.agendas import Choices
from booking.web.pages.agenda_searches import BY_ROOM
from booking.web.pages.blocks import Block
from booking.web.pages.grids import Column
from booking.web.pages.signs import Sign, of_obstacle
from calendars.zones import wall

Hours = tuple[time, time]
WORKING_HOURS = (time(8, 30), time(17))
SHORTEST_MINUTES = 60
NOBODY = {True: "Sans salle", False: "Sans animation"}


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


@dataclass(frozen=True, slots=True)
class Cell:
    """One holder on one day: its meetings, when it is free, and why it cannot be had."""

    holder: Holder
    blocks: Sequence[Block]
    free: Sequence[Hours]
    signs: Sequence[Sign] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One day across all holders."""

    on: date
    is_today: bool
    signs: Sequence[Sign]
    cells: Sequence[Cell]


def held_by(block: Block, by: str) -> UUID | None:
    """Whose meeting it is."""
    return block.entry.meeting.room_id if by == BY_ROOM else block.entry.meeting.facilitator_id


def with_nobody(holders: Sequence[Holder], blocks: Sequence[Block], by: str) -> list[Holder]:
    """The holders, and one more for meetings that have none of them."""
    known = {holder.id for holder in holders}
    is_astray = any(held_by(block, by) not in known for block in blocks)
    return [*holders, Holder(None, NOBODY[by == BY_ROOM])] if is_astray else list(holders)


def columns(day: Column, holders: Sequence[Holder], by: str, around: Surroundings | None) -> list[Column]:
    """One day as a column for each holder."""
    return [
        Column(day.on, cell.blocks, day.is_today, cell.holder.name, cell.signs)
        for cell in _cells(day, holders, by, around)
    ]


def lines(days: Sequence[Column], holders: Sequence[Holder], by: str, around: Surroundings | None) -> list[Line]:
    """Days down, holders across."""
    return [Line(day.on, day.is_today, day.signs, list(_cells(day, holders, by, around))) for day in days]


def of_choices(by: str, choices: Choices, around: Surroundings | None) -> list[Holder]:
    """The rooms or the people an agenda has columns for; what is known about them decides when they are free."""
    if by == BY_ROOM:
        return [Holder(room.id, room.name, room.opening_hours) for room in choices.rooms if not room.archived_at]
    known = around.people if around else {}
    return [_person(known[id], around) if around and id in known else Holder(id, name) for id, name in choices.staff]


def _person(person: Person, around: Surroundings) -> Holder:
    elsewhere = [(o.starts_at, o.ends_at) for o in around.occupied if o.holder_id == person.id]
    away = [(starts_at, ends_at) for starts_at, ends_at, _ in person.busy]
    busy = [(wall(starts_at, around.zone), wall(ends_at, around.zone)) for starts_at, ends_at in (*elsewhere, *away)]
    return Holder(person.id, person.name, person.availability, busy, person.ends_on)


def _cells(day: Column, holders: Sequence[Holder], by: str, around: Surroundings | None) -> Iterator[Cell]:
    known = {holder.id for holder in holders}
    theirs: dict[UUID | None, list[Block]] = {holder.id: [] for holder in holders}
    for block in day.blocks:
        holder_id = held_by(block, by)
        theirs[holder_id if holder_id in known else None].append(block)
    for holder in holders:
        signs = _closed(day, holder, by, around)
        is_closed = holder.id is None or any(sign.stops for sign in (*day.signs, *signs))
        free = [] if is_closed else gaps(day.on, holder, theirs[holder.id])
        yield Cell(holder, theirs[holder.id], free, signs)


def _closed(day: Column, holder: Holder, by: str, around: Surroundings | None) -> list[Sign]:
    """Why a room is closed that day, besides what closes the agency."""
    if around is None or by != BY_ROOM or holder.id is None:
        return []
    signs = [of_obstacle(obstacle) for obstacle in around.of_the_day(day.on, holder.id)]
    return [sign for sign in signs if sign not in day.signs]


def gaps(on: date, holder: Holder, blocks: Sequence[Block]) -> list[Hours]:
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
