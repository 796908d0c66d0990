"""A person's own page: what one finds behind the link of a booking, without an account; and at a desk by its code."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain import links
from booking.domain.bookings import Booking, BookingState
from booking.domain.cases import Case
from booking.domain.codes import code_in
from booking.domain.errors import InvalidField, LinkOver, NotFound
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.services import entries, searches
from booking.services.feeds import COLOUR_HEX, COLOUR_NAME
from booking.storage import answers, cases, lines, listings
from booking.storage.database import Database, Tx
from booking.storage.listings import Listed
from calendars.events import entry
from calendars.feeds import Feed, body
from calendars.zones import today

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


async def with_code(db: Database, code: str, *, by: Staff, now: datetime) -> list[OwnPage]:
    """What a code read out at a desk or on the phone stands for, among the people of one's agencies; each only once.

    Raises :class:`InvalidField` when it is no code, :class:`NotAllowed`.
    """
    by.must_somewhere(Right.BOOK)
    known = code_in(code)
    if known is None:
        raise InvalidField(fields={"code": "not-a-code"})
    found: dict[UUID, OwnPage] = {}
    async with db.reading() as tx:
        for booking in await answers.with_code(tx, known):
            with suppress(LinkOver):
                one = await of_booking(tx, booking, now)
                found[one.booking.id] = one
    return [one for one in found.values() if by.may(Right.BOOK, one.booking.agency_id)]


async def of_booking(tx: Tx, booking: Booking, now: datetime) -> OwnPage:
    """The booking, or the one that took its place; :class:`LinkOver` when its day is over."""
    case = await cases.load(tx, (await _latest(tx, booking)).id)
    if now >= links.expires_at(case) or case.booking.has_successor:
        raise LinkOver(booking_id=booking.id)
    return OwnPage(case=case, turn=await _turn(tx, case, now))


async def _latest(tx: Tx, booking: Booking) -> Booking:
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


async def calendar(db: Database, page: OwnPage, *, site: Site, now: datetime) -> bytes:
    """The meetings still ahead, to be put into the calendar of a phone; nothing in it is about the person."""
    case = page.case
    async with db.reading() as tx:
        listed = (await listings.some(tx, [case.session.id]))[case.session.id]
    shown = Feed(
        name=case.workshop.title,
        description=case.agency.place,
        url=f"{site.url}/agences/{case.agency.slug}",
        time_zone=case.agency.time_zone,
        colour_name=COLOUR_NAME,
        colour_hex=COLOUR_HEX,
        changed_at=max(m.changed_at for m in case.session.meetings),
        zones=(case.agency.time_zone,),
    )
    events = [entries.event_of(listed, m, case.agency, case.workshop, site) for m in case.meetings_ahead(now)]
    return body(shown, map(entry, events), today(now, case.agency.time_zone))
