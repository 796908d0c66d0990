"""Bookings: a seat or a place on the waitlist, its end, and its move to another session."""

from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from booking.domain.errors import (
    AlreadyBooked,
    AnotherRequestHasThisKey,
    BookingEnded,
    InvalidField,
    JobSeekerElsewhere,
    NotAllowed,
    NotFound,
    OtherAudience,
    PrerequisiteMissing,
    RequestRunning,
    SessionClosed,
    SessionFull,
    StaleEdit,
)
from booking.services import bookings, looking, lookups
from booking.services.answers import Answered
from booking.web.api.booking_views import (
    BookingBody,
    BookingShown,
    BookingView,
    CancellationOfBooking,
    IfFull,
    Move,
    ParticipantView,
)
from booking.web.api.conditions import IfMatch, Key, acting_once, etag, version_if_said
from booking.web.api.refusals import may_refuse, sends
from booking.web.api.requests import Call

SEATING = (
    SessionFull,
    SessionClosed,
    AlreadyBooked,
    JobSeekerElsewhere,
    OtherAudience,
    PrerequisiteMissing,
    InvalidField,
)
ONCE = (AnotherRequestHasThisKey, RequestRunning)
REPLAYED = sends("Idempotent-Replayed", "`true` when this is the answer of an earlier request with the same key.")
TAG = sends("ETag", "The state of the booking, for If-Match.")
CHANGED = [TAG, REPLAYED]
PLACED = [sends("Location", "The address of the booking."), *CHANGED]


def answer_to(answered: Answered, status: int) -> Response[BookingView]:
    """A booking as it is answered; a new one with its address, a repeated answer as such."""
    headers = {"ETag": etag(answered.booking.sequence)}
    if status == 201:
        headers["Location"] = f"/api/v1/bookings/{answered.booking.id}"
    if answered.is_replay:
        headers["Idempotent-Replayed"] = "true"
    return Response(BookingView.of(answered.booking), headers=headers, status_code=status)


class SessionBookings(Controller):
    """The places of a session."""

    path = "/sessions/{session_id:uuid}/bookings"
    tags = ("bookings",)

    @get("/", summary="Who has a place in a session", responses=may_refuse(NotFound, NotAllowed))
    async def list_all(self, session_id: FromPath[UUID], call: NamedDependency[Call]) -> list[ParticipantView]:
        """Seated by name, then the waitlist in turn: everybody for who works in the agency of the session, and the
        people of one's own agencies otherwise."""
        found = await lookups.participants(call.db, session_id, by=call.staff, now=call.now)
        return [ParticipantView.of(participant) for participant in found]

    @post(
        "/",
        summary="Book a person into a session",
        responses=may_refuse(NotFound, NotAllowed, *SEATING, *ONCE, reads_body=True),
        response_headers=PLACED,
    )
    async def book(
        self, session_id: FromPath[UUID], data: JSONBody[BookingBody], call: NamedDependency[Call], key: Key = None
    ) -> Response[BookingView]:
        """Give the person a seat; when there is none, a refusal with up to three ``alternatives``, or with ``if_full``
        = ``wait`` a place on the waitlist (``state`` says which)."""
        asked = (session_id, data.job_seeker_id, data.if_full, data.because, data.first_because)
        once = acting_once(call.staff.id, key, "book", *asked)
        known = {"by": call.staff, "now": call.now, "because": data.because, "once": once}
        if data.if_full is IfFull.WAIT:
            placed = await bookings.wait(
                call.db, session_id, data.job_seeker_id, first_because=data.first_because, **known
            )
        else:
            placed = await bookings.book(call.db, session_id, data.job_seeker_id, **known)
        return answer_to(placed, 201)


class Bookings(Controller):
    """One booking."""

    path = "/bookings/{booking_id:uuid}"
    tags = ("bookings",)

    @get("/", summary="One booking", responses=may_refuse(NotFound, NotAllowed), response_headers=[TAG])
    async def show(self, booking_id: FromPath[UUID], call: NamedDependency[Call]) -> Response[BookingShown]:
        """With its person, its session, and its messages, sent and to come."""
        around = {"machines": call.machines, "by": call.staff, "now": call.now, "site": call.site}
        shown, said = await lookups.booking(call.db, booking_id, **around)
        await looking.note(call.db, shown.job_seeker, by=call.staff, now=call.now, way="api")
        return Response(BookingShown.of(shown, said), headers={"ETag": etag(shown.booking.sequence)})

    @post(
        "/cancellation",
        summary="Cancel a booking",
        status_code=200,
        responses=may_refuse(NotFound, NotAllowed, BookingEnded, InvalidField, StaleEdit, *ONCE, reads_body=True),
        response_headers=CHANGED,
    )
    async def cancel(
        self,
        booking_id: FromPath[UUID],
        data: JSONBody[CancellationOfBooking],
        call: NamedDependency[Call],
        key: Key = None,
        if_match: IfMatch = None,
    ) -> Response[BookingView]:
        """The seat goes to the first who waits, at the same moment. With If-Match, only in the state that was seen."""
        seen = version_if_said(if_match)
        once = acting_once(call.staff.id, key, "cancel", booking_id, data.party, data.because, data.reason, seen)
        said = {"party": data.party, "because": data.because, "reason": data.reason, "sequence": seen}
        cancelled = await bookings.cancel(call.db, booking_id, **said, by=call.staff, now=call.now, once=once)
        return answer_to(cancelled, 200)

    @post(
        "/move",
        summary="Move a person to another session",
        responses=may_refuse(NotFound, NotAllowed, BookingEnded, StaleEdit, *SEATING, *ONCE, reads_body=True),
        response_headers=PLACED,
    )
    async def move(
        self,
        booking_id: FromPath[UUID],
        data: JSONBody[Move],
        call: NamedDependency[Call],
        key: Key = None,
        if_match: IfMatch = None,
    ) -> Response[BookingView]:
        """Both happen or neither; the answer is the new booking. With If-Match, only in the state that was seen."""
        seen = version_if_said(if_match)
        once = acting_once(call.staff.id, key, "move", booking_id, data.session_id, data.because, seen)
        said = {"because": data.because, "sequence": seen, "once": once}
        moved = await bookings.move(call.db, booking_id, data.session_id, **said, by=call.staff, now=call.now)
        return answer_to(moved, 201)
