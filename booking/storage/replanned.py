"""The reminders of seats ahead, as they are planned, and planned anew by a policy."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select, update

from booking.domain.bookings import Booking, BookingState
from booking.domain.messages import REMINDING, Message, MessageState
from booking.domain.replanning import BY_POLICY, Changes
from booking.domain.sessions import SessionState
from booking.storage.columns import Id, Instant
from booking.storage.database import Tx
from booking.storage.shapes import columns, made
from booking.storage.tables import bookings, messages, sessions


async def seats_ahead(
    tx: Tx, agency_id: UUID, workshop_id: UUID | None, now: datetime, after: UUID | None, most: int
) -> list[Booking]:
    """Seats in open sessions of the agency that are not over, of one workshop or of all, by id, behind this one."""
    whose = [sessions.c.agency_id == agency_id, sessions.c.state == SessionState.OPEN, sessions.c.ends_at > now]
    whose += [sessions.c.workshop_id == workshop_id] if workshop_id else []
    whose += [bookings.c.id > after] if after else []
    seated = select(*columns(Booking, bookings)).join_from(sessions, bookings, bookings.c.session_id == sessions.c.id)
    found = seated.where(*whose, bookings.c.state == BookingState.BOOKED).order_by(bookings.c.id).limit(most)
    return [made(Booking, row) for row in await tx.rows(found)]


async def reminders_of(tx: Tx, booking_ids: Collection[UUID]) -> list[Message]:
    """All that is known of the reminders of these bookings, and of the words before later meetings, as booking and
    session are now."""
    found = (
        select(*columns(Message, messages))
        .join(bookings, bookings.c.id == messages.c.booking_id)
        .join(sessions, sessions.c.id == messages.c.session_id)
        .where(
            messages.c.booking_id.in_(booking_ids),
            messages.c.kind.in_(REMINDING),
            messages.c.booking_sequence == bookings.c.sequence,
            messages.c.session_sequence == sessions.c.sequence,
        )
    )
    return [made(Message, row) for row in await tx.rows(found)]


_PLANNED = messages.c.state == MessageState.PLANNED
_THIS = messages.c.id == bindparam("this", type_=Id)
_TIMES = {"due_at": bindparam("due", type_=Instant), "not_after": bindparam("last", type_=Instant)}
_MOVE = update(messages).where(_THIS, _PLANNED).values(**_TIMES)
_TAKEN_BACK = (messages.c.state == MessageState.SUPERSEDED, messages.c.reason == BY_POLICY)
_REVIVE = (
    update(messages)
    .where(_THIS, *_TAKEN_BACK)
    .values(state=MessageState.PLANNED, reason=None, settled_at=None, **_TIMES)
)


async def write(tx: Tx, changes: Changes, now: datetime) -> None:
    """Move, take up again and take back; what a worker has claimed meanwhile stays with him."""
    for statement, concerned in ((_MOVE, changes.moved), (_REVIVE, changes.revived)):
        if concerned:
            await tx.run(statement, [{"this": m.id, "due": m.due_at, "last": m.not_after} for m in concerned])
    if changes.removed:
        gone = update(messages).where(messages.c.id.in_([message.id for message in changes.removed]), _PLANNED)
        await tx.run(gone.values(state=MessageState.SUPERSEDED, reason=BY_POLICY, settled_at=now))
