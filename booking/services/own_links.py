"""A new link to a person's own page, when the old one got into wrong hands or was lost."""

from datetime import datetime
from uuid import UUID

from booking.domain.bookings import Booking
from booking.domain.errors import BookingEnded
from booking.domain.staff import Right, Staff
from booking.services import own_pages
from booking.storage import answers, audit, bookings, sessions
from booking.storage.database import Database, Tx, again_when_contended


@again_when_contended
async def renew(db: Database, booking_id: UUID, *, by: Staff, now: datetime) -> Booking:
    """Every link that led to this booking opens nothing from now on; papers made afterwards carry the new one.

    That holds for the links of earlier bookings that were moved here, too. Raises :class:`BookingEnded` when another
    booking took its place, :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.transaction() as tx:
        seen = await bookings.load(tx, booking_id)
        by.must(Right.BOOK, seen.agency_id)
        await sessions.lock_one(tx, seen.session_id)
        booking = await bookings.load(tx, booking_id)
        if booking.has_successor:
            raise BookingEnded(booking_id=booking_id)
        await answers.renew_links(tx, [booking.id, *await _leading_here(tx, booking)])
        await audit.record(tx, by, "link-renewed", "booking", booking.id, now, booking.agency_id)
        return await bookings.load(tx, booking_id)


async def _leading_here(tx: Tx, booking: Booking) -> list[UUID]:
    """The bookings of the same person that ended because this one, or one between, took their place."""
    ended = await answers.succeeded(tx, booking.job_seeker_id)
    return [one.id for one in ended if (await own_pages.latest(tx, one)).id == booking.id]
