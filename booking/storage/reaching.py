"""People with a place to come whom nothing reaches, whose address was refused, or whose last message failed."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select, tuple_

from booking.domain.bookings import Booking, BookingState
from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageState
from booking.domain.reaching import REFUSED, Unreached
from booking.domain.sending import Outcome
from booking.domain.sessions import SessionState
from booking.storage.attending_staff import BOOKED_NO_STAFF
from booking.storage.columns import Id, Instant
from booking.storage.database import Tx
from booking.storage.shapes import columns, made
from booking.storage.tables import bookings, job_seekers, message_attempts, messages, sessions

ARRIVED = (MessageState.ACCEPTED, MessageState.DELIVERED, MessageState.DONE)
Place = tuple[datetime, UUID]


async def find(
    tx: Tx,
    agency_ids: Collection[UUID] | None,
    now: datetime,
    after: Place | None,
    most: int,
    not_wanted: Collection[UUID] = (),
) -> list[tuple[UUID, datetime, frozenset[Unreached]]]:
    """Who, the start of the next session, and why; who is expected first comes first. None is the whole network.

    ``not_wanted`` are people whose only way is closed.
    """
    coming = _coming(agency_ids, now).group_by(bookings.c.job_seeker_id).subquery()
    why = _reasons()
    if not_wanted:
        why[Unreached.NOT_WANTED] = job_seekers.c.id.in_(not_wanted)
    found = (
        select(coming.c.job_seeker_id, coming.c.next_at, *(reason.label(name) for name, reason in why.items()))
        .join_from(coming, job_seekers, job_seekers.c.id == coming.c.job_seeker_id)
        .where(or_(*why.values()))
    )
    if after:
        next_at, person = after
        place = tuple_(literal(next_at, Instant), literal(person, Id))
        found = found.where(tuple_(coming.c.next_at, coming.c.job_seeker_id) > place)
    rows = await tx.rows(found.order_by(coming.c.next_at, coming.c.job_seeker_id).limit(most))
    return [(row.job_seeker_id, row.next_at, frozenset(name for name in why if row._mapping[name])) for row in rows]


async def by_mail_only(tx: Tx, agency_ids: Collection[UUID] | None, now: datetime) -> list[tuple[UUID, str]]:
    """Who has a place to come and an e-mail address, and nothing else."""
    coming = _coming(agency_ids, now).group_by(bookings.c.job_seeker_id).subquery()
    c = job_seekers.c
    has_address = and_(c.address != "", c.postcode != "", c.commune != "")
    theirs = select(c.id, c.email).join_from(coming, job_seekers, c.id == coming.c.job_seeker_id)
    rows = await tx.rows(theirs.where(c.email.is_not(None), c.phone.is_(None), ~has_address))
    return [(row.id, row.email) for row in rows]


async def next_places(tx: Tx, people: Collection[UUID], now: datetime) -> dict[UUID, Booking]:
    """The next place to come of each of these people."""
    found = select(*columns(Booking, bookings)).join(sessions, sessions.c.id == bookings.c.session_id)
    theirs = found.where(bookings.c.job_seeker_id.in_(people), *_is_to_come(now))
    rows = await tx.rows(theirs.order_by(sessions.c.starts_at.desc(), bookings.c.id.desc()))
    return {row.job_seeker_id: made(Booking, row) for row in rows}


def _is_to_come(now: datetime) -> tuple[ColumnElement[bool], ...]:
    is_active = bookings.c.state != BookingState.CANCELLED
    return is_active, sessions.c.state == SessionState.OPEN, sessions.c.ends_at > now


def _coming(agency_ids: Collection[UUID] | None, now: datetime) -> Any:
    coming = (
        select(bookings.c.job_seeker_id, func.min(sessions.c.starts_at).label("next_at"))
        .join_from(sessions, bookings, bookings.c.session_id == sessions.c.id)
        .where(*_is_to_come(now), BOOKED_NO_STAFF)
    )
    return coming if agency_ids is None else coming.where(bookings.c.agency_id.in_(agency_ids))


def _reasons() -> dict[Unreached, ColumnElement[bool]]:
    c = job_seekers.c
    has_address = and_(c.address != "", c.postcode != "", c.commune != "")
    refused = {reason: _was_refused(channel) for channel, reason in REFUSED.items()}
    no_way = and_(c.phone.is_(None), c.email.is_(None), ~has_address)
    return {Unreached.NO_WAY: no_way, **refused, Unreached.LAST_FAILED: _last_failed()}


def _was_refused(channel: Channel) -> ColumnElement[bool]:
    """Refused since the person was last written anew: a corrected number is another number."""
    tried = (
        select(1)
        .select_from(message_attempts)
        .join(messages, messages.c.id == message_attempts.c.message_id)
        .join(bookings, bookings.c.id == messages.c.booking_id)
        .where(bookings.c.job_seeker_id == job_seekers.c.id, message_attempts.c.channel == channel)
        .where(message_attempts.c.outcome == str(Outcome.REFUSED))
        .where(message_attempts.c.started_at >= job_seekers.c.changed_at)
    )
    return exists(tried.correlate(job_seekers))


def _last_failed() -> ColumnElement[bool]:
    later, his = messages.alias("later"), bookings.alias("his")
    arrived = (
        select(1)
        .join_from(later, his, his.c.id == later.c.booking_id)
        .where(his.c.job_seeker_id == job_seekers.c.id, later.c.state.in_(ARRIVED))
        .where(later.c.settled_at > messages.c.settled_at)
        .correlate(job_seekers, messages)
    )
    failed = (
        select(1)
        .join_from(messages, bookings, bookings.c.id == messages.c.booking_id)
        .where(bookings.c.job_seeker_id == job_seekers.c.id, messages.c.state == MessageState.DEAD)
        .where(messages.c.settled_at >= job_seekers.c.changed_at, ~exists(arrived))
    )
    return exists(failed.correlate(job_seekers))
