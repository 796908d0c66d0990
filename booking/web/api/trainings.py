"""Trainings of staff: one's own, a seat in one, who of an agency is trained, and proof of attendance."""

from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.datastructures import ResponseHeader
from litestar.di import NamedDependency
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, JSONBody

from booking.documents.pdf.printing import printed
from booking.domain.errors import NeverCame, NotAllowed, NotFound, StaffElsewhere
from booking.services import handouts, team_trainings, trainings
from booking.web.api.booking_views import BookingView, IfFull
from booking.web.api.bookings import ONCE, PLACED, SEATING, answer_to
from booking.web.api.conditions import Key, acting_once
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call
from booking.web.api.training_views import OwnTrainings, TeamMemberView, TrainingBody

PDF = ResponseSpec(bytes, generate_examples=False, media_type="application/pdf", description="The certificate.")
NEVER_KEPT = [ResponseHeader(name="cache-control", value="private, no-store")]


class Trainings(Controller):
    """What staff learn."""

    path = "/"
    tags = ("trainings",)

    @get("/trainings", summary="One's own trainings", responses=may_refuse())
    async def own(self, call: NamedDependency[Call]) -> OwnTrainings:
        """What is offered where one works, what one is booked in, and what one has done."""
        return OwnTrainings.of(await trainings.own(call.db, by=call.staff, now=call.now))

    @post(
        "/trainings/{session_id:uuid}/bookings",
        summary="Book a colleague, or oneself, into a training",
        responses=may_refuse(NotFound, NotAllowed, StaffElsewhere, *SEATING, *ONCE, reads_body=True),
        response_headers=PLACED,
    )
    async def book(
        self, session_id: FromPath[UUID], data: JSONBody[TrainingBody], call: NamedDependency[Call], key: Key = None
    ) -> Response[BookingView]:
        """A seat; where there is none a refusal, or with ``if_full`` = ``wait`` a place on the waitlist. It is given up
        like every other booking."""
        staff_id = data.staff_id or call.staff.id
        once = acting_once(call.staff.id, key, "train", session_id, staff_id, data.if_full)
        deed = trainings.wait if data.if_full is IfFull.WAIT else trainings.book
        return answer_to(await deed(call.db, session_id, staff_id, by=call.staff, now=call.now, once=once), 201)

    @get(
        "/agencies/{agency_id:uuid}/trainings",
        summary="Who of an agency is trained",
        responses=may_refuse(NotFound, NotAllowed),
    )
    async def of_agency(self, agency_id: FromPath[UUID], call: NamedDependency[Call]) -> list[TeamMemberView]:
        """Everybody who works there, by name, with each training."""
        team = await team_trainings.of_agency(call.db, agency_id, by=call.staff, now=call.now)
        return [TeamMemberView.of(member) for member in team.members]

    @get(
        "/bookings/{booking_id:uuid}/certificate",
        summary="Proof of attendance",
        responses={**may_refuse(NotFound, NotAllowed, NeverCame), 200: PDF},
        response_headers=NEVER_KEPT,
    )
    async def certificate(self, booking_id: FromPath[UUID], call: NamedDependency[Call]) -> Response[bytes]:
        """That somebody came, as PDF; for one's own trainings, too."""
        paper = await handouts.certificate(call.db, booking_id, by=call.staff, now=call.now)
        return Response(await printed("certificate", paper.data, call.now), media_type="application/pdf")
