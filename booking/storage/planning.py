"""Whose reminders may be missing: found by counting, some sessions at a time, whatever the country holds."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select, tuple_

from booking.domain.bookings import Booking, BookingState
from booking.domain.messages import Message, MessageKind
from booking.domain.policies import DEFAULT, Policy, Version
from booking.domain.replanning import BY_POLICY
from booking.domain.sessions import Session, SessionState
from booking.storage import policies
from booking.storage.columns import Id, Instant
from booking.storage.database import Tx
from booking.storage.sessions import SESSION_WITH_MEETINGS, sessions_from
from booking.storage.shapes import columns, made
from booking.storage.tables import bookings, meetings, messages, sessions
from booking.storage.tables import job_seeker_times as times

_BOOKING = columns(Booking, bookings)
# What is usual names no hour, so that no clock matters.
UTC = "UTC"
# When the person begins: with the session, unless he joined it on its way or comes to one meeting only.
_FIRST_AT = case(
    (
        and_(bookings.c.changed_at < sessions.c.starts_at, bookings.c.only_meeting_id.is_(None)),
        sessions.c.starts_at,
    ),
    else_=select(func.min(times.c.starts_at))
    .where(times.c.booking_id == bookings.c.id)
    .correlate(bookings)
    .scalar_subquery(),
)


# Where a look over the sessions ahead stands: the end and the id of the last one.
Place = tuple[datetime, UUID]


async def ahead(tx: Tx, now: datetime, after: Place | None, most: int) -> list[Place]:
    """Open sessions that are not over, the first to end first, beginning after this one."""
    by_end = (sessions.c.ends_at, sessions.c.id)
    found = select(*by_end).where(sessions.c.state == SessionState.OPEN, sessions.c.ends_at > now)
    if after:
        found = found.where(tuple_(*by_end) > tuple_(literal(after[0], Instant), literal(after[1], Id)))
    return [(row.ends_at, row.id) for row in await tx.rows(found.order_by(*by_end).limit(most))]


async def short_of_reminders(tx: Tx, now: datetime, session_ids: Collection[UUID]) -> list[Booking]:
    """Seats in these open sessions with fewer reminders ahead than rules ahead, by id.

    A window may move a reminder before ``now``: then a seat is named here that lacks nothing.
    """
    rules = _rules_ahead(await policies.everywhere(tx), now)
    planned = (
        select(func.count())
        .where(
            messages.c.booking_id == bookings.c.id,
            messages.c.kind == MessageKind.REMINDER,
            messages.c.booking_sequence == bookings.c.sequence,
            messages.c.session_sequence == sessions.c.sequence,
            messages.c.due_at > now,
            or_(messages.c.reason.is_(None), messages.c.reason != BY_POLICY),
        )
        .correlate(bookings, sessions)
        .scalar_subquery()
    )
    seated = (
        select(*_BOOKING)
        .join_from(sessions, bookings, bookings.c.session_id == sessions.c.id)
        .where(sessions.c.id.in_(session_ids), sessions.c.state == SessionState.OPEN, now < _FIRST_AT)
        .where(bookings.c.state == BookingState.BOOKED, planned < rules)
    )
    return [made(Booking, row) for row in await tx.rows(seated.order_by(bookings.c.id))]


def _rules_ahead(decided: Sequence[tuple[Version, str]], now: datetime) -> ColumnElement[int]:
    """How many reminders of a seat should be ahead, by the policy of its session."""
    usual = _ahead(DEFAULT, UTC, now)
    own = {literal(version.id, Id): _ahead(version.policy or DEFAULT, zone, now) for version, zone in decided}
    return case(own, value=policies.IN_FORCE, else_=usual) if own else usual


def _ahead(policy: Policy, zone: str, now: datetime) -> ColumnElement[int]:
    starts = (rule.first_ahead(now, zone) for rule in policy.rules)
    return sum((case((start <= _FIRST_AT, 1), else_=0) for start in starts), literal(0))


async def still_booked(tx: Tx, booking_ids: Collection[UUID]) -> list[Booking]:
    """These bookings as they are now, those that hold a seat."""
    booked = (bookings.c.id.in_(booking_ids), bookings.c.state == BookingState.BOOKED)
    return [made(Booking, row) for row in await tx.rows(select(*_BOOKING).where(*booked))]


async def unchanged(tx: Tx, planned: Sequence[Message]) -> list[Message]:
    """Those that still speak of a seat as it is: of this person, in this session, as both were last changed."""
    as_it_is = select(
        bookings.c.id,
        bookings.c.job_seeker_id,
        bookings.c.sequence,
        sessions.c.id.label("session_id"),
        sessions.c.sequence.label("session_sequence"),
    ).join_from(bookings, sessions, sessions.c.id == bookings.c.session_id)
    of_these = bookings.c.id.in_({message.booking_id for message in planned})
    stands = (bookings.c.state == BookingState.BOOKED, sessions.c.state == SessionState.OPEN)
    rows = {tuple(row) for row in await tx.rows(as_it_is.where(of_these, *stands))}
    return [m for m in planned if _spoken_of(m) in rows]


def _spoken_of(m: Message) -> tuple[UUID, UUID, int, UUID, int]:
    return m.booking_id, m.job_seeker_id, m.booking_sequence, m.session_id, m.session_sequence


async def sessions_of(tx: Tx, session_ids: Collection[UUID]) -> dict[UUID, Session]:
    """These sessions with their meetings."""
    found = SESSION_WITH_MEETINGS.where(sessions.c.id.in_(session_ids)).order_by(sessions.c.id, meetings.c.position)
    return {session.id: session for session in sessions_from(await tx.rows(found))}
