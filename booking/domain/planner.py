"""The planner: meetings proposed to whoever plans, each with what stands against it, before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from booking.domain.identifiers import new_id
from booking.domain.obstacles import Obstacle, Occupied, Surroundings, Weight, heaviest
from booking.domain.sessions import FURTHEST_AHEAD, Meeting, Session
from booking.domain.wishes import Wish
from calendars.recurrence import instants
from calendars.zones import NonexistentTime, wall


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One meeting to be, in the time of the place; those of one ``group`` make one session.

    ``key`` names it for as long as the wish stays the same.
    """

    key: str
    group: int
    workshop_id: UUID
    capacity: int
    day: date
    starts: time
    ends: time
    room_id: UUID | None = None
    facilitator_id: UUID | None = None
    assistant_ids: tuple[UUID, ...] = ()
    languages: tuple[str, ...] = ()

    def meeting(self, zone: str, now: datetime) -> Meeting:
        """The meeting of this slot, not yet of any session. Raises NonexistentTime."""
        starts_at, ends_at = instants(self.day, self.starts, self.ends, zone)
        id = new_id(now)
        where = {"room_id": self.room_id, "facilitator_id": self.facilitator_id, "assistant_ids": self.assistant_ids}
        when = {"starts_at": starts_at, "ends_at": ends_at, "created_at": now, "changed_at": now}
        return Meeting(id=id, session_id=id, position=1, **when, **where)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a wish comes to, by start; ``stepped_over`` are the closed days it leaves out."""

    slots: tuple[Slot, ...]
    stepped_over: tuple[date, ...] = ()

    @property
    def signature(self) -> str:
        """Two plans have the same one when they propose the same."""
        return sha256(repr(self.slots).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody decided of one slot: to leave it out, or to change its day, room or people by field name."""

    is_left_out: bool = False
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A slot as chosen; ``meeting`` is missing where the hour does not exist, ``problem`` is what refuses it."""

    slot: Slot
    wished: Slot
    meeting: Meeting | None
    is_left_out: bool = False
    problem: str = ""
    obstacles: Sequence[Obstacle] = ()

    @property
    def weight(self) -> Weight | None:
        """How much weighs against it."""
        return heaviest(self.obstacles)

    @property
    def needs_repair(self) -> bool:
        """Whether it cannot be written as it is without a reason."""
        return not self.is_left_out and (bool(self.problem) or self.weight in (Weight.CLASH, Weight.BLOCKS))


def fulfilled(wish: Wish, days: Sequence[date], stepped_over: Sequence[date]) -> Plan:
    """The plan of a wish on these days."""
    of_one = (wish.recurrence.count or len(days)) if wish.is_cycle else 1
    slots = (
        Slot(
            key=day.isoformat(),
            group=n // of_one,
            workshop_id=wish.workshop_id,
            capacity=wish.capacity,
            day=day,
            starts=wish.starts,
            ends=wish.ends,
            room_id=wish.room_id,
            facilitator_id=wish.facilitator_id,
            assistant_ids=wish.assistant_ids,
        )
        for n, day in enumerate(days)
    )
    return Plan(slots=tuple(slots), stepped_over=tuple(stepped_over))


def copied(sessions: Sequence[Session], shifts: Sequence[int], zone: str) -> Plan:
    """Each session again, so many days later, at the same hours on the wall."""
    slots = []
    for nth_shift, shift in enumerate(shifts):
        for nth, session in enumerate(sessions):
            group = nth_shift * len(sessions) + nth
            slots += [_later(meeting, session, shift, group, zone) for meeting in session.meetings]
    return Plan(slots=tuple(sorted(slots, key=lambda slot: (slot.day, slot.starts, slot.group))))


def _later(meeting: Meeting, session: Session, shift: int, group: int, zone: str) -> Slot:
    begins, ends = wall(meeting.starts_at, zone), wall(meeting.ends_at, zone)
    return Slot(
        key=f"{group}-{meeting.position}",
        group=group,
        workshop_id=session.workshop_id,
        capacity=session.capacity,
        day=begins.date() + timedelta(days=shift),
        starts=begins.time(),
        ends=ends.time(),
        room_id=meeting.room_id,
        facilitator_id=meeting.facilitator_id,
        assistant_ids=meeting.assistant_ids,
        languages=session.languages,
    )


def proposals(plan: Plan, choices: Mapping[str, Choice], around: Surroundings, now: datetime) -> list[Proposal]:
    """Every slot as chosen, with what stands against it: what is there already, and the rest of the plan."""
    found = [chosen(slot, choices.get(slot.key, Choice()), around, now) for slot in plan.slots]
    return [_judged(_apart(proposal, found), besides(proposal, found, around)) for proposal in found]


def besides(proposal: Proposal, others: Sequence[Proposal], around: Surroundings) -> Surroundings:
    """The surroundings of one proposal: the others take their rooms and people too."""
    taken = [x for other in others if other.wished.key != proposal.wished.key for x in _occupies(other)]
    return replace(around, occupied=[*around.occupied, *taken])


def _judged(proposal: Proposal, around: Surroundings) -> Proposal:
    if proposal.meeting is None:
        return proposal
    return replace(proposal, obstacles=around.obstacles(proposal.meeting, proposal.slot.capacity))


def _apart(proposal: Proposal, others: Sequence[Proposal]) -> Proposal:
    """Noted as a problem when another meeting of the same session is at the same time."""
    meeting = proposal.meeting
    own = (x for x in others if x.wished.group == proposal.wished.group and not x.is_left_out and x is not proposal)
    if meeting is None or proposal.problem or not any(x.meeting and x.meeting.overlaps(meeting) for x in own):
        return proposal
    return replace(proposal, problem="overlaps-another-meeting")


def chosen(wished: Slot, choice: Choice, around: Surroundings, now: datetime) -> Proposal:
    """The slot as somebody chose it, with what would refuse it whatever stands around."""
    slot = replace(wished, **choice.changes)
    meeting, problem = None, ""
    try:
        meeting = slot.meeting(around.zone, now) if is_near(slot.day, now) else None
    except NonexistentTime:
        problem = "no-such-hour"
    problem = problem or _problem(slot, meeting, around, now)
    return Proposal(slot=slot, wished=wished, meeting=meeting, is_left_out=choice.is_left_out, problem=problem)


def is_near(day: date, now: datetime) -> bool:
    """Whether the day is one that calendars and rules still reach; what lies beyond is refused anyway."""
    return abs(day - now.date()) <= FURTHEST_AHEAD + timedelta(days=2)


def _problem(slot: Slot, meeting: Meeting | None, around: Surroundings, now: datetime) -> str:
    if meeting is None:
        return "in-the-past" if slot.day < now.date() else "too-far-ahead"
    room = around.rooms.get(slot.room_id) if slot.room_id else None
    leader = around.people.get(slot.facilitator_id) if slot.facilitator_id else None
    wrong = {
        "in-the-past": meeting.starts_at <= now,
        "too-far-ahead": meeting.starts_at > now + FURTHEST_AHEAD,
        "room-of-another-agency": slot.room_id and (room is None or room.archived_at),
        "not-a-facilitator-here": slot.facilitator_id and not (leader and leader.is_facilitator),
        "not-an-assistant-here": set(slot.assistant_ids) - around.people.keys(),
        "leads-and-assists": slot.facilitator_id in slot.assistant_ids,
    }
    return next((code for code, is_so in wrong.items() if is_so), "")


def _occupies(proposal: Proposal) -> list[Occupied]:
    """Where a proposal puts its room and people; the title is left blank, for it is of the same plan."""
    meeting = proposal.meeting
    if meeting is None or proposal.is_left_out:
        return []
    holders = [id for id in (meeting.room_id, *meeting.staff_ids) if id]
    where = {"session_id": meeting.session_id, "agency_id": meeting.session_id, "title": ""}
    return [Occupied(holder_id=id, starts_at=meeting.starts_at, ends_at=meeting.ends_at, **where) for id in holders]  # type: ignore[arg-type]
