"""What programs read and write of plans: a wish, what was chosen of each proposal, and the proposals."""

from datetime import date, datetime, time
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from booking.domain.obstacles import Obstacle, ObstacleKind, Weight
from booking.domain.planner import Choice, Proposal
from booking.domain.repairs import Repair
from booking.domain.wishes import MOST_PROPOSALS, Wish
from booking.services.planner import Preview
from booking.web.api.session_views import Capacity, SessionView
from calendars.recurrence import Recurrence

Hour = Annotated[time, msgspec.Meta(tz=False, description="By the clock of the agency, like 09:30:00.")]
Weekday = Annotated[int, msgspec.Meta(ge=0, le=6, description="Monday is 0.")]
Many = Annotated[int, msgspec.Meta(ge=1, le=MOST_PROPOSALS)]


class PlanChoice(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What is chosen of one proposal, by its ``key``; a field left out stays as the wish says it."""

    key: str
    leave_out: bool = False
    day: date | UnsetType = UNSET
    room_id: UUID | UnsetType | None = UNSET
    facilitator_id: UUID | UnsetType | None = UNSET
    assistant_ids: list[UUID] | UnsetType = UNSET

    def choice(self) -> Choice:
        """The same for the planner."""
        said = {name: getattr(self, name) for name in ("day", "room_id", "facilitator_id", "assistant_ids")}
        changes = {name: tuple(v) if isinstance(v, list) else v for name, v in said.items() if v is not UNSET}
        return Choice(is_left_out=self.leave_out, changes=changes)


class PlanBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A wish: single sessions, or ``cycles`` one after another when ``is_cycle``, each of ``count`` meetings.

    Either ``count`` or ``last`` ends it. Public holidays and closures are stepped over unless told otherwise.
    """

    agency_id: UUID
    workshop_id: UUID
    first: date
    weekdays: list[Weekday] = []
    every: int = 1
    count: Many | None = None
    last: date | None = None
    starts: Hour
    ends: Hour
    capacity: Capacity
    room_id: UUID | None = None
    facilitator_id: UUID | None = None
    assistant_ids: list[UUID] = []
    is_cycle: bool = False
    cycles: Many = 1
    steps_over_closed: bool = True
    steps_over_school: bool = False
    choices: Annotated[list[PlanChoice], msgspec.Meta(max_length=MOST_PROPOSALS)] = []

    def wish(self) -> Wish:
        """The wish; without a day of the week that of the first day is meant."""
        same = ("agency_id", "workshop_id", "starts", "ends", "capacity", "room_id", "facilitator_id", "is_cycle")
        same += ("cycles", "steps_over_closed", "steps_over_school")
        return Wish(
            recurrence=Recurrence(
                first=self.first,
                weekdays=frozenset(self.weekdays or [self.first.weekday()]),
                every=self.every,
                count=self.count,
                last=self.last,
            ),
            assistant_ids=tuple(self.assistant_ids),
            **{name: getattr(self, name) for name in same},
        )

    def chosen(self) -> dict[str, Choice]:
        """The choices by key."""
        return {one.key: one.choice() for one in self.choices}


class PlanOrder(PlanBody, forbid_unknown_fields=True, kw_only=True):
    """A wish to be written. ``overridden_because`` is needed where an obstacle is overcome."""

    publish: bool = False
    overridden_because: Annotated[str, msgspec.Meta(max_length=200)] = ""


class ObstacleView(msgspec.Struct):
    """One thing in the way: a ``clash`` is final, what ``blocks`` needs a reason, what ``warns`` is only said."""

    kind: ObstacleKind
    weight: Weight
    what: str
    who: str
    seats: int | None

    @classmethod
    def of(cls, obstacle: Obstacle) -> "ObstacleView":
        """The view of this obstacle."""
        return cls(obstacle.kind, obstacle.weight, obstacle.what, obstacle.who, obstacle.seats)


class RepairView(msgspec.Struct, omit_defaults=True):
    """A way out, as the fields of a choice."""

    day: date | UnsetType = UNSET
    room_id: UUID | UnsetType = UNSET
    facilitator_id: UUID | UnsetType = UNSET
    assistant_ids: list[UUID] | UnsetType = UNSET

    @classmethod
    def of(cls, way: Repair) -> "RepairView":
        """The view of this repair."""
        return cls(**{name: list(v) if isinstance(v, tuple) else v for name, v in way.changes.items()})  # type: ignore[arg-type]


class ProposalView(msgspec.Struct, kw_only=True):
    """One meeting to be; those of one ``session`` are booked together. ``problem`` refuses it whatever is around."""

    key: str
    session: int
    day: date
    starts_at: datetime | None
    ends_at: datetime | None
    room_id: UUID | None
    facilitator_id: UUID | None
    assistant_ids: list[UUID]
    is_left_out: bool
    problem: str | None
    obstacles: list[ObstacleView]
    repairs: list[RepairView]

    @classmethod
    def of(cls, proposal: Proposal, looked: Preview) -> "ProposalView":
        """The view of this proposal."""
        slot, meeting, key = proposal.slot, proposal.meeting, proposal.wished.key
        return cls(
            key=key,
            session=proposal.wished.group + 1,
            day=slot.day,
            starts_at=meeting.starts_at if meeting else None,
            ends_at=meeting.ends_at if meeting else None,
            room_id=slot.room_id,
            facilitator_id=slot.facilitator_id,
            assistant_ids=list(slot.assistant_ids),
            is_left_out=proposal.is_left_out,
            problem=proposal.problem or None,
            obstacles=[ObstacleView.of(obstacle) for obstacle in proposal.obstacles],
            repairs=[RepairView.of(way) for way in looked.ways.get(key, ())],
        )


class PlanView(msgspec.Struct, kw_only=True):
    """What a wish comes to; ``stepped_over`` are the closed days it leaves out. Nothing is written yet."""

    sessions: int
    stepped_over: list[date]
    proposals: list[ProposalView]

    @classmethod
    def of(cls, looked: Preview) -> "PlanView":
        """The view of this preview."""
        proposals = [ProposalView.of(proposal, looked) for proposal in looked.proposals]
        return cls(sessions=looked.sessions, stepped_over=list(looked.plan.stepped_over), proposals=proposals)


class Written(msgspec.Struct):
    """The sessions of a plan that was written, of one series when they are several."""

    series_id: UUID | None
    sessions: list[SessionView]
