"""A person's own page: what one finds behind the link of a booking, without an account."""

from dataclasses import dataclass
from datetime import datetime

from booking.domain import links
from booking.domain.bookings import Booking, BookingState
from booking.domain.cases import Case
from booking.domain.codes import code_in
from booking.domain.errors import LinkOver, NotFound
from booking.domain.sites import Site
from booking.services import searches
from booking.storage import answers, cases, lines
from booking.storage.database import Database, Tx
from booking.storage.listings import Listed

# However often a place was moved: a chain longer than this is a circle.
MOST_MOVES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage:
    """A booking as its person sees it; ``turn`` is the place on the waitlist, or None."""

    case: Case
    turn: int | None

    @property
    def booking(self) -> Booking:
        """The booking, or the one that took its place."""
        return self.case.booking


async def find(db: Database, code: str, proof: str, *, site: Site, now: datetime) -> OwnPage:
    """What is behind a link; of a booking that was moved, the one that took its place.

    Raises :class:`NotFound` for a link that nobody here made, :class:`LinkOver` when its day is over.
    """
    async with db.reading() as tx:
        candidates = await answers.with_code(tx, code_in(code) or "")
        mine = links.proven(proof, candidates, site)
        if mine is None:
            raise NotFound()
        return await of_booking(tx, mine, now)


async def of_booking(tx: Tx, booking: Booking, now: datetime) -> OwnPage:
    """The booking, or the one that took its place; :class:`LinkOver` when its day is over."""
    case = await cases.load(tx, (await latest(tx, booking)).id)
    if now >= links.expires_at(case) or case.booking.has_successor:
        raise LinkOver(booking_id=booking.id)
    return OwnPage(case=case, turn=await _turn(tx, case, now))


async def latest(tx: Tx, booking: Booking) -> Booking:
    """The booking, or the last of those that took its place one after another."""
    for _ in range(MOST_MOVES):
        later = await answers.successor(tx, booking) if booking.has_successor else None
        if later is None:
            break
        booking = later
    return booking


async def _turn(tx: Tx, case: Case, now: datetime) -> int | None:
    if case.booking.state is not BookingState.WAITLISTED:
        return None
    line = [waiter.id for waiter in await lines.of_session(tx, case.session, now)]
    return line.index(case.booking.id) + 1 if case.booking.id in line else None


async def other_dates(db: Database, page: OwnPage, *, now: datetime) -> list[Listed]:
    """Up to three dates of the same workshop that the person could come to instead."""
    return await searches.alternatives(db, page.case.session.id, page.case.person.id, now=now)
