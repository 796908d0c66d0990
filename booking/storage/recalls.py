"""Who lost a place because the service cancelled, and has found no other since."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select

from booking.domain.bookings import BookingState
from booking.domain.messages import Message, MessageKind
from booking.domain.sessions import SessionState
from booking.storage.attending_staff import TOLD_NO_STAFF
from booking.storage.database import Tx
from booking.storage.shapes import columns, made
from booking.storage.tables import audit, bookings, messages, sessions

_MESSAGE = columns(Message, messages)
LOST = (MessageKind.SESSION_CANCELLED, MessageKind.SESSION_CUT_SHORT)
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


async def without_place(tx: Tx, agency_ids: Collection[UUID] | None, since: datetime, most: int) -> list[Message]:
    """What told each of these people, of these agencies, that a session is cancelled; the earliest first."""
    other, target = bookings.alias("other"), sessions.alias("target")
    placed = (
        select(1)
        .select_from(other.join(target, target.c.id == other.c.session_id))
        .where(other.c.job_seeker_id == messages.c.job_seeker_id, other.c.state != BookingState.CANCELLED)
        .where(other.c.id != messages.c.booking_id, target.c.workshop_id == sessions.c.workshop_id)
        .where((other.c.created_at >= messages.c.created_at) | (target.c.state == SessionState.OPEN))
        .correlate(messages, sessions)
    )
    lost = (
        select(*_MESSAGE)
        .join_from(messages, sessions, sessions.c.id == messages.c.session_id)
        .where(
            *(messages.c.kind.in_(LOST), messages.c.created_at >= since, TOLD_NO_STAFF),
            *(~exists(placed), ~called(messages.c.booking_id)),
        )
    )
    if agency_ids is not None:
        lost = lost.where(messages.c.agency_id.in_(agency_ids))
    found = await tx.rows(lost.order_by(messages.c.created_at, messages.c.id).limit(most))
    return [made(Message, row) for row in found]
