"""Repairs: for a meeting with something against it, another room, other people, or the next free day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import islice, product
from uuid import UUID

from booking.domain.obstacles import Surroundings, Weight, heaviest
from booking.domain.planner import Choice, Proposal, Slot, besides, chosen, is_near

DAYS_AHEAD = 42
SATURDAY = 5


class RepairKind(StrEnum):
    """What a repair changes."""

    ROOM = "room"
    FACILITATOR = "facilitator"
    ALONE = "alone"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Step:
    """One change: another room or facilitator by ``id`` and ``name``, no assistant, or another ``day``."""

    kind: RepairKind
    id: UUID | None = None
    name: str = ""
    day: date | None = None

    @property
    def changes(self) -> dict[str, object]:
        """What it changes of a slot, by field name."""
        if self.kind is RepairKind.DAY:
            return {"day": self.day}
        if self.kind is RepairKind.ALONE:
            return {"assistant_ids": ()}
        return {f"{self.kind.value}_id": self.id}


@dataclass(frozen=True, slots=True)
class Repair:
    """A way out: one step, or two where one alone is not enough."""

    steps: tuple[Step, ...]

    @property
    def changes(self) -> dict[str, object]:
        """What it changes of a slot, by field name."""
        return {name: value for step in self.steps for name, value in step.changes.items()}

    @property
    def day(self) -> date | None:
        """The day it moves to, if it does."""
        return next((step.day for step in self.steps if step.day), None)


def repairs(proposal: Proposal, others: Sequence[Proposal], around: Surroundings, now: datetime) -> list[Repair]:
    """What would leave nothing in the way but what is only said; the least change first."""
    if not proposal.needs_repair:
        return []
    slot, around = proposal.slot, besides(proposal, others, around)
    used = {other.slot.day for other in others if other.wished.group == proposal.wished.group and not other.is_left_out}
    days = [Step(RepairKind.DAY, day=day) for day in _days_after(_reachable(proposal, now)) if day not in used]
    same = [step for step in days if step.day and step.day.weekday() == slot.day.weekday()]
    rooms, people = list(_rooms(slot, around)), list(_people(slot, around))
    single = [(list(product(steps)), most) for steps, most in ((rooms, 4), (people, 4), (days, 1), (same, 1))]
    double = [(list(product(one, other)), 1) for one, other in ((rooms, people), (rooms, days), (people, days))]
    return _working(single, slot, around, now) or _working(double, slot, around, now)


def _working(
    ways: Iterable[tuple[Sequence[tuple[Step, ...]], int]], slot: Slot, around: Surroundings, now: datetime
) -> list[Repair]:
    """Of each kind of way, as many as said that leave the slot free."""
    found: list[Repair] = []
    for tried, most in ways:
        fresh = (way for way in map(Repair, tried) if way not in found)
        found += islice((way for way in fresh if _is_free(slot, way, around, now)), most)
    return found


def first_of_each(
    found: Sequence[Proposal], ways: Mapping[str, Sequence[Repair]], choices: Mapping[str, Choice]
) -> dict[str, Choice]:
    """The choices with the first repair of every proposal that needs one; no two of them move to the same day."""
    taken: set[date | None] = set()
    repaired = dict(choices)
    for proposal in found:
        key = proposal.wished.key
        way = next((way for way in ways.get(key, ()) if way.day is None or way.day not in taken), None)
        if way:
            taken.add(way.day)
            before = repaired.get(key, Choice())
            repaired[key] = replace(before, changes={**before.changes, **way.changes})
    return repaired


def _rooms(slot: Slot, around: Surroundings) -> Iterator[Step]:
    for room in around.rooms.values():
        if slot.room_id and room.id != slot.room_id and not room.archived_at:
            yield Step(RepairKind.ROOM, room.id, room.name)


def _people(slot: Slot, around: Surroundings) -> Iterator[Step]:
    for person in around.people.values():
        if (
            slot.facilitator_id
            and person.is_facilitator
            and person.id not in (slot.facilitator_id, *slot.assistant_ids)
        ):
            yield Step(RepairKind.FACILITATOR, person.id, person.name)
    if slot.assistant_ids:
        yield Step(RepairKind.ALONE)


def _reachable(proposal: Proposal, now: datetime) -> date:
    return proposal.slot.day if is_near(proposal.slot.day, now) else proposal.wished.day


def _days_after(first: date) -> Iterator[date]:
    """Working days to come, and the same day of the week whichever it is."""
    for n in range(1, DAYS_AHEAD):
        day = first + timedelta(days=n)
        if day.weekday() < SATURDAY or day.weekday() == first.weekday():
            yield day


def _is_free(slot: Slot, way: Repair, around: Surroundings, now: datetime) -> bool:
    tried = chosen(slot, Choice(changes=way.changes), around, now)
    if tried.problem or tried.meeting is None:
        return False
    return heaviest(around.obstacles(tried.meeting, slot.capacity)) in (None, Weight.WARNS)
