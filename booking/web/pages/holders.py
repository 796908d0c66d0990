"""The agenda by room or by person: whose meetings these are, and when somebody or some place is free."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from booking.domain.obstacles import Person, Surroundings
from booking.domain.rooms import Room
from booking.services.agenda_choices import Choices
from booking.web.pages.agenda_searches import BY_ROOM
from booking.web.pages.blocks import Block
from booking.web.pages.grids import Column
from booking.web.pages.signs import Sign, of_obstacle
from booking.web.pages.vacancies import Holder, Hours, vacancies
from calendars.zones import wall

NOBODY = {True: "Sans salle", False: "Sans animation"}


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
        return [_room(room, around) for room in choices.rooms if not room.archived_at]
    known = around.people if around else {}
    return [_person(known[id], around) if around and id in known else Holder(id, name) for id, name in choices.staff]


def _room(room: Room, around: Surroundings | None) -> Holder:
    if around is None:
        return Holder(room.id, room.name, room.opening_hours)
    taken = around.rooms_busy.get(room.id, ())
    busy = [(wall(starts_at, around.zone), wall(ends_at, around.zone)) for starts_at, ends_at in taken]
    return Holder(room.id, room.name, room.opening_hours, busy)


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
        free = [] if is_closed else vacancies(day.on, holder, theirs[holder.id])
        yield Cell(holder, theirs[holder.id], free, signs)


def _closed(day: Column, holder: Holder, by: str, around: Surroundings | None) -> list[Sign]:
    """Why a room is closed that day, besides what closes the agency."""
    if around is None or by != BY_ROOM or holder.id is None:
        return []
    signs = [of_obstacle(obstacle) for obstacle in around.of_the_day(day.on, holder.id)]
    return [sign for sign in signs if sign not in day.signs]
