"""The line for a session, and waiting for the next seat of a workshop anywhere near."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from booking.domain.errors import AlreadyWaiting, InvalidField, NotAllowed, NotFound, PrerequisiteMissing
from booking.domain.waits import Skip, Wait, WaitState
from booking.services import lines, waits
from booking.services.lines import InLine
from booking.services.waits import Joined, Waiting
from booking.web.api.booking_views import LONGEST_REASON, BookingView, PersonView
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call

Reason = Annotated[str, msgspec.Meta(max_length=LONGEST_REASON)]


class WaitBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Who waits, and in which agencies he would take a seat; reasons for a missing prerequisite and for a priority."""

    job_seeker_id: UUID
    agency_ids: list[UUID]
    because: Reason = ""
    first_because: Reason = ""


class WaitView(msgspec.Struct, kw_only=True):
    """A place in the line of a workshop."""

    id: UUID
    workshop_id: UUID
    job_seeker_id: UUID
    agency_ids: list[UUID]
    state: WaitState
    priority: int
    priority_because: str | None
    waiting_since: datetime
    ended_because: str | None

    @classmethod
    def of(cls, wait: Wait) -> "WaitView":
        """The view of this wait."""
        named = {name: getattr(wait, name) for name in cls.__struct_fields__}
        return cls(**named | {"agency_ids": list(wait.agency_ids)})


class JoinedView(msgspec.Struct):
    """A wait, or the booking of a seat that was free after all; the other one is null."""

    wait: WaitView | None
    booking: BookingView | None

    @classmethod
    def of(cls, joined: Joined) -> "JoinedView":
        """The view of what came of it."""
        wait, booking = joined.wait, joined.booking
        return cls(WaitView.of(wait) if wait else None, BookingView.of(booking) if booking else None)


class WaitingView(msgspec.Struct):
    """A wait with the turn in each session that it could lead to, by session."""

    wait: WaitView
    turns: dict[str, int]

    @classmethod
    def of(cls, waiting: Waiting) -> "WaitingView":
        """The view of this wait."""
        return cls(WaitView.of(waiting.wait), {str(session): turn for session, turn in waiting.places.items()})


class Passed(msgspec.Struct):
    """When and why somebody was passed over."""

    reason: Skip
    at: datetime


class InLineView(msgspec.Struct, kw_only=True):
    """Somebody in line; ``why_not`` is what keeps him from a seat now, ``job_seeker`` null for another agency's."""

    turn: int
    id: UUID
    kind: str
    waiting_since: datetime
    priority: int
    job_seeker: PersonView | None
    why_not: Skip | None
    passed: list[Passed]

    @classmethod
    def of(cls, line: InLine) -> "InLineView":
        """The view of this place in the line."""
        return cls(
            turn=line.turn,
            id=line.waiter.id,
            kind=line.waiter.kind,
            waiting_since=line.waiter.waiting_since,
            priority=line.waiter.priority,
            job_seeker=PersonView.of(line.job_seeker) if line.job_seeker else None,
            why_not=line.why_not,
            passed=[Passed(reason, at) for reason, at in line.passed],
        )


class Waits(Controller):
    """Waiting for seats."""

    tags = ("bookings",)

    @post(
        "/workshops/{workshop_id:uuid}/waits",
        summary="Wait for the next seat of a workshop",
        responses=may_refuse(NotFound, NotAllowed, AlreadyWaiting, PrerequisiteMissing, InvalidField, reads_body=True),
    )
    async def join(
        self, workshop_id: FromPath[UUID], data: JSONBody[WaitBody], call: NamedDependency[Call]
    ) -> JoinedView:
        """In any of these agencies; a seat that is free already is given at once."""
        joined = await waits.join(
            call.db,
            workshop_id,
            data.job_seeker_id,
            data.agency_ids,
            by=call.staff,
            now=call.now,
            because=data.because,
            first_because=data.first_because,
        )
        return JoinedView.of(joined)

    @get(
        "/job-seekers/{job_seeker_id:uuid}/waits",
        summary="What a person waits for",
        responses=may_refuse(NotFound, NotAllowed),
    )
    async def of_person(self, job_seeker_id: FromPath[UUID], call: NamedDependency[Call]) -> list[WaitingView]:
        """The longest first."""
        found = await waits.of_person(call.db, job_seeker_id, by=call.staff, now=call.now)
        return [WaitingView.of(one) for one in found]

    @delete("/waits/{wait_id:uuid}", summary="Wait no longer", responses=may_refuse(NotFound, NotAllowed))
    async def leave(self, wait_id: FromPath[UUID], call: NamedDependency[Call]) -> None:
        """Nothing happens the second time."""
        await waits.leave(call.db, wait_id, by=call.staff, now=call.now)

    @get(
        "/sessions/{session_id:uuid}/line",
        summary="Who waits for a session, in turn",
        responses=may_refuse(NotFound, NotAllowed),
    )
    async def line(self, session_id: FromPath[UUID], call: NamedDependency[Call]) -> list[InLineView]:
        """With the reason why somebody is passed over."""
        return [InLineView.of(one) for one in await lines.of_session(call.db, session_id, by=call.staff, now=call.now)]
