"""A seat held while one talks, an offer answered, a cancellation taken back: the short-lived states of a booking."""

from uuid import UUID

from litestar import Controller, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from booking.domain.errors import BookingEnded, BookingStands, NotAllowed, NotFound, NotHeld, SessionEnded, StaleEdit
from booking.services import bookings, holds
from booking.web.api.booking_views import BookingView, HoldBody
from booking.web.api.bookings import CHANGED, ONCE, PLACED, SEATING, answer_to
from booking.web.api.conditions import IfMatch, Key, acting_once, version_if_said
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call


class SessionHolds(Controller):
    """The held seats of a session."""

    path = "/sessions/{session_id:uuid}/holds"
    tags = ("bookings",)

    @post(
        "/",
        summary="Hold a seat for a person",
        responses=may_refuse(NotFound, NotAllowed, *SEATING, *ONCE, reads_body=True),
        response_headers=PLACED,
    )
    async def hold(
        self, session_id: FromPath[UUID], data: JSONBody[HoldBody], call: NamedDependency[Call], key: Key = None
    ) -> Response[BookingView]:
        """Taken for everybody else until ``deadline_at``; confirm or cancel it, or it ends by itself. Nothing is said
        to the person."""
        once = acting_once(call.staff.id, key, "hold", session_id, data.job_seeker_id, data.because)
        held = await holds.hold(
            call.db, session_id, data.job_seeker_id, by=call.staff, now=call.now, because=data.because, once=once
        )
        return answer_to(held, 201)


class BookingStates(Controller):
    """What becomes of one booking."""

    path = "/bookings/{booking_id:uuid}"
    tags = ("bookings",)

    @post(
        "/confirmation",
        summary="Book a seat that is held or offered",
        status_code=200,
        responses=may_refuse(NotFound, NotAllowed, NotHeld, BookingEnded, SessionEnded, StaleEdit, *ONCE),
        response_headers=CHANGED,
    )
    async def confirm(
        self, booking_id: FromPath[UUID], call: NamedDependency[Call], key: Key = None, if_match: IfMatch = None
    ) -> Response[BookingView]:
        """The person is told. An offer is refused by cancelling it."""
        seen = version_if_said(if_match)
        known = {"once": acting_once(call.staff.id, key, "confirm", booking_id, seen), "sequence": seen}
        return answer_to(await holds.confirm(call.db, booking_id, by=call.staff, now=call.now, **known), 200)

    @post(
        "/restoration",
        summary="Take a cancellation back",
        status_code=200,
        responses=may_refuse(
            NotFound, NotAllowed, BookingStands, BookingEnded, SessionEnded, StaleEdit, *SEATING, *ONCE
        ),
        response_headers=CHANGED,
    )
    async def restore(
        self, booking_id: FromPath[UUID], call: NamedDependency[Call], key: Key = None, if_match: IfMatch = None
    ) -> Response[BookingView]:
        """Within half an hour, if there is still a seat."""
        seen = version_if_said(if_match)
        known = {"once": acting_once(call.staff.id, key, "restore", booking_id, seen), "sequence": seen}
        return answer_to(await bookings.restore(call.db, booking_id, by=call.staff, now=call.now, **known), 200)
