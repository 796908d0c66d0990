"""The phase of an agency, as programs read and change it."""

from datetime import date, datetime
from uuid import UUID

import msgspec
from litestar import Controller, delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from booking.domain.agencies import Phase
from booking.domain.errors import InvalidField, NotAllowed, NotFound, PhaseChangePlanned
from booking.domain.phases import Becoming, PhaseChange
from booking.services import phases
from booking.services.phases import Standing
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call

OWN = (NotFound, NotAllowed)


class PhaseBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What the agency becomes, and why: at once, or on ``due_on``. Where sessions lie ahead and it is to host none any
    more, ``keeps_sessions`` says that this is known: they are held as planned."""

    phase: Phase
    hosts: bool
    because: str
    due_on: date | None = None
    keeps_sessions: bool = False


class PhaseChangeView(msgspec.Struct):
    """A change that waits for its day, was made, or was dropped."""

    id: UUID
    phase: Phase
    hosts: bool
    because: str
    due_on: date | None
    planned_at: datetime
    done_at: datetime | None
    dropped_at: datetime | None
    phase_before: Phase | None
    hosted_before: bool | None

    @classmethod
    def of(cls, change: PhaseChange) -> "PhaseChangeView":
        """The view of this change."""
        return cls(**{name: getattr(change, name) for name in cls.__struct_fields__})


class PhaseView(msgspec.Struct):
    """How an agency stands; what a change would concern: sessions ahead, people in them, people who wait for any."""

    phase: Phase
    hosts: bool
    waiting: PhaseChangeView | None
    history: list[PhaseChangeView]
    sessions_ahead: list[UUID]
    people: int
    people_waiting: int

    @classmethod
    def of(cls, standing: Standing) -> "PhaseView":
        """The view of this standing."""
        return cls(
            phase=standing.agency.phase,
            hosts=standing.agency.hosts,
            waiting=PhaseChangeView.of(standing.waiting) if standing.waiting else None,
            history=[PhaseChangeView.of(one) for one in standing.history],
            sessions_ahead=[one.session.id for one in standing.ahead.sessions],
            people=standing.ahead.people,
            people_waiting=standing.ahead.waiting,
        )


class PhaseOfAgency(Controller):
    """For who plans in the agency."""

    path = "/agencies/{agency_id:uuid}/phase"
    tags = ("agencies",)

    @get(summary="The phase of an agency", responses=may_refuse(*OWN))
    async def show(self, agency_id: FromPath[UUID], call: NamedDependency[Call]) -> PhaseView:
        """What it is, what is planned, what was, and what a change would concern."""
        return PhaseView.of(await phases.show(call.db, agency_id, by=call.staff, now=call.now))

    @put(
        summary="Change the phase of an agency",
        responses=may_refuse(*OWN, InvalidField, PhaseChangePlanned, reads_body=True),
    )
    async def change(
        self, agency_id: FromPath[UUID], data: JSONBody[PhaseBody], call: NamedDependency[Call]
    ) -> PhaseChangeView:
        """At once, or on a day. Closed, or hosting none, nothing new is planned there; what was planned stays."""
        becoming = Becoming(phase=data.phase, hosts=data.hosts, because=data.because, due_on=data.due_on)
        known = {"keeps_sessions": data.keeps_sessions, "by": call.staff, "now": call.now}
        return PhaseChangeView.of(await phases.change(call.db, agency_id, becoming, **known))  # type: ignore[arg-type]

    @delete("/plan", summary="Drop the change that is planned", responses=may_refuse(*OWN))
    async def drop(self, agency_id: FromPath[UUID], call: NamedDependency[Call]) -> None:
        """Nothing comes of it."""
        standing = await phases.show(call.db, agency_id, by=call.staff, now=call.now)
        if standing.waiting is None:
            raise NotFound(agency_id=agency_id)
        await phases.drop(call.db, agency_id, standing.waiting.id, by=call.staff, now=call.now)
