"""Who may lack a word before a later meeting of a cycle: found by counting, like the reminders."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import TIMESTAMP, ColumnElement, Interval, func, literal, select, type_coerce

from booking.domain.bookings import Booking, BookingState
from booking.domain.messages import DAY_BEFORE, SAME_DAY, MessageKind
from booking.domain.sessions import SessionState
from booking.storage.columns import MICROSECOND, Whole
from booking.storage.database import Tx
from booking.storage.shapes import columns, made
from booking.storage.tables import bookings, job_seeker_times, messages, sessions

# A meeting, and those of the same seat before it.
_later, _before = job_seeker_times.alias("later"), job_seeker_times.alias("before")


async def short_of_words(tx: Tx, now: datetime, session_ids: Collection[UUID]) -> list[Booking]:
    """Seats in these open sessions with fewer words ahead than later meetings ahead, by id.

    A window may move a word before ``now``: then a seat is named here that lacks nothing.
    """
    ahead = (
        select(func.count())
        .where(
            messages.c.booking_id == bookings.c.id,
            messages.c.kind == MessageKind.NEXT_MEETING,
            messages.c.booking_sequence == bookings.c.sequence,
            messages.c.session_sequence == sessions.c.sequence,
            messages.c.due_at > now,
        )
        .correlate(bookings, sessions)
        .scalar_subquery()
    )
    seated = (
        select(*columns(Booking, bookings))
        .join_from(sessions, bookings, bookings.c.session_id == sessions.c.id)
        .where(sessions.c.id.in_(session_ids), sessions.c.state == SessionState.OPEN)
        .where(sessions.c.ends_at > now + timedelta(days=DAY_BEFORE.days), bookings.c.state == BookingState.BOOKED)
        .where(ahead < _meetings(tx, now))
    )
    return [made(Booking, row) for row in await tx.rows(seated.order_by(bookings.c.id))]


def _meetings(tx: Tx, now: datetime) -> ColumnElement[int]:
    """How many meetings of a seat more than a day ahead follow another one, and not on its heels."""
    others = select(_before.c.meeting_id).where(
        _before.c.booking_id == _later.c.booking_id, _before.c.starts_at < _later.c.starts_at
    )
    on_its_heels = others.where(_instant(tx, _before.c.starts_at) > _instant(tx, _later.c.starts_at) - _span(tx))
    return (
        select(func.count())
        .where(_later.c.booking_id == bookings.c.id, _later.c.starts_at > now + timedelta(days=DAY_BEFORE.days))
        .where(others.exists(), ~on_its_heels.exists())
        .correlate(bookings)
        .scalar_subquery()
    )


def _instant(tx: Tx, column: ColumnElement[datetime]) -> ColumnElement[Any]:
    """An instant with which the database can reckon; SQLite has whole microseconds."""
    return type_coerce(column, Whole if tx.dialect == "sqlite" else TIMESTAMP(timezone=True))


def _span(tx: Tx) -> ColumnElement[Any]:
    if tx.dialect == "sqlite":
        return literal(SAME_DAY // MICROSECOND, Whole)
    return literal(SAME_DAY, Interval())
