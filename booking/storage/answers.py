"""What people answered about their bookings, and finding a booking by its code or by what came before it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select, update

from booking.domain.bookings import DUPLICATE, MOVED, Booking, BookingState
from booking.storage.database import Tx
from booking.storage.recalls import RECALLED
from booking.storage.shapes import columns, made
from booking.storage.tables import audit, bookings, sessions

_BOOKING = columns(Booking, bookings)
MOST_WITH_A_CODE = 20


async def with_code(tx: Tx, code: str) -> list[Booking]:
    """The bookings with this code, standing ones and the latest first."""
    order = (bookings.c.state == BookingState.CANCELLED, bookings.c.created_at.desc())
    found = select(*_BOOKING).where(bookings.c.code == code).order_by(*order).limit(MOST_WITH_A_CODE)
    return [made(Booking, row) for row in await tx.rows(found)]


async def note(tx: Tx, booking: Booking) -> None:
    """Write what was answered, and nothing else of the booking."""
    said = {"answered_at": booking.answered_at, "wishes_other_at": booking.wishes_other_at}
    await tx.run(update(bookings).where(bookings.c.id == booking.id).values(said))


async def successor(tx: Tx, ended: Booking) -> Booking | None:
    """The booking that took the place of one moved, or of one of two in the same session."""
    theirs = [bookings.c.job_seeker_id == ended.job_seeker_id, bookings.c.id != ended.id]
    if ended.cancelled_because == DUPLICATE:
        theirs += [bookings.c.session_id == ended.session_id, bookings.c.state != BookingState.CANCELLED]
    else:
        # Both happen at one and the same moment.
        theirs += [bookings.c.created_at == ended.changed_at]
    row = await tx.row(select(*_BOOKING).where(*theirs).order_by(bookings.c.id).limit(1))
    return made(Booking, row) if row else None


async def wishing(tx: Tx, agency_ids: Collection[UUID] | None, since: datetime, most: int) -> list[Booking]:
    """Who asked for another date, of these agencies, and has neither found one nor been called; the earliest first."""
    other, target, own = bookings.alias("other"), sessions.alias("target"), sessions.alias("own")
    placed = (
        select(1)
        .select_from(other.join(target, target.c.id == other.c.session_id))
        .where(other.c.job_seeker_id == bookings.c.job_seeker_id, other.c.id != bookings.c.id)
        .where(other.c.state != BookingState.CANCELLED, other.c.created_at >= bookings.c.wishes_other_at)
        .where(target.c.workshop_id == own.c.workshop_id)
        .correlate(bookings, own)
    )
    called = (
        select(1)
        .where(audit.c.noun_id == bookings.c.id, audit.c.action == RECALLED)
        .where(audit.c.at >= bookings.c.wishes_other_at)
        .correlate(bookings)
    )
    found = (
        select(*_BOOKING)
        .join_from(bookings, own, own.c.id == bookings.c.session_id)
        .where(bookings.c.wishes_other_at >= since, bookings.c.cancelled_because.not_in((MOVED, DUPLICATE)))
        .where(~exists(placed), ~exists(called))
    )
    if agency_ids is not None:
        found = found.where(bookings.c.agency_id.in_(agency_ids))
    rows = await tx.rows(found.order_by(bookings.c.wishes_other_at, bookings.c.id).limit(most))
    return [made(Booking, row) for row in rows]
