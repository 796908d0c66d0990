"""What people say about their bookings, to whoever answers the phone; and finding a booking by its code."""

from enum import StrEnum
from uuid import UUID

import msgspec
from litestar import Controller, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from booking.domain.errors import BookingEnded, InvalidField, NotAllowed, NotBooked, NotFound, SessionEnded
from booking.services import answering, codes
from booking.services.own_pages import OwnPage
from booking.web.api.booking_views import BookingView, PersonView
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call


class Answer(StrEnum):
    """``coming``, or ``wishes-other`` for another date than those on offer: somebody calls back."""

    COMING = "coming"
    WISHES_OTHER = "wishes-other"


class AnswerBody(msgspec.Struct, forbid_unknown_fields=True):
    """What the person says."""

    answer: Answer


class FoundView(msgspec.Struct):
    """A booking with its person; ``turn`` is the place on the waitlist, or null."""

    booking: BookingView
    job_seeker: PersonView
    turn: int | None

    @classmethod
    def of(cls, found: OwnPage) -> "FoundView":
        """The view of what a code stands for."""
        return cls(BookingView.of(found.booking), PersonView.of(found.case.person), found.turn)


class Codes(Controller):
    """The short codes of bookings."""

    path = "/codes/{code:str}/bookings"
    tags = ("bookings",)

    @get("/", summary="The bookings with a code", responses=may_refuse(NotAllowed, InvalidField))
    async def find(self, code: FromPath[str], call: NamedDependency[Call]) -> list[FoundView]:
        """However it is spaced, among the people of one's agencies, until the end of the last day: a booking that was
        moved is shown as the one that took its place. Few share a code; the person knows her own name."""
        found = await codes.with_code(call.db, code, by=call.staff, now=call.now)
        return [FoundView.of(one) for one in found]


class Answers(Controller):
    """What the person of a booking says."""

    path = "/bookings/{booking_id:uuid}/answer"
    tags = ("bookings",)

    @put(
        "/",
        summary="Note what a person says about a booking",
        responses=may_refuse(NotFound, NotAllowed, NotBooked, BookingEnded, SessionEnded, reads_body=True),
    )
    async def answer(
        self, booking_id: FromPath[UUID], data: JSONBody[AnswerBody], call: NamedDependency[Call]
    ) -> BookingView:
        """Said twice it is noted once. Who wishes another date keeps the place and stands in the list of recalls; to
        give a place up or to take another date are cancellation and move."""
        say = answering.coming if data.answer is Answer.COMING else answering.wishes_other
        return BookingView.of(await say(call.db, booking_id, by=call.staff, now=call.now))
