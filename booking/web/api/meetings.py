"""Meetings and who came: the agenda and the roll, for a program."""

from datetime import datetime
from itertools import chain
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
from booking.storage.agendas import MeetingListed, MeetingsWanted
from booking.web.api.instants import Instant, asked
from booking.web.api.paging import PAGED, Page
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call

Agency = Annotated[UUID | None, QueryParameter(description="Only in this agency.")]
RoomId = Annotated[UUID | None, QueryParameter(name="room", description="Only in this room.")]
Facilitator = Annotated[UUID | None, QueryParameter(description="Only those this person leads, or assists in.")]
WorkshopId = Annotated[UUID | None, QueryParameter(name="workshop", description="Only of this workshop.")]
From = Annotated[datetime | None, QueryParameter(name="from", description="Only those that start then or later.")]
Before = Annotated[datetime | None, QueryParameter(name="before", description="Only those that start earlier.")]


class MeetingShown(msgspec.Struct, kw_only=True):
    """A meeting of one's agencies, of ``meeting_count`` in its session."""

    id: UUID
    session_id: UUID
    session_state: SessionState
    agency_id: UUID
    agency: str
    workshop_id: UUID
    workshop: str
    position: int
    meeting_count: int
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    room_id: UUID | None
    room: str | None
    facilitator_id: UUID | None
    facilitator: str | None
    expected: int
    seats: int

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
            workshop_id=listed.workshop_id,
            workshop=listed.workshop_title,
            position=meeting.position,
            meeting_count=listed.meeting_count,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            time_zone=listed.time_zone,
            room_id=meeting.room_id,
            room=listed.room_name,
            facilitator_id=meeting.facilitator_id,
            facilitator=listed.facilitator_name,
            expected=listed.taken,
            seats=listed.seats,
        )


class MeetingPage(msgspec.Struct):
    """Meetings by start; ``next`` is the address of the next page, or null on the last one."""

    items: list[MeetingShown]
    next: str | None


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

    @get("/", summary="Look for meetings", responses=may_refuse(NotAllowed), dependencies=PAGED)
    async def find(
        self,
        page: NamedDependency[Page],
        call: NamedDependency[Call],
        agency: Agency = None,
        room: RoomId = None,
        facilitator: Facilitator = None,
        workshop: WorkshopId = None,
        starts_from: From = None,
        starts_before: Before = None,
    ) -> MeetingPage:
        """The published ones of one's agencies, by start."""
        wanted = MeetingsWanted(
            agency_ids=None if agency is None else [agency],
            room_id=room,
            staff_id=facilitator,
            workshop_id=workshop,
            starts_from=asked("from", starts_from),
            starts_before=asked("before", starts_before),
            after=page.behind(tuple[Instant, UUID]),
            most=page.most,
        )
        found = await lookups.find_meetings(call.db, wanted, by=call.staff)
        shown = found[: page.limit]
        last = [(listed.meeting.starts_at, listed.meeting.id) for listed in shown[-1:]]
        return MeetingPage([MeetingShown.of(listed) for listed in shown], page.following(found, *chain(*last)))

    @get("/{meeting_id:uuid}/roster", summary="The roll of a meeting", responses=may_refuse(NotFound, NotAllowed))
    async def roster(self, meeting_id: FromPath[UUID], call: NamedDependency[Call]) -> RosterView:
        """Who is expected, and who came."""
        roll = await rosters.call(call.db, meeting_id, by=call.staff)
        await rosters.note_look(call.db, meeting_id, by=call.staff, now=call.now)
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
