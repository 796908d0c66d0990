"""Who lost a place because the service cancelled, and has found no other since."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select, text

from booking.domain.bookings import BookingState
from booking.domain.messages import Message
from booking.domain.sessions import SessionState
from booking.storage.attending_staff import TOLD_NO_STAFF
from booking.storage.database import Tx
from booking.storage.shapes import columns, made
from booking.storage.tables import audit, bookings, messages, sessions

_MESSAGE = columns(Message, messages)
# Said as the index says it, so that it is used.
_TELLS_OF_IT = text("messages.kind IN ('session_cancelled', 'session_cut_short')")
RECALLED, UNDONE = "recalled", "recall-undone"
_undone = audit.alias("undone")
_TAKEN_BACK = exists(
    select(1)
    .where(_undone.c.noun_id == audit.c.noun_id, _undone.c.action == UNDONE, _undone.c.at >= audit.c.at)
    .correlate(audit)
)


def called(booking_id: ColumnElement[UUID], since: ColumnElement[datetime] | None = None) -> ColumnElement[bool]:
    """Whether somebody was called about this booking, since then if it is said, and that was not taken back."""
    said = select(1).where(audit.c.noun_id == booking_id, audit.c.action == RECALLED, ~_TAKEN_BACK)
    return exists((said if since is None else said.where(audit.c.at >= since)).correlate_except(audit))


_other, _target = bookings.alias("other"), sessions.alias("target")
_PLACED = exists(
    select(1)
    .select_from(_other.join(_target, _target.c.id == _other.c.session_id))
    .where(_other.c.job_seeker_id == messages.c.job_seeker_id, _other.c.state != BookingState.CANCELLED)
    .where(_other.c.id != messages.c.booking_id, _target.c.workshop_id == sessions.c.workshop_id)
    .where((_other.c.created_at >= messages.c.created_at) | (_target.c.state == SessionState.OPEN))
    .correlate(messages, sessions)
)


def lost(since: datetime | ColumnElement[datetime]) -> list[ColumnElement[bool]]:
    """What is so of a message, beside its session, that told since then of a place lost and never made up for."""
    return [_TELLS_OF_IT, messages.c.created_at >= since, TOLD_NO_STAFF, ~_PLACED, ~called(messages.c.booking_id)]


async def without_place(tx: Tx, agency_ids: Collection[UUID] | None, since: datetime, most: int) -> list[Message]:
    """What told each of these people, of these agencies, that a session is cancelled; the earliest first."""
    told = select(*_MESSAGE).join_from(messages, sessions, sessions.c.id == messages.c.session_id).where(*lost(since))
    if agency_ids is not None:
        told = told.where(messages.c.agency_id.in_(agency_ids))
    found = await tx.rows(told.order_by(messages.c.created_at, messages.c.id).limit(most))
    return [made(Message, row) for row in found]
