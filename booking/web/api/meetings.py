"""Meetings and who came: the roll, called by a program."""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from booking.domain.attendance import Mark, Reason
from booking.domain.errors import InvalidField, MeetingNotBegun, NotAllowed, NotFound, NotSeated
from booking.domain.job_seekers import Need
from booking.domain.sessions import SessionState
from booking.services import attendance, lookups, rosters
from booking.services.rosters import Expected
from booking.storage.listings import MeetingListed
from booking.web.api.instants import asked
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call
from booking.web.errors import InvalidRequest

LONGEST_SPAN = timedelta(days=31)
From = Annotated[datetime, QueryParameter(name="from", description="The first instant.")]
Before = Annotated[datetime, QueryParameter(name="before", description="The first instant after it, 31 days at most.")]


class MeetingShown(msgspec.Struct, kw_only=True):
    """A meeting of one's agencies, of ``meeting_count`` in its session."""

    id: UUID
    session_id: UUID
    session_state: SessionState
    agency_id: UUID
    agency: str
    workshop: str
    position: int
    meeting_count: int
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    room: str | None
    facilitator: str | None
    expected: int

    @classmethod
    def of(cls, listed: MeetingListed) -> "MeetingShown":
        """The view of this meeting."""
        meeting = listed.meeting
        return cls(
            id=meeting.id,
            session_id=meeting.session_id,
            session_state=listed.session_state,
            agency_id=listed.agency_id,
            agency=listed.agency_name,
            workshop=listed.workshop_title,
            position=meeting.position,
            meeting_count=listed.meeting_count,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            time_zone=listed.time_zone,
            room=listed.room_name,
            facilitator=listed.facilitator_name,
            expected=listed.taken,
        )


class RosterLine(msgspec.Struct, kw_only=True):
    """Somebody expected; ``mark`` is null until it is given. For an assistant ``last_name`` is an initial."""

    booking_id: UUID
    first_name: str
    last_name: str
    needs: list[Need]
    mark: Mark | None
    reason: Reason | None

    @classmethod
    def of(cls, person: Expected) -> "RosterLine":
        """The view of this line."""
        return cls(
            booking_id=person.booking_id,
            first_name=person.first_name,
            last_name=person.last_name,
            needs=sorted(person.needs),
            mark=person.mark,
            reason=person.reason,
        )


class RosterView(msgspec.Struct):
    """A meeting and who is expected, by name; never a phone, an e-mail or an identifier."""

    meeting: MeetingShown
    expected: list[RosterLine]


class AttendanceBody(msgspec.Struct, forbid_unknown_fields=True):
    """Whether somebody came; a reason only for ``excused``."""

    mark: Mark
    reason: Reason | None = None


class Meetings(Controller):
    """The meetings of one's agencies."""

    path = "/meetings"
    tags = ("attendance",)

    @get("/", summary="The meetings of a time", responses=may_refuse(NotAllowed))
    async def find(self, starts_from: From, starts_before: Before, call: NamedDependency[Call]) -> list[MeetingShown]:
        """The published ones of one's agencies, by start."""
        begin, end = asked("from", starts_from), asked("before", starts_before)
        if begin is None or end is None or end - begin > LONGEST_SPAN:
            raise InvalidRequest(fields={"before": "out-of-range"})
        found = await lookups.meetings(call.db, by=call.staff, starts_from=begin, starts_before=end)
        return [MeetingShown.of(listed) for listed in found]

    @get("/{meeting_id:uuid}/roster", summary="The roll of a meeting", responses=may_refuse(NotFound, NotAllowed))
    async def roster(self, meeting_id: FromPath[UUID], call: NamedDependency[Call]) -> RosterView:
        """Who is expected, and who came."""
        roll = await rosters.call(call.db, meeting_id, by=call.staff)
        return RosterView(MeetingShown.of(roll.meeting), [RosterLine.of(person) for person in roll.expected])


class Attendances(Controller):
    """The mark of one booking at one meeting."""

    path = "/bookings/{booking_id:uuid}/attendance/{meeting_id:uuid}"
    tags = ("attendance",)

    @put(
        "/",
        summary="Mark whether somebody came",
        status_code=204,
        responses=may_refuse(NotFound, NotAllowed, NotSeated, MeetingNotBegun, InvalidField, reads_body=True),
    )
    async def mark(
        self,
        booking_id: FromPath[UUID],
        meeting_id: FromPath[UUID],
        data: JSONBody[AttendanceBody],
        call: NamedDependency[Call],
    ) -> None:
        """On the day of the meeting or later; a new mark replaces the one before."""
        await attendance.mark(
            call.db, meeting_id, booking_id, data.mark, reason=data.reason, by=call.staff, now=call.now
        )

    @delete("/", summary="Take a mark back", responses=may_refuse(NotFound, NotAllowed, NotSeated))
    async def take_back(
        self, booking_id: FromPath[UUID], meeting_id: FromPath[UUID], call: NamedDependency[Call]
    ) -> None:
        """The person is "not filled in" again."""
        await attendance.mark(call.db, meeting_id, booking_id, None, by=call.staff, now=call.now)
