"""What was just done with a seat: the booking with its surroundings, what leaves when, and the exact words."""

from collections.abc import Sequence
from dataclasses import dataclass

from booking.documents.texts import Text
from booking.domain.bookings import Booking, BookingState
from booking.domain.job_seekers import Channel
from booking.services import confirmations, messages, short_texts
from booking.services.confirmations import Confirmation
from booking.services.messages import Said
from booking.web.pages.seat_searches import Search, id_of
from booking.web.pages.visits import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """``seat`` is the number of the seat; ``text`` the words of the letter, ``short`` those of the SMS."""

    confirmation: Confirmation
    seat: int
    leaving: Sequence[Said] = ()
    text: str = ""
    short: Text | None = None
    may_be_restored: bool = False

    @property
    def booking(self) -> Booking:
        """What was done."""
        return self.confirmation.booking

    @property
    def kind(self) -> str:
        """How it stands now: the state, for templates."""
        return str(self.booking.state)


async def outcome_of(visit: Visit, search: Search) -> Outcome | None:
    """What the address says was done, as it stands now. Raises :class:`NotFound`, :class:`NotAllowed`."""
    booking_id = id_of(search.done)
    if booking_id is None:
        return None
    shown = await confirmations.show(visit.db, booking_id, by=visit.staff, now=visit.now)
    seat = await confirmations.seat_number(visit.db, shown.booking)
    if shown.booking.state not in (BookingState.BOOKED, BookingState.WAITLISTED):
        return Outcome(confirmation=shown, seat=seat, may_be_restored=shown.booking.may_be_restored(visit.now))
    machines = visit.request.app.state.get("machines", frozenset())
    known = {"by": visit.staff, "now": visit.now}
    leaving = await messages.of_booking(visit.db, booking_id, machines=machines, site=visit.site, **known)
    is_texted = any(said.channel is Channel.SMS for said in leaving)
    short = await short_texts.of_booking(visit.db, booking_id, site=visit.site, **known) if is_texted else None
    letter = await messages.letter(visit.db, booking_id, by=visit.staff, now=visit.now)
    return Outcome(
        confirmation=shown,
        seat=seat,
        leaving=[said for said in leaving if said.channel],
        text=letter.words.body.strip(),
        short=short,
    )
