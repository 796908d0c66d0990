"""Making up for a meeting that was missed, or will be: where else the same meeting has a free seat."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import Refused
from booking.domain.staff import Right
from booking.services import confirmations, making_up
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page


class MakingUpPages(Controller):
    """For who books for the person."""

    path = "/inscriptions"

    @get("/{booking_id:uuid}/rattraper")
    async def ask(self, visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Page:
        """The meetings that can be made up for, each with the sister meetings that have a seat."""
        return await _page(visit, booking_id)

    @post("/{booking_id:uuid}/rattraper")
    async def book(self, visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Answer:
        """A seat for one meeting; the answer is the page of the new booking."""
        form = await visit.form()
        missed, meeting = form.id("missed"), form.id("meeting")
        try:
            form.problems.refuse()
            if missed is None or meeting is None:
                form.problems.add("meeting", "required")
                form.problems.refuse()
            assert missed is not None and meeting is not None  # refused above
            seat = await making_up.book(visit.db, booking_id, missed, meeting, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await _page(visit, booking_id, refusal)
        return see(f"/inscriptions/{seat.booking.id}?fait=rattrapage")


async def _page(visit: Visit, booking_id: UUID, refusal: Refused | None = None) -> Page:
    shown = await confirmations.show(visit.db, booking_id, by=visit.staff, now=visit.now)
    visit.staff.must(Right.BOOK, shown.booking.agency_id)
    said = {
        "shown": shown,
        "booking": shown.booking,
        "person": shown.job_seeker,
        "zone": shown.agency.time_zone,
        "offers": await making_up.offers(visit.db, booking_id, by=visit.staff, now=visit.now),
    }
    template = "bookings/make_up.html"
    return visit.refused(template, refusal, **said) if refusal else visit.page(template, **said)
