"""Making up for a missed meeting in a sister session, by a program."""

from uuid import UUID

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from booking.domain.errors import BookingEnded, NotAllowed, NotBooked, NotFound
from booking.services import making_up
from booking.services.making_up import Missed
from booking.web.api.booking_views import BookingView
from booking.web.api.bookings import ONCE, PLACED, SEATING, answer_to
from booking.web.api.conditions import Key, acting_once
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call


class MakeUpBody(msgspec.Struct, forbid_unknown_fields=True):
    """Which meeting was missed, or will be, and at which meeting of a sister session it is made up."""

    missed_meeting_id: UUID
    meeting_id: UUID


class MissedView(msgspec.Struct):
    """A meeting to make up for: the sister meetings that have a free seat, and where it is made up already."""

    meeting_id: UUID
    position: int
    meeting_ids: list[UUID]
    made_up: BookingView | None

    @classmethod
    def of(cls, missed: Missed) -> "MissedView":
        """The view of this meeting."""
        made_up = BookingView.of(missed.made_up.booking) if missed.made_up else None
        sisters = [meeting.id for _, meeting in missed.sisters]
        return cls(missed.meeting.id, missed.meeting.position, sisters, made_up)


class MakeUps(Controller):
    """The meetings that the holder of a seat makes up for."""

    path = "/bookings/{booking_id:uuid}/make-ups"
    tags = ("bookings",)

    @get("/", summary="Which meetings can be made up for, and where", responses=may_refuse(NotFound, NotAllowed))
    async def list_all(self, booking_id: FromPath[UUID], call: NamedDependency[Call]) -> list[MissedView]:
        """Those missed and those to come; none for a single meeting."""
        found = await making_up.offers(call.db, booking_id, by=call.staff, now=call.now)
        return [MissedView.of(missed) for missed in found]

    @post(
        "/",
        summary="Make up for a missed meeting",
        responses=may_refuse(NotFound, NotAllowed, BookingEnded, NotBooked, *SEATING, *ONCE, reads_body=True),
        response_headers=PLACED,
    )
    async def book(
        self, booking_id: FromPath[UUID], data: JSONBody[MakeUpBody], call: NamedDependency[Call], key: Key = None
    ) -> Response[BookingView]:
        """A seat in the sister session for one meeting; the mark given there counts for the missed one."""
        meetings = (data.missed_meeting_id, data.meeting_id)
        once = acting_once(call.staff.id, key, "make-up", booking_id, *meetings)
        seat = await making_up.book(call.db, booking_id, *meetings, by=call.staff, now=call.now, once=once)
        return answer_to(seat, 201)
